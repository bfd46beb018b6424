// Adjudication: first blind, then with all labels shown, without the annotators' names.
import { load, newName, post } from './api.js';
import { h, say, show } from './dom.js';
import { onKeys } from './keys.js';
import { desk, seconds, startClock } from './label.js';
import { question, sentence, who } from './sentence.js';

const KINDS = ['slip', 'direction', 'actor', 'implied', 'reported', 'context', 'codebook'];
let queue = [], actors = {}, told = {};

export async function openGold() {
  const answer = await load('gold');
  queue = answer.items;
  actors = answer.actors;
  told = answer;
  next();
}

function next() {
  if (!queue.length) {
    onKeys(null);
    if (told.open > 20) return openGold();
    return show('', h('h1', {}, 'Adjudicate'), h('p', {}, 'No labels differ.'), h('p', { className: 'dim' }, `${told.agreed} units agree and are gold, ${told.single} have one label only.`));
  }
  const unit = queue[0], head = desk.me.heads.find((one) => one.name === unit.head);
  startClock();
  const buttons = (press) => h('div', { className: 'buttons labels', role: 'group', 'aria-label': head.name }, head.labels.map((label) => h('button', { type: 'button', onclick: () => press(label.name) }, label.key ? h('kbd', {}, label.key) : '', label.name)));
  const frame = (...rest) => show('label', h('h1', {}, 'Adjudicate: ', h('bdi', { lang: unit.lang }, unit.title || unit.article)), h('p', { className: 'dim' }, `${told.open} disputed`), unit.previous ? h('p', { className: 'context', lang: unit.lang, dir: 'auto' }, unit.previous) : null, sentence(unit, actors), unit.next ? h('p', { className: 'context', lang: unit.lang, dir: 'auto' }, unit.next) : null, who(unit, actors),
    h('div', { className: 'dock' }, h('p', { className: 'question' }, question(head, unit, actors)), rest));

  const decide = async (label, blind, kind, unclear, note) => {
    try {
      await post('gold', { act: newName(), unit: unit.unit, head: unit.head, label, blind, kind, unclear, note, seconds: seconds() });
    } catch (error) {
      return say(error.message);
    }
    queue.shift();
    told.open -= 1;
    say(`gold: ${label}`);
    next();
  };
  const choose = async (blind) => {
    let answer;
    try {
      answer = await post('blind', { unit: unit.unit, head: unit.head, label: blind });
    } catch (error) {
      return say(error.message);
    }
    const kind = h('select', { id: 'kind' }, h('option', { value: '' }, 'none'), KINDS.map((one) => h('option', {}, one))), unclear = h('input', { type: 'checkbox', id: 'unclear' }), note = h('input', { id: 'gold-note' });
    const final = (label) => decide(label, blind, kind.value || undefined, unclear.checked, note.value || undefined);
    frame(h('p', {}, `Your first choice: ${blind}. The labels: `, answer.votes.map((vote, i) => h('span', {}, i ? ', ' : '', h('strong', {}, vote.label), vote.flagged ? ' (flagged)' : '', vote.note ? ` \u201c${vote.note}\u201d` : ''))), buttons(final),
      h('div', { className: 'filters buttons' }, h('label', {}, 'Kind of error', kind), h('label', {}, 'The codebook is unclear here', unclear), h('label', {}, 'Note', note)), h('p', { className: 'dim' }, 'enter keeps the first choice'));
    onKeys((name) => { const label = head.labels.find((one) => one.key === name); if (label) final(label.name); else if (name === 'enter') final(blind); else return false; return true; });
  };
  frame(h('p', { className: 'dim' }, 'Choose before you see the labels.'), buttons(choose));
  onKeys((name) => { const label = head.labels.find((one) => one.key === name); if (!label) return false; choose(label.name); return true; });
}
