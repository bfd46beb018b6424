// The label page: one unit at a time from a queue fetched in advance, so that labelling goes on without the network.
import { flush, get, load, newName, outboxTurn, post, send, unsent } from './api.js';
import { ask, h, say, show, staying } from './dom.js';
import { onKeys } from './keys.js';
import { isDecided, question, sentence, sentenceOf, stateText, who } from './sentence.js';
import { openMatrix } from './matrix.js';
import { openMend } from './mend.js';

const AHEAD = 20, IDLE = 60000;
export const desk = { me: null, items: new Map(), actors: {}, queue: [], at: -1, back: [], undone: [], total: 0, decided: 0, again: new Set(), resume: null, langs: {} };
export const keyOf = (unit) => `${unit.unit}|${unit.head}`;
const headOf = (unit) => desk.me.heads.find((head) => head.name === unit.head);
const current = () => (desk.at >= 0 && desk.queue[desk.at] ? desk.items.get(desk.queue[desk.at].key) : null);
export const neutralOf = (head) => head.labels.find((label) => label.name === 'neutral') || head.labels.find((label) => label.value === 0 && head.labels.some((other) => other.value !== 0));

// ---- time spent on a unit, without pauses and time in other windows ----------------------------------------------

let active = 0, since = 0, lastInput = 0;
const now = () => performance.now();
function settle() {
  if (since) active += Math.max(0, Math.min(now(), lastInput + IDLE) - since);
  since = document.hidden ? 0 : now();
}
for (const kind of ['keydown', 'pointerdown', 'pointermove', 'touchstart', 'wheel']) addEventListener(kind, () => { settle(); lastInput = now(); }, { passive: true });
document.addEventListener('visibilitychange', settle);
export function startClock() { active = 0; since = now(); lastInput = now(); }
export function seconds() { settle(); return Math.round(active / 100) / 10; }
setInterval(() => {
  const place = document.getElementById('seconds');
  if (place) place.textContent = `${Math.floor(seconds())} s`;
}, 1000);

// ---- the queue ----------------------------------------------------------------------------------------------------

const waiting = () => new Set(unsent().flatMap((entry) => (entry.body.records || []).map(keyOf)));

// Takes the units of an answer. Where the person has decided something since it was asked for, or something is unsent, the answer may be older
// than the states that are known here: then these stay.
export async function takeFrom(asked) {
  const before = outboxTurn(), answer = await asked, isNew = before === outboxTurn() && !unsent().length;
  Object.assign(desk.actors, answer.actors);
  for (const item of answer.items) {
    const known = desk.items.get(keyOf(item));
    if (known && !isNew) item.state = known.state;
    desk.items.set(keyOf(item), item);
  }
  if (answer.total !== undefined) {
    if (isNew || !desk.total) desk.decided = answer.decided;
    desk.total = answer.total;
  }
  return answer;
}

let fetching = null;
async function fetchMore() {
  if (fetching) return fetching;
  const unit = current();
  fetching = takeFrom(get('queue', { units: 60, from: unit && unit.place ? unit.place : 0 })).then((answer) => {
    const hidden = new Set();
    const keys = answer.items.map(keyOf);
    const known = new Set(desk.queue.slice(Math.max(desk.at, 0)).map((place) => place.key));
    for (const [item, ticket, again] of answer.queue) {
      const key = keys[item];
      if (known.has(key) || hidden.has(key) || (again && desk.again.has(key)) || (!again && !answer.items[item].state && waiting().has(key))) continue;
      hidden.add(key);
      desk.queue.push({ key, ticket, again: Boolean(again), fresh: answer.items[item].state === null });
    }
  }).finally(() => { fetching = null; });
  return fetching;
}

// At the end of the list the server must have all decisions: only then does it send skipped and flagged units again.
async function fetchLast() {
  if (fetching) await fetching.catch(() => {});
  await flush();
  return fetchMore();
}

