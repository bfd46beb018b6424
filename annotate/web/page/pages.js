// Own decisions, articles, the codebook.
import { get, load, send, session } from './api.js';
import { h, say, show } from './dom.js';
import { desk, goToUnit, keyOf, openLabel, takeFrom } from './label.js';
import { openMend } from './mend.js';
import { apart, isDecided, nameOf, sentence, stateText } from './sentence.js';

const pair = (unit, actors) => (unit.target ? `${unit.source ? `${apart(nameOf(actors, unit.source))} \u2192 ` : ''}${apart(nameOf(actors, unit.target))}` : 'sentence');

// ---- own decisions: a filtered list whose labels can be changed in place
// --------------------------------------------------------------

let filter = {};

function changeButtons(unit, redraw) {
  const head = desk.me.heads.find((one) => one.name === unit.head);
  return h('div', { className: 'buttons', role: 'group', 'aria-label': `label of ${unit.unit}` }, head.labels.map((label) => h('button', {
    type: 'button', 'aria-pressed': String(unit.state?.label === label.name), onclick: () => {
      send('act', { records: [{ unit: unit.unit, head: unit.head, label: label.name, seconds: 0 }] });
      unit.state = { ...(unit.state || { note: '' }), label: label.name, flags: (unit.state?.flags || []).filter((flag) => !['skip', 'split', 'accepted'].includes(flag)) };
      if (desk.items.has(keyOf(unit))) desk.items.get(keyOf(unit)).state = unit.state;
      redraw();
    } }, label.name)));
}

function entry(unit, actors) {
  const item = h('li', {});
  const redraw = () => item.replaceChildren(sentence(unit, actors), h('p', {}, h('strong', {}, pair(unit, actors)), `: ${stateText(unit.state)} `, h('span', { className: 'dim' }, unit.state?.at ? unit.state.at.slice(0, 16).replace('T', ' ') : '')),
    changeButtons(unit, redraw), h('a', { href: `#label/${encodeURIComponent(`${unit.unit}|${unit.head}`)}` }, 'open'), ' ', h('a', { href: `#article/${encodeURIComponent(unit.article)}` }, 'article'));
  redraw();
  return item;
}

export async function openMine(given) {
  if (given) filter = { ...filter, ...given };
  const answer = await load('mine', { ...filter, units: 30 });
  const labels = [...new Set(desk.me.heads.flatMap((head) => head.labels.map((label) => label.name)))];
  const choose = (name, text, values) => h('label', {}, text, h('select', { id: `filter-${name}`, onchange: (event) => { filter = { ...filter, [name]: event.target.value, from: 0 }; openMine(); } },
    h('option', { value: '' }, 'any'), values.map((value) => h('option', { value, selected: filter[name] === value }, value))));
  const write = (name, text) => h('label', {}, text, h('input', { id: `filter-${name}`, value: filter[name] || '', onchange: (event) => { filter = { ...filter, [name]: event.target.value.trim(), from: 0 }; openMine(); } }));
  const page = (text, from) => h('button', { type: 'button', onclick: () => { filter.from = from; openMine(); } }, text);
  show('', h('h1', {}, 'My decisions'), h('form', { className: 'filters', onsubmit: (event) => event.preventDefault() }, choose('label', 'Label', labels), choose('flag', 'Which', ['skip', 'flagged', 'noted', 'accepted', 'added', 'not-a-dyad']), write('actor', 'Actor (id)'), write('article', 'Article (id)')),
    h('p', {}, `${answer.found} units`), h('ul', { className: 'items' }, answer.items.map((unit) => entry(unit, answer.actors))),
    h('div', { className: 'buttons' }, answer.from > 0 ? page('before', Math.max(0, answer.from - 30)) : null, answer.from + answer.items.length < answer.found ? page('after', answer.from + 30) : null,
      h('button', { type: 'button', onclick: exportOwn }, 'My data as a file')));
}

export async function exportOwn(_, name) {
  try {
    const answer = await get('export', { name });
    const link = h('a', { href: URL.createObjectURL(new Blob([answer.jsonl], { type: 'application/jsonl' })), download: `${answer.name}.jsonl` });
    link.click();
    say(`${answer.records} records`);
  } catch (error) {
    say(error.message);
  }
}

// ---- articles -----------------------------------------------------------------------------------------------------

export async function openArticles() {
  const answer = await load('articles');
  show('', h('h1', {}, 'Articles'), h('ul', { className: 'items' }, answer.articles.map((one) => h('li', {}, h('a', { href: `#article/${encodeURIComponent(one.article)}`, dir: 'auto' }, one.title), h('span', { className: 'dim' }, ` ${(one.date || '').slice(0, 10)} \u00b7 ${one.decided} of ${one.units} units decided`)))));
}

