// The lead's pages: team, agreement, disputed units, people.
import { load, post } from './api.js';
import { ask, h, say, show } from './dom.js';
import { exportOwn } from './pages.js';

const number = (value, digits = 2) => (typeof value === 'number' ? value.toFixed(digits) : value === null || value === undefined ? '\u2013' : String(value));
const table = (caption, heads, rows) => h('div', { className: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption }, h('table', {}, h('caption', {}, caption), h('thead', {}, h('tr', {}, heads.map((head) => h('th', { scope: 'col' }, head)))), h('tbody', {}, rows)));

export async function openTeam() {
  const answer = await load('team');
  show('wide', h('h1', {}, 'Team'), h('p', {}, `${answer.units} units, ${answer.gold} with gold`),
    table('who has done what', ['annotator', 'decided', 'of', 'skipped', 'flagged', 'undone', 'seconds', 'equal to gold', 'equal to oneself'], answer.annotators.map((one) => h('tr', {}, h('th', { scope: 'row' }, one.annotator),
      [one.decided, one.assigned, one.skipped, one.flagged, one.undone, number(one.seconds_each ?? one.seconds_median, 1), one.gold ? `${one.gold.equal} of ${one.gold.compared}` : '', one.hidden_self ? `${one.hidden_self.equal} of ${one.hidden_self.compared}` : ''].map((value) => h('td', { className: 'number' }, value))))));
}

// ---- agreement: all statistics of the report; each cell of a confusion matrix opens its units ------------------

function statistic(name, value) {
  if (value === null || typeof value !== 'object') return h('tr', {}, h('th', { scope: 'row' }, name), h('td', { className: 'number' }, number(value, 3)), h('td', {}, ''));
  const range = value.low !== undefined && value.low !== null ? `[${number(value.low)}, ${number(value.high)}]` : '';
  return h('tr', {}, h('th', { scope: 'row' }, name), h('td', { className: 'number' }, number(value.value, 3)), h('td', {}, value.undefined ? String(value.undefined) : range));
}

const isStatistic = (value) => value !== null && typeof value === 'object' && !Array.isArray(value) && ('value' in value || 'undefined' in value);

async function openUnits(title, query, path = 'cell') {
  const answer = await load(path, query);
  show('', h('h1', {}, title), h('p', {}, `${answer.found} units `, h('a', { href: '#agreement' }, 'back to agreement')),
    h('ul', { className: 'items' }, answer.items.map((one) => h('li', {}, h('p', { className: 'sentence', dir: 'auto' }, one.text), h('p', {}, one.source ? h('strong', {}, `${one.source} \u2192 ${one.target}: `) : '', Object.entries(one.labels).map(([name, label]) => `${name}: ${label}`).join(', '), h('span', { className: 'dim' }, ` ${one.unit}`))))));
}

function confusion(head, pair) {
  const names = pair.annotators || pair.raters || pair.pair || [];
  const cells = pair.confusion;
  if (!cells || names.length < 2) return null;
  const labels = cells.labels || Object.keys(cells), other = cells.labels || [...new Set(Object.values(cells).flatMap((row) => Object.keys(row)))];
  const count = (i, j) => (cells.counts ? cells.counts[i][j] : Array.isArray(cells) ? cells[i][j] : cells[labels[i]]?.[other[j]] ?? 0);
  return table(`${names[0]} (rows) and ${names[1]} (columns)`, ['', ...other], labels.map((label, i) => h('tr', {}, h('th', { scope: 'row' }, label), other.map((to, j) => h('td', { className: 'number' },
    h('button', { type: 'button', 'aria-label': `${names[0]} ${label}, ${names[1]} ${to}: ${count(i, j)} units`, onclick: () => openUnits(`${head}: ${names[0]} ${label}, ${names[1]} ${to}`, { head, a: names[0], la: label, b: names[1], lb: to }) }, count(i, j)))))));
}