const isAsked = (place) => {
  const unit = desk.items.get(place.key);
  return unit && (place.again ? !desk.again.has(place.key) : !isDecided(unit.state) || place.fresh === 'check');
};

async function advance() {
  const resume = desk.resume, stays = staying();
  desk.resume = null;
  if (resume && desk.items.get(resume) && !isDecided(desk.items.get(resume).state)) return goTo(resume);
  let next = desk.queue.findIndex((place, i) => i > desk.at && isAsked(place));
  if (next < 0 || desk.queue.length - next < AHEAD) {
    const more = (next < 0 ? fetchLast() : fetchMore()).catch((error) => say(`No more units for now: ${error.message}`));
    if (next < 0) await more;
    stays();
  }
  if (next < 0) next = desk.queue.findIndex((place, i) => i > desk.at && isAsked(place));
  if (next < 0) next = desk.queue.findIndex(isAsked);
  if (next < 0) return showOver();
  desk.at = next;
  showUnit();
  if (desk.queue[next].again) say(`once more: you ${(current().state?.flags || []).includes('skip') ? 'skipped' : 'flagged'} this one`);
}

export function goTo(key) {
  const found = desk.queue.findIndex((place, i) => place.key === key && i >= desk.at);
  if (found >= 0) desk.at = found;
  else desk.queue.splice(desk.at + 1, 0, { key, again: false }), desk.at += 1;
  showUnit();
}

export async function goToUnit(unit, head) {
  await takeFrom(load('units', { unit, head }));
  goTo(`${unit}|${head}`);
}

// ---- decisions ----------------------------------------------------------------------------------------------------

function applied(state, change) {
  const next = { label: null, flags: [], note: '', ...(state || {}) };
  next.flags = next.flags.filter((flag) => flag !== 'accepted');
  if (change.label) { next.label = change.label; next.flags = next.flags.filter((flag) => !['skip', 'split', 'not-a-dyad'].includes(flag)); }
  for (const close of ['skip', 'split']) if (change[close]) { next.label = null; next.flags = [...next.flags.filter((flag) => !['skip', 'split', 'not-a-dyad'].includes(flag)), close]; }
  if (change.accepted) next.flags.push('accepted');
  if (change.flagged !== undefined) next.flags = [...next.flags.filter((flag) => flag !== 'flagged'), ...(change.flagged ? ['flagged'] : [])];
  if (change.note !== undefined) next.note = change.note;
  return next;
}

// Records of one act: shown as decided immediately, sent by the outbox.
export function act(changes, what) {
  const before = changes.map((change) => [keyOf(change), desk.items.get(keyOf(change))?.state ?? null]);
  const each = Math.round((seconds() / changes.length) * 10) / 10;
  for (const change of changes) {
    const unit = desk.items.get(keyOf(change));
    if (!isDecided(unit.state) && (change.label || change.skip || change.split)) desk.decided += 1;
    unit.state = applied(unit.state, change);
  }
  desk.back.push({ before, at: desk.queue[desk.at]?.key });
  desk.undone = [];
  send('act', { records: changes.map((change) => ({ seconds: each, ...change })) });
  startClock();
  if (what) say(what);
}

function decide(change, what) {
  const place = desk.queue[desk.at], unit = current();
  const stays = isDecided(unit.state) && !place.again && !place.fresh;
  act([{ unit: unit.unit, head: unit.head, ticket: place.ticket, ...change }], `${unit.source ? `${unit.source} \u2192 ${unit.target}: ` : ''}${what}`);
  if (place.again) desk.again.add(place.key);
  place.fresh = false;
  if (stays) showUnit(); // after changing an old label, the unit stays
  else advance();
}

function toggleFlag() {
  const unit = current(), flagged = !(unit.state?.flags || []).includes('flagged');
  act([{ unit: unit.unit, head: unit.head, ticket: desk.queue[desk.at].ticket, flagged }], flagged ? 'flagged' : 'flag taken off');
  showUnit();
}

