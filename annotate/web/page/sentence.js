// Sentences with who is meant. Offsets are code points, as in the files.
import { h } from './dom.js';

const kind = (unit, actor) => (actor === unit.source ? 'source' : actor === unit.target ? 'target' : 'other');

export function nameOf(actors, id) { return actors[id] ? actors[id].name : id; }

// A name from right to left is isolated (Unicode's FSI, PDI), so that the line around it keeps its order.
export const apart = (name) => (/[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(name) ? `\u2068${name}\u2069` : name);

// The words as they can be chosen: [start, end) in code points.
export function words(text) {
  const points = Array.from(text), found = [];
  for (let at = 0; at < points.length;) {
    while (at < points.length && /\s/u.test(points[at])) at++;
    let start = at;
    while (at < points.length && !/\s/u.test(points[at])) at++;
    let end = at;
    while (start < end && /[\p{P}\p{S}]/u.test(points[start])) start++;
    while (end > start && /[\p{P}\p{S}]/u.test(points[end - 1])) end--;
    if (end - start > 2 && points[end - 1] === 's' && /['\u2019]/.test(points[end - 2])) end -= 2;
    if (end > start) found.push([start, end]);
  }
  return found;
}

export function sentence(unit, actors, options = {}) {
  const points = Array.from(unit.text), parts = [];
  let at = 0;
  const plain = (from, to) => (options.plain ? options.plain(points, from, to) : points.slice(from, to).join(''));
  for (const mention of unit.mentions || []) {
    if (mention.start < at) continue;
    const role = kind(unit, mention.actor), actor = nameOf(actors, mention.actor);
    parts.push(plain(at, mention.start),
      h('mark', { className: role, title: `${actor} (${mention.actor})${mention.implicit ? ', resolved' : ''}` }, role === 'other' ? '' : h('sup', { dir: 'ltr' }, role === 'source' ? 'S' : 'T'), plain(mention.start, mention.end)));
    at = mention.end;
  }
  parts.push(plain(at, points.length));
  return h('p', { className: 'sentence', lang: unit.lang || options.lang, dir: 'auto' }, parts);
}

// "Mali (MLI, state)", and for "he" or "the junta": "he" = Gordon Brown (resolved).
function person(unit, actors, id) {
  const actor = actors[id] || { name: id, type: '' };
  const points = Array.from(unit.text);
  const own = (unit.mentions || []).filter((mention) => mention.actor === id);
  const calls = [...new Set(own.filter((mention) => mention.implicit).map((mention) => points.slice(mention.start, mention.end).join('')))];
  return [h('strong', { dir: 'auto' }, actor.name), ` (${id}${actor.type ? `, ${actor.type}` : ''})`,
    calls.length ? h('span', { className: 'dim' }, `: ${calls.map((call) => `\u201c${apart(call)}\u201d = ${apart(actor.name)} (resolved)`).join(', ')}`) : '',
    own.length ? '' : h('span', { className: 'wrong' }, ' not in the sentence')];
}

export function who(unit, actors) {
  if (!unit.target) return null;
  return h('dl', { className: 'who' },
    unit.source ? [h('dt', {}, 'Source'), h('dd', {}, person(unit, actors, unit.source))] : null,
    h('dt', {}, 'Target'), h('dd', {}, person(unit, actors, unit.target)));
}

export function question(head, unit, actors) {
  return (head.question || '').replace('{source}', unit.source ? apart(nameOf(actors, unit.source)) : '').replace('{target}', unit.target ? apart(nameOf(actors, unit.target)) : '');
}

export function stateText(state) {
  if (!state) return 'undecided';
  const closed = ['skip', 'split', 'not-a-dyad'].filter((flag) => state.flags.includes(flag)).map((flag) => ({ skip: 'skipped', split: 'wrong split', 'not-a-dyad': 'no dyad here' })[flag]);
  const rest = [state.label, ...closed, state.flags.includes('accepted') ? 'accepted' : '', state.flags.includes('flagged') ? 'flagged' : '', state.note ? `note: ${state.note}` : ''];
  return rest.filter(Boolean).join(', ') || 'undecided';
}
export const isDecided = (state) => Boolean(state && (state.label || ['skip', 'split', 'not-a-dyad'].some((flag) => state.flags.includes(flag))));
export const sentenceOf = (unit) => `${unit.article}#${unit.sentence}`;
