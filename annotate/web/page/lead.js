// The lead's pages: team and people. Agreement is in agreement.js.
import { load, post } from './api.js';
import { ask, h, say, show } from './dom.js';
import { exportOwn } from './pages.js';

export const number = (value, digits = 2) => (typeof value === 'number' ? value.toFixed(digits) : value === null || value === undefined ? '\u2013' : String(value));
export const table = (caption, heads, rows, kind = '') => h('div', { className: `scroll ${kind}`, tabindex: '0', role: 'region', 'aria-label': caption }, h('table', {}, h('caption', {}, caption), h('thead', {}, h('tr', {}, heads.map((head) => h('th', { scope: 'col' }, head)))), h('tbody', {}, rows)));

export async function openTeam() {
  const answer = await load('team');
  show('wide', h('h1', {}, 'Team'), h('p', {}, `${answer.units} units, ${answer.gold} with gold`),
    table('who has done what', ['annotator', 'decided', 'of', 'skipped', 'flagged', 'undone', 'seconds', 'equal to gold', 'equal to oneself'], answer.annotators.map((one) => h('tr', {}, h('th', { scope: 'row' }, one.annotator),
      [one.decided, one.assigned, one.skipped, one.flagged, one.undone, number(one.seconds_each ?? one.seconds_median, 1), one.gold ? `${one.gold.equal} of ${one.gold.compared}` : '', one.hidden_self ? `${one.hidden_self.equal} of ${one.hidden_self.compared}` : ''].map((value) => h('td', { className: 'number' }, value))))));
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
        h('button', { type: 'button', onclick: () => exportOwn(null, one.name) }, 'Export'))))), 'cards'));
}