async function writeNote() {
  const unit = current(), field = h('textarea', { rows: '3', id: 'note', value: unit.state?.note || '', maxLength: 1000 });
  field.value = unit.state?.note || '';
  const answer = await ask('Note', h('label', {}, 'What should be remembered about this unit?', field), [['save', 'Save'], ['', 'Leave it']]);
  if (answer !== 'save' || field.value === (unit.state?.note || '')) return;
  act([{ unit: unit.unit, head: unit.head, ticket: desk.queue[desk.at].ticket, note: field.value }], field.value ? 'note saved' : 'note removed');
  showUnit();
}

// ---- undo and redo: both keep the place ---------------------------------------------------------------------------

async function undo() {
  const step = desk.back.pop();
  if (!step) return turn('undo');
  const now = step.before.map(([key]) => [key, desk.items.get(key)?.state ?? null]);
  for (const [key, state] of step.before) if (desk.items.has(key)) desk.items.get(key).state = state;
  desk.decided -= now.filter(([key, state], i) => isDecided(state) && !isDecided(step.before[i][1])).length;
  desk.undone.push({ now, before: step.before, from: desk.queue[desk.at]?.key });
  send('undo', {});
  say('undone');
  const key = step.before[0][0], from = desk.queue[desk.at]?.key;
  if (!desk.resume && from && from !== key) desk.resume = from;
  desk.again.delete(key);
  goTo(key);
}

async function redo() {
  const step = desk.undone.pop();
  if (!step) return turn('redo');
  for (const [key, state] of step.now) if (desk.items.has(key)) desk.items.get(key).state = state;
  desk.decided += step.now.filter(([, state], i) => isDecided(state) && !isDecided(step.before[i][1])).length;
  desk.back.push({ before: step.before });
  send('redo', {});
  say('done again');
  const from = step.from;
  if (!desk.undone.length) desk.resume = null;
  if (from && desk.items.has(from)) goTo(from);
  else advance();
}

// Undo and redo of acts from before the page was opened, which only the server knows.
async function turn(path) {
  if (unsent().length) return say('first what is unsent has to be saved');
  try {
    const answer = await post(path, { act: newName() });
    if (!answer.units.length) return say(`nothing to ${path}`);
    const last = answer.units[answer.units.length - 1];
    if (desk.queue[desk.at]) desk.resume = desk.queue[desk.at].key;
    await goToUnit(last.unit, last.head);
    say(path === 'undo' ? 'undone' : 'done again');
  } catch (error) {
    say(error.message);
  }
}

// ---- the whole sentence -------------------------------------------------------------------------------------------

export const unitsOf = (unit) => [...desk.items.values()].filter((other) => sentenceOf(other) === sentenceOf(unit));

function restNeutral() {
  const unit = current(), left = unitsOf(unit).filter((other) => !isDecided(other.state) && other.source && neutralOf(headOf(other)));
  if (!left.length) return say('nothing of this sentence is left, or no label is neutral');
  act(left.map((other) => ({ unit: other.unit, head: other.head, label: neutralOf(headOf(other)).name, accepted: true })), `${left.length} dyads of this sentence: neutral (undo takes all back)`);
  advance();
}

// ---- commands -----------------------------------------------------------------------------------------------------

function step(by) {
  const unit = current();
  if (!unit || !unit.place) return;
  const place = unit.place + by;
  if (place < 1 || place > desk.total) return say(by > 0 ? 'this is the last unit' : 'this is the first unit');
  goToPlace(place);
}

async function goToPlace(place) {
  const known = [...desk.items.values()].find((unit) => unit.place === place);
  if (known) return goTo(keyOf(known));
  try {
    await takeFrom(load('units', { place }));
    const found = [...desk.items.values()].find((unit) => unit.place === place);
    if (found) goTo(keyOf(found));
  } catch (error) {
    say(error.message);
  }
}

