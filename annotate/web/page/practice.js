// The training round: the codebook's own examples; after each answer the right label and why.
import { load, post } from './api.js';
import { h, say, show } from './dom.js';
import { onKeys } from './keys.js';
import { desk } from './label.js';

export async function openPractice() {
  const round = await load('practice');
  desk.me.practice.passed = round.passed; // maybe at the terminal
  let at = round.answered >= round.items.length ? 0 : round.answered, right = round.answered >= round.items.length ? 0 : round.right;

  const over = () => show('', h('h1', {}, 'Training round'), h('p', { className: right >= round.mark ? 'right' : 'wrong' }, `${right} of ${round.items.length} right; the mark is ${round.mark}.`),
    h('p', {}, right >= round.mark ? 'You have passed.' : desk.me.practice.passed ? 'You have passed before.' : 'Read the codebook once more, then begin again.'),
    h('div', { className: 'buttons' }, h('a', { href: '#codebook' }, 'Codebook'), desk.me.practice.passed && desk.me.labels ? h('a', { href: '#label' }, 'Label') : '', h('button', { type: 'button', onclick: openPractice }, 'Begin again')));

  const answerIt = async (item, label) => {
    let told;
    try {
      told = await post('practice', { item: at, label });
    } catch (error) {
      return say(error.message);
    }
    if (told.answered !== at + 1) { say('this round went on elsewhere: here it is as it stands'); return openPractice(); }
    if (told.right) right += 1;
    at += 1;
    desk.me.practice.passed = told.passed;
    const next = h('button', { type: 'button', className: 'first', onclick: ask }, at < round.items.length ? 'On' : 'The result');
    show('', h('h1', {}, `Training round: ${at} of ${round.items.length}`), h('p', { className: 'sentence', dir: 'auto' }, item.text), item.source ? h('p', {}, h('strong', {}, `${item.source} \u2192 ${item.target}`)) : null,
      h('p', { className: told.right ? 'right' : 'wrong' }, told.right ? `Right: ${told.label}.` : `You said ${label}; it is ${told.label}.`), h('p', {}, told.why), h('div', { className: 'buttons' }, next));
    next.focus();
    onKeys((name) => (name === 'enter' || name === 'space' ? (ask(), true) : false));
  };

  function ask() {
    if (at >= round.items.length) { onKeys(null); return over(); }
    const item = round.items[at], head = desk.me.heads.find((one) => one.name === item.head);
    show('', h('h1', {}, `Training round: ${at + 1} of ${round.items.length}`), h('p', { className: 'dim' }, `Examples of the codebook; ${round.mark} of ${round.items.length} have to be right${round.required && !round.passed ? ' before labelling begins' : ''}.`),
      h('p', { className: 'sentence', dir: 'auto' }, item.text), h('p', { className: 'question' }, item.source ? `${item.source} \u2192 ${item.target}: ${head.name}?` : `${head.name}?`),
      h('div', { className: 'buttons labels' }, head.labels.map((label) => h('button', { type: 'button', onclick: () => answerIt(item, label.name) }, label.key ? h('kbd', {}, label.key) : '', label.name))));
    onKeys((name) => { const label = head.labels.find((one) => one.key === name); if (!label) return false; answerIt(item, label.name); return true; });
  }

  if (!round.items.length) return show('', h('h1', {}, 'Training round'), h('p', {}, 'The codebook has no examples to practise on.'));
  if (desk.me.check_pass > 0) say(`Later, hidden checks come in between: below ${Math.round(desk.me.check_pass * 100)}% labelling pauses.`);
  ask();
}
