// Sign-in, choice of the page, and the line about saving.
import { dropRefused, enter, flush, forget, get, openOutbox, post, refused, session, unsent } from './api.js';
import { ask, h, Left, main, say, show, turnPage } from './dom.js';
import { openGold } from './gold.js';
import { onKeys } from './keys.js';
import { desk, openLabel } from './label.js';
import { openAgreement, openDisputed } from './agreement.js';
import { openPeople, openTeam } from './lead.js';
import { openArticle, openArticles, openCodebook, openMine } from './pages.js';
import { openPractice } from './practice.js';

const pages = [
  ['label', 'Label', openLabel, 'labels'], ['articles', 'Articles', openArticles, 'labels'], ['mine', 'Mine', () => openMine(), 'labels'], ['codebook', 'Codebook', openCodebook],
  ['practice', 'Training', openPractice], ['adjudicate', 'Adjudicate', openGold, 'adjudicator'], ['team', 'Team', openTeam, 'lead'], ['agreement', 'Agreement', openAgreement, 'lead'],
  ['disputed', 'Disputed', openDisputed, 'lead'], ['people', 'People', openPeople, 'lead'],
];
const ranks = { annotator: 0, adjudicator: 1, lead: 2 };
const isFor = (need) => !need || (need === 'labels' ? desk.me.labels : ranks[desk.me.role] >= ranks[need]);

// Shows "saved" only after the server's confirmation; else the number of unsent decisions, in red.
function paintSaving(problem) {
  const place = document.getElementById('saving'), waiting = unsent().length, lost = refused().length;
  place.className = waiting || lost ? 'waiting' : '';
  place.replaceChildren(waiting ? `${waiting} unsent${problem ? `: ${problem}` : ''} ` : lost ? '' : `${desk.me.name}: saved`, waiting ? h('button', { type: 'button', onclick: () => flush() }, 'send now') : '',
    lost ? h('button', { type: 'button', onclick: showRefused }, `${lost} refused`) : '');
}

async function showRefused() {
  const answer = await ask('Refused by the server', h('ul', {}, refused().map((entry) => h('li', {}, `${entry.why}: ${(entry.body.records || []).map((record) => `${record.unit} ${record.label || ''}`).join(', ') || entry.path}`))), [['', 'Keep the list'], ['drop', 'I have seen them: drop']]);
  if (answer === 'drop') dropRefused();
}

function paintNav(name) {
  document.getElementById('nav').replaceChildren(...pages.filter(([, , , need]) => isFor(need)).map(([page, title]) => h('a', { href: `#${page}`, 'aria-current': page === name ? 'page' : undefined }, title)), h('a', { href: '#leave' }, 'Leave'));
}

function noEntry(message) {
  document.getElementById('nav').replaceChildren();
  show('', h('h1', {}, 'Stance annotation'), h('p', { className: 'alarm', role: 'alert' }, message));
}

async function leave() {
  if (unsent().length && (await ask('Leave?', h('p', {}, `${unsent().length} decisions are unsent. They stay in this browser and are sent when you enter again.`), [['', 'Stay'], ['yes', 'Leave']])) !== 'yes') { location.hash = '#label'; return; }
  await post('leave', {}).catch(() => {});
  forget();
  noEntry('You have left. Your lead has a new link for you.');
}

async function route() {
  const [name, ...rest] = location.hash.slice(1).split('/'), argument = decodeURIComponent(rest.join('/'));
  if (name.startsWith('enter=')) return start();
  if (!desk.me) return;
  turnPage();
  onKeys(null);
  if (name === 'leave') return leave();
  const home = desk.me.labels ? (desk.me.practice.passed ? 'label' : 'practice') : desk.me.role === 'lead' ? 'team' : 'adjudicate';
  const page = name === 'article' ? ['article', 'Article', openArticle] : pages.find(([one, , , need]) => one === name && isFor(need)) || pages.find(([one]) => one === home);
  paintNav(page[0] === 'article' ? 'articles' : page[0]);
  document.title = `${page[1]} \u00b7 Stance annotation`;
  if (desk.me.paused && page[0] === 'label') return show('', h('h1', {}, 'Paused'), h('p', { className: 'alarm' }, `Your labelling is paused: ${desk.me.why || 'ask your lead'}.`));
  if (page[0] === 'label' && !desk.me.practice.passed) { location.hash = '#practice'; return; }
  try {
    await page[2](argument || undefined);
  } catch (error) {
    if (error instanceof Left) return;
    if (error.status === 401) return noEntry(error.message);
    show('', h('h1', {}, page[1]), h('p', { className: 'alarm', role: 'alert' }, error.message), h('button', { type: 'button', onclick: route }, 'Try again'));
  }
}

async function start() {
  const token = location.hash.startsWith('#enter=') ? location.hash.slice(7) : '';
  if (token) history.replaceState(null, '', '/'); // the token is valid until it is exchanged, so the address bar must not show it
  try {
    if (token) await enter(token);
    if (!session()) return noEntry('This page needs a link of your own. Ask your lead for one.');
    desk.me = await get('me');
  } catch (error) {
    return noEntry(error.status ? error.message : 'The server is not reached.');
  }
  const learnPause = () => get('me').then((me) => { desk.me = me; if (me.paused) route(); }).catch(() => {});
  openOutbox(desk.me.name, (problem, status) => {
    paintSaving(problem);
    if (status === 403) learnPause();
  }, (answer, sent) => {
    if (answer.total !== undefined) Object.assign(desk, { total: answer.total, decided: answer.decided + unsent().length });
    if (sent.path === 'act' && desk.me.check_pass > 0) learnPause();
  });
  route();
}

addEventListener('hashchange', () => { route(); main().focus({ preventScroll: true }); });
document.querySelector('.jump').addEventListener('click', (event) => { event.preventDefault(); main().focus(); });
addEventListener('unhandledrejection', (event) => { if (!(event.reason instanceof Left)) say(event.reason?.message || 'something went wrong'); });
start();