function reverse() {
  const unit = current(), other = unitsOf(unit).find((one) => one.head === unit.head && one.source === unit.target && one.target === unit.source);
  if (!other || !unit.source) return say('there is no reverse of this unit');
  desk.resume = keyOf(unit);
  goTo(keyOf(other));
}

async function goToAsked() {
  const field = h('input', { id: 'goto', value: '' });
  const answer = await ask('Go to', h('label', {}, 'A number, or a unit\u2019s id', field), [['go', 'Go'], ['', 'Leave it']]);
  if (answer !== 'go' || !field.value) return;
  if (/^\d+$/.test(field.value)) return goToPlace(Number(field.value));
  const head = desk.me.heads.find((one) => desk.items.has(`${field.value}|${one.name}`)) || desk.me.heads[0];
  goToUnit(field.value, head.name).catch((error) => say(error.message));
}

export function listKeys() {
  const row = (keys, text) => h('tr', {}, h('td', {}, keys.filter(Boolean).map((key) => [h('kbd', {}, key), ' '])), h('td', {}, text));
  const ours = desk.me.commands.filter((command) => !['suggest', 'redraw', 'quit', 'up', 'down', 'kind', 'unclear'].includes(command.name));
  ask('Keys', h('div', {},
    desk.me.heads.map((head) => h('table', {}, h('caption', {}, head.name), h('tbody', {}, head.labels.map((label) => row([label.key], label.name))))),
    h('table', {}, h('caption', {}, 'commands'), h('tbody', {}, ours.map((command) => row(command.keys, command.help)))),
    h('p', { className: 'dim' }, 'Keys are matched by their character, else by their place on the keyboard.')), [['', 'Close']]);
}

const refresh = async (unit) => { // after a change of actors
  const stays = staying();
  desk.queue = [];
  desk.at = -1;
  for (const key of [...desk.items.keys()]) if (desk.items.get(key).article === unit.article) desk.items.delete(key);
  try {
    await takeFrom(get('units', { unit: unit.unit, head: unit.head }));
  } catch { /* the unit was taken back with the act */ }
  await fetchMore();
  stays();
  const again = desk.items.get(keyOf(unit));
  if (again && !isDecided(again.state)) goTo(keyOf(again));
  else advance();
};

const commands = {
  skip: () => decide({ skip: true }, 'skipped'), split: () => decide({ split: true }, 'wrong split'), undo, redo, reverse, flag: toggleFlag, note: writeNote,
  previous: () => step(-1), next: () => step(1), pending: () => advance(), goto: goToAsked, search: () => { location.hash = '#mine'; }, codebook: () => window.open('#codebook', '_blank', 'noopener'), keys: listKeys,
  sentence: () => openMatrix(current(), () => advance()), rest: restNeutral,
  mentions: () => openMend(current(), desk.actors, refresh),
};

export function press(name) {
  const unit = current();
  const command = desk.me.commands.find((one) => one.keys.includes(name));
  if (unit) {
    const label = headOf(unit).labels.find((one) => one.key === name);
    if (label) { decide({ label: label.name }, label.name); return true; }
    for (const head of desk.me.heads.filter((one) => one.unit === 'sentence')) { // keys of the sentence's own head also work on its dyads
      const own = unitsOf(unit).find((other) => other.head === head.name), other = head.labels.find((one) => one.key === name);
      if (!own || !other || own === unit) continue;
      const stays = !isDecided(unit.state);
      act([{ unit: own.unit, head: own.head, label: other.name }], `sentence: ${other.name}`);
      if (stays) showUnit();
      else advance();
      return true;
    }
  }
  if (name === 'F1' || name === '?') { listKeys(); return true; }
  if (!command || !commands[command.name] || (!unit && !['undo', 'redo', 'keys', 'goto', 'search', 'codebook', 'pending'].includes(command.name))) return false;
  commands[command.name]();
  return true;
}

