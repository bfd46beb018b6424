// Corrections of mentions: the annotator chooses words and then "This is ...", "Not an actor" or "Dyad from here to
// ...".
import { get, newName, post, unsent } from './api.js';
import { ask, h, say } from './dom.js';
import { nameOf, words } from './sentence.js';

let search = 0;

// Choice of an actor by name, alias, surname or id; a name that no gazetteer has becomes a new actor after
// confirmation.
function chooseActor(title) {
  return new Promise((resolve) => {
    const list = h('ul', { className: 'found', 'aria-live': 'polite' });
    const field = h('input', { id: 'actor-search', autocomplete: 'off', type: 'search' });
    const choose = (actor) => { resolve(actor); dialog.close(); };
    const fill = async () => {
      const own = ++search, text = field.value.trim();
      if (!text) return list.replaceChildren();
      const answer = await get('actors', { q: text }).catch((error) => ({ actors: [], types: [], problem: error.message }));
      if (own !== search) return;
      list.replaceChildren(...answer.actors.map((actor) => h('li', {}, h('button', { type: 'button', onclick: () => choose(actor) },
        h('strong', {}, actor.name), ` (${actor.id}, ${actor.type}${actor.of ? `, of ${actor.of}` : ''})`, actor.alias && actor.alias !== actor.name.toLowerCase() ? h('span', { className: 'dim' }, ` ${actor.alias}`) : ''))),
        answer.problem ? h('li', { className: 'wrong' }, answer.problem) : h('li', {}, h('button', { type: 'button', onclick: () => makeNew(text, answer, choose) }, `None of these: make \u201c${text}\u201d a new actor \u2026`)));
    };
    field.addEventListener('input', fill);
    const dialog = h('dialog', { 'aria-labelledby': 'actor-title' }, h('h2', { id: 'actor-title' }, title), h('label', {}, 'Name, alias, surname or id', field), list,
      h('div', { className: 'buttons' }, h('button', { type: 'button', onclick: () => dialog.close() }, 'Leave it')));
    field.addEventListener('keydown', (event) => { if (event.key === 'Enter') { event.preventDefault(); list.querySelector('button')?.focus(); } });
    dialog.addEventListener('close', () => { dialog.remove(); resolve(null); });
    document.body.append(dialog);
    dialog.showModal();
    field.focus();
  });
}

async function makeNew(name, answer, choose) {
  const id = h('input', { id: 'new-id', value: answer.proposal || '' }), type = h('select', { id: 'new-type' }, (answer.types || []).map((kind) => h('option', {}, kind)));
  id.value = answer.proposal || '';
  const sure = await ask(`A new actor: ${name}`, h('div', {}, h('p', {}, 'No gazetteer knows this name. A new actor is for everybody in the project; is it not spelt in another way there?'), h('label', {}, 'Id', id), h('label', {}, 'Type', type)),
    [['', 'No, search again'], ['yes', 'Yes, add it']]);
  if (sure !== 'yes') return;
  try {
    choose(await post('actors', { id: id.value.trim(), name, type: type.value, sure: true }));
  } catch (error) {
    say(error.message);
  }
}

// Words of the sentence as buttons; resolves to [start, end) in code points.
function chooseWords(unit, actors, title, extra) {
  return new Promise((resolve) => {
    const points = Array.from(unit.text), spans = words(unit.text);
    let from = -1, to = -1;
    const parts = [], buttons = [];
    let at = 0;
    spans.forEach(([start, end], i) => {
      const mention = (unit.mentions || []).find((one) => one.start < end && start < one.end);
      const button = h('button', { type: 'button', className: 'word', 'aria-pressed': 'false', title: mention ? nameOf(actors, mention.actor) : '', onclick: () => pick(i) }, points.slice(start, end).join(''));
      buttons.push(button);
      parts.push(points.slice(at, start).join(''), button);
      at = end;
    });
    parts.push(points.slice(at).join(''));
    const told = h('p', { 'aria-live': 'polite' });
    const pick = (i) => {
      if (from < 0 || from !== to) from = to = i; // a second word extends the span, a third starts a new one
      else { from = Math.min(from, i); to = Math.max(to, i); }
      const mention = (unit.mentions || []).find((one) => one.start < spans[to][1] && spans[from][0] < one.end);
      buttons.forEach((button, b) => { button.classList.toggle('chosen', b >= from && b <= to); button.setAttribute('aria-pressed', String(b >= from && b <= to)); });
      told.textContent = `\u201c${points.slice(spans[from][0], spans[to][1]).join('')}\u201d: ${mention ? `${nameOf(actors, mention.actor)} (${mention.actor})${mention.implicit ? ', resolved' : ''}` : 'no actor'}`;
    };
    const finish = (what) => {
      if (from < 0) return say('first choose words');
      const mention = (unit.mentions || []).find((one) => one.start < spans[to][1] && spans[from][0] < one.end);
      const isWithin = mention && mention.start <= spans[from][0] && mention.end >= spans[to][1];
      resolve({ what, start: isWithin && what !== 'new' ? mention.start : spans[from][0], end: isWithin && what !== 'new' ? mention.end : spans[to][1], was: mention?.actor || '' });
      dialog.close();
    };
    const dialog = h('dialog', { 'aria-labelledby': 'words-title' }, h('h2', { id: 'words-title' }, title), h('p', { className: 'sentence', dir: 'auto' }, parts), told,
      h('div', { className: 'buttons' }, extra.map(([what, text]) => h('button', { type: 'button', onclick: () => finish(what) }, text)), h('button', { type: 'button', onclick: () => dialog.close() }, 'Leave it')));
    dialog.addEventListener('close', () => { dialog.remove(); resolve(null); });
    document.body.append(dialog);
    dialog.showModal();
  });
}

export async function openMend(unit, actors, done) {
  if (unsent().length) return say('first what is unsent has to be saved');
  const span = await chooseWords(unit, actors, 'Who is meant? Choose words', [['actor', 'This is \u2026'], ['none', 'Not an actor'], ['dyad', 'Dyad from here to \u2026']]);
  if (!span) return;
  const request = { kind: span.what, article: unit.article, sentence: unit.sentence, start: span.start, end: span.end };
  if (span.what === 'dyad') {
    const source = span.was ? { id: span.was } : await chooseActor('The source: who are these words?');
    const there = source && await chooseWords(unit, actors, 'To whom? Choose words', [['target', 'To these']]);
    const target = there && (there.was ? { id: there.was } : await chooseActor('The target: who are these words?'));
    if (!target) return;
    Object.assign(request, { actor: source.id, target: target.id, target_start: there.start, target_end: there.end });
  } else if (span.what === 'actor') {
    const actor = await chooseActor('Who is it?');
    if (!actor) return;
    request.actor = actor.id;
  }
  try {
    const answer = await post('mend', { act: newName(), ...request });
    if (answer.elsewhere) {
      const yes = await ask('In the article, too?', h('p', {}, `The same words stand in ${answer.elsewhere} other ${answer.elsewhere === 1 ? 'sentence' : 'sentences'} of this article. Change them as well?`), [['', 'No, here alone'], ['yes', 'Yes, in the article']]);
      if (yes === 'yes') await post('mend', { act: newName(), ...request, in_article: true, was: span.was });
    }
    say(`${answer.changed} units changed, ${answer.closed} closed, ${answer.added} added (undo takes it back)`);
    await done(unit);
  } catch (error) {
    say(error.message);
  }
}
