// The matrix of a sentence's dyads, sources by targets, with the neutral label preset; one key accepts all. A label
// that the annotator set is a decision; a preset that stays has the flag "accepted" in its record.
import { h, say, show } from './dom.js';
import { onKeys } from './keys.js';
import { act, desk, keyOf, neutralOf, press, showUnit, startClock, unitsOf } from './label.js';
import { isDecided, nameOf, sentence } from './sentence.js';

export function openMatrix(unit, done) {
  const dyads = unitsOf(unit).filter((one) => one.source);
  if (!dyads.length) return say('this sentence has no dyads');
  const head = desk.me.heads.find((one) => one.name === dyads[0].head), preset = neutralOf(head);
  const cells = dyads.filter((one) => one.head === head.name);
  const actors = [...new Set(cells.flatMap((one) => [one.source, one.target]))];
  const chosen = new Map(cells.map((one) => [keyOf(one), { label: one.state?.label || (isDecided(one.state) ? null : preset?.name) || null, isSet: isDecided(one.state), isNew: false }]));
  const buttons = new Map();
  let at = keyOf(unit.source ? unit : cells[0]);

  const text = (one) => { const cell = chosen.get(keyOf(one)); return cell.label || (isDecided(one.state) ? 'closed' : '\u2013'); };
  const paint = (one) => {
    const button = buttons.get(keyOf(one)), cell = chosen.get(keyOf(one));
    button.textContent = text(one);
    button.className = `free${cell.isSet ? '' : ' preset'}`;
    button.setAttribute('aria-label', `${nameOf(desk.actors, one.source)} towards ${nameOf(desk.actors, one.target)}: ${text(one)}${cell.isSet ? '' : ', preset'}`);
  };
  const set = (one, label) => { chosen.set(keyOf(one), { label, isSet: true, isNew: true }); paint(one); };
  const cycle = (one) => { const names = head.labels.map((label) => label.name); set(one, names[(names.indexOf(chosen.get(keyOf(one)).label) + 1) % names.length]); };
  const move = (dx, dy) => {
    const one = cells.find((cell) => keyOf(cell) === at);
    let x = actors.indexOf(one.target), y = actors.indexOf(one.source);
    for (let i = 0; i < actors.length; i++) {
      x = (x + dx + actors.length) % actors.length;
      y = (y + dy + actors.length) % actors.length;
      const next = cells.find((cell) => cell.source === actors[y] && cell.target === actors[x]);
      if (next) { at = keyOf(next); buttons.get(at).focus(); return; }
    }
  };
  const accept = () => {
    const changes = cells.filter((one) => { const cell = chosen.get(keyOf(one)); return cell.label && (cell.isNew || !isDecided(one.state)); })
      .map((one) => ({ unit: one.unit, head: one.head, label: chosen.get(keyOf(one)).label, accepted: !chosen.get(keyOf(one)).isSet }));
    close();
    if (changes.length) act(changes, `${changes.length} dyads of this sentence saved (undo takes all back)`);
    done();
  };
  const close = () => onKeys(press);

  startClock();
  show('label wide', h('h1', {}, 'The whole sentence'), sentence({ ...unit, source: undefined, target: undefined }, desk.actors),
    h('p', { className: 'dim' }, `Rows are sources, columns targets. A label\u2019s key (${head.labels.map((label) => label.key).join(', ')}) sets a cell, arrows move, enter accepts all, escape leaves.`),
    h('div', { className: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'sources by targets' }, h('table', {}, h('caption', {}, head.name),
      h('thead', {}, h('tr', {}, h('td', {}, 'source \u2193 target \u2192'), actors.map((actor) => h('th', { scope: 'col', dir: 'auto' }, nameOf(desk.actors, actor))))),
      h('tbody', {}, actors.filter((actor) => cells.some((one) => one.source === actor)).map((source) => h('tr', {}, h('th', { scope: 'row', dir: 'auto' }, nameOf(desk.actors, source)),
        actors.map((target) => {
          const one = cells.find((cell) => cell.source === source && cell.target === target);
          if (!one) return h('td', {}, '');
          const button = h('button', { type: 'button', onclick: () => { at = keyOf(one); cycle(one); }, onfocus: () => { at = keyOf(one); } });
          buttons.set(keyOf(one), button);
          paint(one);
          return h('td', { className: 'cell' }, button);
        })))))),
    h('div', { className: 'dock buttons' }, h('button', { type: 'button', className: 'first', onclick: accept }, h('kbd', {}, 'enter'), 'Accept all'),
      h('button', { type: 'button', onclick: () => { close(); showUnit(); } }, h('kbd', {}, 'escape'), 'Leave it')));
  buttons.get(at).focus();
  onKeys((name) => {
    const one = cells.find((cell) => keyOf(cell) === at), label = head.labels.find((candidate) => candidate.key === name);
    if (label) { set(one, label.name); return true; }
    if (name === 'enter') { accept(); return true; }
    if (name === 'escape') { close(); showUnit(); return true; }
    const moves = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] };
    if (!moves[name]) return false;
    move(...moves[name]);
    return true;
  });
}