// ---- what is shown ------------------------------------------------------------------------------------------------

const keyName = (command) => desk.me.commands.find((one) => one.name === command)?.keys[0] || '';
const button = (command, text) => h('button', { type: 'button', onclick: () => commands[command]() }, h('kbd', {}, keyName(command)), text);

function labelButtons(unit) {
  const state = unit.state, head = headOf(unit);
  return h('div', { className: 'buttons labels', role: 'group', 'aria-label': head.name }, head.labels.map((label) => h('button', {
    type: 'button', 'aria-pressed': String(state?.label === label.name), onclick: () => {
      if (unit === current()) decide({ label: label.name }, label.name);
      else { act([{ unit: unit.unit, head: unit.head, label: label.name }], `sentence: ${label.name}`); showUnit(); }
    } }, label.key ? h('kbd', {}, label.key) : '', label.name)));
}

export function showUnit() {
  const unit = current(), place = desk.queue[desk.at];
  if (!unit) return;
  const own = unitsOf(unit).filter((other) => other !== unit && !other.target);
  const many = unitsOf(unit).filter((other) => other.source).length;
  startClock();
  show('label',
    h('h1', {}, h('bdi', { lang: unit.lang }, unit.title || unit.article), unit.date ? h('span', { className: 'dim' }, ` ${unit.date.slice(0, 10)}`) : ''),
    h('p', { className: 'dim' }, `unit ${unit.place || '?'} of ${desk.total}, ${desk.decided} decided `, h('progress', { max: desk.total || 1, value: desk.decided, 'aria-label': 'decided' }), ' ', h('span', { id: 'seconds' }, '0 s'),
      place.again ? h('strong', {}, ' once more: you skipped or flagged this one') : '', many > 2 ? ` \u00b7 ${many} dyads in this sentence` : ''),
    unit.previous ? h('p', { className: 'context', lang: unit.lang, dir: 'auto' }, unit.previous) : null,
    sentence(unit, desk.actors, { lang: desk.langs[unit.article] }),
    unit.next ? h('p', { className: 'context', lang: unit.lang, dir: 'auto' }, unit.next) : null,
    who(unit, desk.actors),
    h('div', { className: 'dock' },
      h('p', { className: 'question', id: 'question' }, question(headOf(unit), unit, desk.actors)),
      labelButtons(unit)),
    h('section', { 'aria-label': 'more' }, // below the label buttons, so that the sentence stays visible on a phone
      own.map((other) => [h('p', { className: 'dim' }, question(headOf(other), other, desk.actors)), labelButtons(other)]),
      h('div', { className: 'buttons', role: 'group', 'aria-label': 'commands' }, button('skip', 'Skip'), button('undo', 'Undo'), button('flag', 'Flag'), button('note', 'Note'), button('mentions', 'Actors'),
        many > 1 ? [button('sentence', 'Whole sentence'), button('rest', 'Rest neutral')] : null, button('reverse', 'Reverse'), button('split', 'Wrong split'), button('previous', 'Back'), button('next', 'On'), button('keys', 'Keys')),
      h('p', { className: 'dim' }, `Now: ${stateText(unit.state)}`, h('span', {}, ` \u00b7 ${unit.unit}`))));
}

function showOver() {
  desk.at = desk.queue.length;
  show('label', h('h1', {}, desk.total ? 'All units are decided. Thank you!' : 'There is nothing to label here.'), h('p', {}, `${desk.decided} of ${desk.total} units are decided.`),
    h('div', { className: 'buttons' }, button('undo', 'Undo'), h('a', { href: '#mine' }, 'My decisions')));
}

export async function openLabel(target) {
  onKeys(press);
  if (target) {
    const [unit, head] = target.split('|');
    await goToUnit(unit, head);
    return;
  }
  if (current() && !isDecided(current().state)) return showUnit();
  desk.at = -1;
  await advance();
}