export async function openArticle(article) {
  const answer = await takeFrom(load('article', { article }));
  if (answer.lang) desk.langs[article] = answer.lang;
  const count = Math.max(answer.sentences.length, ...answer.items.map((item) => item.sentence + 1), 0);
  const again = () => openArticle(article);
  const line = (index) => {
    const own = answer.items.filter((item) => item.sentence === index), known = own[0] || (answer.sentences[index] !== undefined ? { article, sentence: index, text: answer.sentences[index], mentions: [] } : null);
    if (!known) return null;
    return h('li', {}, sentence({ ...known, source: undefined, target: undefined }, answer.actors, { lang: answer.lang }),
      own.map((unit) => h('p', {}, h('a', { href: `#label/${encodeURIComponent(keyOf(unit))}` }, pair(unit, answer.actors)), `: ${stateText(unit.state)}`)),
      h('button', { type: 'button', onclick: () => openMend(known, answer.actors, again) }, own.length ? 'Actors \u2026' : 'Add actors \u2026'));
  };
  show('', h('h1', { lang: answer.lang, dir: 'auto' }, answer.title || article), h('p', { className: 'dim' }, `${answer.items.filter((item) => isDecided(item.state)).length} of ${answer.items.length} units decided`),
    h('ul', { className: 'items' }, Array.from({ length: count }, (_, i) => line(i))));
}

// ---- codebook -----------------------------------------------------------------------------------------------------

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function example(one) {
  return h('li', {}, one.text, one.source ? h('span', { className: 'dim' }, ` (${one.source} \u2192 ${one.target})`) : '', one.label ? h('strong', {}, ` ${one.label}`) : '', one.why ? h('span', { className: 'dim' }, ` ${one.why}`) : '');
}

function changes(before, now) {
  if (!before) return null;
  const found = [];
  for (const head of now.heads) {
    const old = before.heads.find((one) => one.name === head.name);
    if (!old) { found.push(`new: ${head.name}`); continue; }
    for (const label of head.labels) {
      const was = old.labels.find((one) => one.name === label.name);
      if (!was) found.push(`new: ${head.name}: ${label.name}`);
      else if (!same(was, label)) found.push(`changed: ${head.name}: ${label.name}${was.definition !== label.definition ? `; before: \u201c${was.definition || ''}\u201d` : ''}`);
    }
    for (const label of old.labels) if (!head.labels.some((one) => one.name === label.name)) found.push(`gone: ${head.name}: ${label.name}`);
    if (!same(old.rules, head.rules)) found.push(`changed: ${head.name}: rules`);
  }
  return h('section', { className: 'alarm' }, h('h2', {}, 'Changed since you last looked'), found.length ? h('ul', {}, found.map((one) => h('li', {}, one))) : h('p', {}, 'only in spelling or order'));
}

export async function openCodebook() {
  const answer = await load('codebook', { seen: 1 });
  const book = answer.codebook, old = answer.before;
  const isChanged = (head, label) => { const was = old?.heads.find((one) => one.name === head.name)?.labels.find((one) => one.name === label.name); return Boolean(old && !same(was, label)); };
  show('', h('h1', {}, `Codebook: ${book.name || ''} ${book.version || ''}`),
    answer.stale ? h('p', { className: 'alarm', role: 'status' }, 'It was changed while the server runs: labels are still those of the former one, and records name the former one, until your lead starts the server anew.') : null, h('p', { className: 'dim' }, book.description || ''), changes(old, book),
    book.heads.map((head) => [h('h2', {}, `${head.name}: ${head.question || ''}`),
      head.labels.map((label) => h('section', { className: isChanged(head, label) ? 'changed' : '' }, h('h3', {}, label.key ? h('kbd', {}, label.key) : '', label.name), h('p', {}, label.definition || ''),
        label.borderline?.length ? [h('h4', {}, 'When in doubt'), h('ul', {}, label.borderline.map((one) => h('li', {}, one)))] : null,
        label.examples?.length ? [h('h4', {}, 'Examples'), h('ul', {}, label.examples.map(example))] : null,
        label.counter_examples?.length ? [h('h4', {}, 'Not this label'), h('ul', {}, label.counter_examples.map(example))] : null)),
      head.rules?.length ? [h('h3', {}, 'Rules'), h('dl', {}, head.rules.map((rule) => [h('dt', {}, h('strong', {}, rule.topic)), h('dd', {}, rule.rule, h('ul', {}, (rule.examples || []).map(example)))]))] : null]));
}

export { goToUnit, openLabel, session };