export async function openAgreement() {
  const answer = await load('agreement');
  const heads = answer.heads && !answer.heads.units ? answer.heads : answer;
  show('wide', h('h1', {}, 'Agreement'), Object.entries(heads).filter(([, head]) => head && typeof head === 'object' && 'units' in head).map(([name, head]) => [h('h2', {}, name),
    h('p', {}, `${head.units} units labelled, ${head.used} by two or more, ${head.dropped} dropped`),
    table(`${name}: all annotators`, ['statistic', 'value', '95% interval, or why there is none'], Object.entries(head).filter(([, value]) => isStatistic(value)).map(([key, value]) => statistic(key, value))),
    (head.pairs || []).map((pair) => confusion(name, pair)),
    head.worst?.length ? [h('h3', {}, 'Most disputed'), h('ul', {}, head.worst.map((one) => h('li', {}, `${one.unit}: ${Object.entries(one.labels).map(([who, label]) => `${who} ${label}`).join(', ')}`)))] : null]));
}

export async function openDisputed() {
  await openUnits('Disputed', {}, 'disputed');
}

// ---- people -------------------------------------------------------------------------------------------------------

export async function openPeople() {
  const answer = await load('people');
  const name = h('input', { id: 'person', autocomplete: 'off' }), role = h('select', { id: 'role' }, ['annotator', 'adjudicator', 'lead'].map((one) => h('option', {}, one)));
  const link = h('p', { id: 'link', 'aria-live': 'polite' });
  const invite = async (event) => {
    event.preventDefault();
    try {
      const made = await post('people', { name: name.value.trim(), role: role.value });
      link.replaceChildren(`For ${name.value.trim()}, once, within ${made.days} days: `, h('code', {}, `${location.origin}/#enter=${made.token}`));
    } catch (error) {
      link.replaceChildren(h('span', { className: 'wrong' }, error.message));
    }
  };
  const act = async (one, what, sure) => {
    if (sure && (await ask(`${what}: ${one.name}?`, h('p', {}, sure), [['', 'No'], ['yes', 'Yes']])) !== 'yes') return;
    try {
      const done = await post('person', { name: one.name, do: what });
      if (what === 'withdraw') say(`${one.name}: ${done.labels} labels are out; gold taken back: ${done.taken_back}, kept: ${done.kept}`);
    } catch (error) {
      return say(error.message);
    }
    openPeople();
  };
  const state = (one) => [one.withdrawn ? 'withdrawn' : '', one.paused ? `paused${one.why ? ` (${one.why})` : ''}` : '', one.invited ? 'link open' : '', one.sessions ? `${one.sessions} ${one.sessions === 1 ? 'session' : 'sessions'}` : ''].filter(Boolean).join(', ');
  show('wide', h('h1', {}, 'People'), h('form', { className: 'filters', onsubmit: invite }, h('label', {}, 'Name', name), h('label', {}, 'Role', role), h('button', { type: 'submit', className: 'first' }, 'Make a link')), link,
    answer.annotators.length ? h('p', { className: 'dim' }, `The project\u2019s annotators: ${answer.annotators.join(', ')}`) : null,
    table('people', ['name', 'role', 'state', 'training', ''], answer.people.map((one) => h('tr', {}, h('th', { scope: 'row' }, one.name), h('td', {}, one.role), h('td', {}, state(one)), h('td', {}, one.practice_answered ? `${one.practice_right} of ${one.practice_answered}` : ''),
      h('td', {}, h('div', { className: 'buttons' }, one.paused ? h('button', { type: 'button', onclick: () => act(one, 'resume') }, 'Resume') : h('button', { type: 'button', onclick: () => act(one, 'pause') }, 'Pause'),
        h('button', { type: 'button', onclick: () => act(one, 'revoke', 'Links and sessions end; labels stay.') }, 'Revoke'),
        h('button', { type: 'button', className: 'danger', onclick: () => act(one, 'withdraw', 'Links and sessions end. The labels, and the gold that follows from them, count no longer; nothing is deleted.') }, 'Withdraw'),
        h('button', { type: 'button', onclick: () => exportOwn(null, one.name) }, 'Export')))))));
}
