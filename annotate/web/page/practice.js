// The training round: the codebook's own examples; after each answer the right label and why.
import { get, post } from './api.js';
import { h, say, show } from './dom.js';
import { onKeys } from './keys.js';
import { desk } from './label.js';

export async function openPractice() {
  onKeys(null);
  const round = await get('practice');
  let at = round.answered >= round.items.length ? 0 : round.answered, right = round.answered >= round.items.length ? 0 : round.right;
  const percent = Math.round(round.pass * 100);

  const over = () => show('', h('h1', {}, 'Training round'), h('p', { className: right / round.items.length >= round.pass ? 'right' : 'wrong' }, `${right} of ${round.items.length} right; the mark is ${percent}%.`),
    h('p', {}, right / round.items.length >= round.pass ? 'You have passed.' : 'Read the codebook once more, then begin again.'),
    h('div', { className: 'buttons' }, h('a', { href: '#codebook' }, 'Codebook'), h('a', { href: '#label' }, 'Label'), h('button', { type: 'button', onclick: openPractice }, 'Begin again')));

  const answerIt = async (item, label) => {
    let told;
    try {
      told = await post('practice', { item: at, label });
    } catch (error) {
      return say(error.message);
    }
    if (told.right) right += 1;
    at += 1;
    const next = h('button', { type: 'button', className: 'first', onclick: ask }, at < round.items.length ? 'On' : 'The result');
    show('', h('h1', {}, `Training round: ${at} of ${round.items.length}`), h('p', { className: 'sentence' }, item.text), item.source ? h('p', {}, h('strong', {}, `${item.source} \u2192 ${item.target}`)) : null,
      h('p', { className: told.right ? 'right' : 'wrong' }, told.right ? `Right: ${told.label}.` : `You said ${label}; it is ${told.label}.`), h('p', {}, told.why), h('div', { className: 'buttons' }, next));
    next.focus();
    onKeys((name) => (name === 'enter' ? (ask(), true) : false));
  };

  function ask() {
    if (at >= round.items.length) { onKeys(null); if (desk.me) get('me').then((me) => { desk.me = me; }); return over(); }
    const item = round.items[at], head = desk.me.heads.find((one) => one.name === item.head);
    show('', h('h1', {}, `Training round: ${at + 1} of ${round.items.length}`), h('p', { className: 'dim' }, `Examples of the codebook. ${percent}% have to be right${round.required ? ' before labelling begins' : ''}.`),
      h('p', { className: 'sentence' }, item.text), h('p', { className: 'question' }, item.source ? `${item.source} \u2192 ${item.target}: ${head.name}?` : `${head.name}?`),
      h('div', { className: 'buttons labels' }, head.labels.map((label) => h('button', { type: 'button', onclick: () => answerIt(item, label.name) }, label.key ? h('kbd', {}, label.key) : '', label.name))));
    onKeys((name) => { const label = head.labels.find((one) => one.key === name); if (!label) return false; answerIt(item, label.name); return true; });
  }

  if (!round.items.length) return show('', h('h1', {}, 'Training round'), h('p', {}, 'The codebook has no examples to practise on.'));
  if (desk.me.check_pass > 0) say(`Later, hidden checks come in between: below ${Math.round(desk.me.check_pass * 100)}% labelling pauses.`);
  ask();
}
