// Agreement: the numbers of `stance annotate agree --json`. Each cell of a confusion matrix opens its units.
import { load } from './api.js';
import { h, show } from './dom.js';
import { desk } from './label.js';
import { number, table } from './lead.js';

const NAMES = { percent: 'equal', fleiss: 'Fleiss\u2019 kappa', alpha_nominal: 'Krippendorff\u2019s alpha, nominal', alpha_ordinal: 'Krippendorff\u2019s alpha, ordinal', ac1: 'Gwet\u2019s AC1', ac2_linear: 'Gwet\u2019s AC2, linear', ac2_quadratic: 'Gwet\u2019s AC2, quadratic',
  kappa: 'Cohen\u2019s kappa', pi: 'Scott\u2019s pi', kappa_linear: 'kappa, linear weights', kappa_quadratic: 'kappa, quadratic weights', alpha_without: 'alpha of the others' };
const isStatistic = (value) => value !== null && typeof value === 'object' && !Array.isArray(value) && ('value' in value || 'undefined' in value);
const statisticsOf = (object) => Object.entries(object).filter(([, value]) => isStatistic(value));
const count = (n, one, many) => `${n} ${n === 1 ? one : many}`;

function text(key, value) {
  if (value.undefined) return String(value.undefined);
  const scale = key === 'percent' ? 100 : 1, digits = key === 'percent' ? 1 : 3, unit = key === 'percent' ? '%' : '';
  const range = typeof value.low === 'number' ? ` [${number(value.low * scale, digits)}, ${number(value.high * scale, digits)}]` : '';
  return `${number(value.value * scale, digits)}${unit}${range}`;
}

const cell = (key, value) => h('td', { className: 'number' }, text(key, value));
const row = (name, entries) => h('tr', {}, h('th', { scope: 'row' }, name), entries.map(([key, value]) => cell(key, value)));

// One row each, one column a statistic.
function grid(caption, first, rows) {
  if (!rows.length) return null;
  return table(caption, [first, ...statisticsOf(rows[0][1]).map(([key]) => NAMES[key] || key)], rows.map(([name, object]) => row(name, statisticsOf(object))));
}

async function openUnits(title, query, path = 'cell') {
  const answer = await load(path, query);
  show('', h('h1', {}, title), h('p', {}, `${count(answer.found, 'unit', 'units')} `, h('button', { type: 'button', onclick: openAgreement }, 'Back to agreement')),
    h('ul', { className: 'items' }, answer.items.map((one) => h('li', {}, h('p', { className: 'sentence', dir: 'auto' }, one.text), h('p', {}, one.source ? h('strong', {}, `${one.source} \u2192 ${one.target}: `) : '', Object.entries(one.labels).map(([name, label]) => `${name}: ${label}`).join(', '), h('span', { className: 'dim' }, ` ${one.unit}`))))));
}

function confusion(head, labels, pair) {
  const [one, other] = pair.annotators;
  return table(`${one} (rows) and ${other} (columns)`, ['', ...labels], labels.map((label, i) => h('tr', {}, h('th', { scope: 'row' }, label), labels.map((to, j) => h('td', { className: 'number' },
    h('button', { type: 'button', 'aria-label': `${one} ${label}, ${other} ${to}: ${count(pair.confusion[i][j], 'unit', 'units')}`, onclick: () => openUnits(`${head}: ${one} ${label}, ${other} ${to}`, { head, a: one, la: label, b: other, lb: to }) }, pair.confusion[i][j]))))));
}

function chapter(name, head) {
  const labels = desk.me.heads.find((one) => one.name === name)?.labels.map((label) => label.name) || [];
  const hasIntervals = statisticsOf(head).some(([, value]) => typeof value.low === 'number');
  return [h('h2', {}, name),
    h('p', {}, `${count(head.units, 'unit', 'units')} labelled, ${head.used} by two or more; ${head.dropped} by one alone do not count. ${hasIntervals ? `In brackets: 95% intervals, ${head.drawn} drawn again.` : head.articles === 1 ? 'No intervals: all labels are of one article.' : ''}`),
    head.used ? [table('all annotators', ['', name], [...statisticsOf(head).map(([key, value]) => row(NAMES[key] || key, [[key, value]])), ...Object.entries(head.labels || {}).map(([label, value]) => row(`${label} against the rest`, [['fleiss', value]]))]),
      grid('pairs', 'annotators', (head.pairs || []).map((pair) => [pair.annotators.join(', '), pair])), (head.pairs || []).map((pair) => confusion(name, labels, pair)),
      grid('each against the majority of the others', 'annotator', (head.against_the_rest || []).map((one) => [one.annotator, one])),
      grid('machines against the majority of people (they count nowhere else)', 'machine', (head.machines || []).map((one) => [one.machine, one])),
      (head.weeks || []).length > 1 ? grid('by week', 'week', head.weeks.map((one) => [one.week, one])) : null] : null,
    head.worst?.length ? [h('h3', {}, 'Most disputed'), h('ul', {}, head.worst.map((one) => h('li', {}, `${one.unit}: ${Object.entries(one.labels).map(([who, label]) => `${who} ${label}`).join(', ')}`)))] : null];
}

export async function openAgreement() {
  const answer = await load('agreement');
  show('wide', h('h1', {}, 'Agreement'), Object.entries(answer).filter(([, head]) => head && typeof head === 'object' && 'units' in head).map(([name, head]) => chapter(name, head)));
}

export async function openDisputed() {
  await openUnits('Disputed', {}, 'disputed');
}
