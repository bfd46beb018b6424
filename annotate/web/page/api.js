// Requests to the server, and the outbox: a decision is stored in the browser first and sent until the server confirms
// that it is on the disk; only then is it removed. Every decision has a unique name, so sending it twice has no further
// effect.
import { staying } from './dom.js';

const SESSION = 'stance-session', OUTBOX = 'stance-outbox', REFUSED = 'stance-refused';

export const session = () => localStorage.getItem(SESSION);
export function forget() { localStorage.removeItem(SESSION); }

export class Refusal extends Error {
  constructor(status, message) { super(message); this.status = status; }
}

async function call(path, options) {
  const response = await fetch(path, { ...options, cache: 'no-store', credentials: 'omit', redirect: 'error', headers: { ...(options.headers || {}), ...(session() ? { 'Stance-Session': session() } : {}) } });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refusal(response.status, answer.error || `the server answered ${response.status}`);
  return answer;
}

export const get = (path, query) => call(`/api/${path}${query ? `?${new URLSearchParams(Object.entries(query).filter(([, value]) => value !== undefined && value !== ''))}` : ''}`, { method: 'GET' });
export async function load(path, query) { // for what a page is drawn from
  const stays = staying(), answer = await get(path, query);
  stays();
  return answer;
}
export const post = (path, body) => call(`/api/${path}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });

export function newName() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export async function enter(token) {
  const answer = await post('enter', { token });
  localStorage.setItem(SESSION, answer.session);
  return answer;
}

// ---- outbox ------------------------------------------------------------------------------------------------

const read = (key) => JSON.parse(localStorage.getItem(key) || '[]');
const write = (key, value) => localStorage.setItem(key, JSON.stringify(value));
let owner = '', sending = null, turn = 0, timer = 0, wait = 500, onChange = () => {}, onSaved = () => {};
const key = (name) => `${name}:${owner}`; // the outbox is kept for each person who uses this browser

export function openOutbox(name, changed, saved) {
  owner = name;
  onChange = changed;
  onSaved = saved;
  onChange();
  flush();
}
export const unsent = () => (owner ? read(key(OUTBOX)) : []);
export const refused = () => (owner ? read(key(REFUSED)) : []);
export function dropRefused() { write(key(REFUSED), []); onChange(); }

export const outboxTurn = () => turn; // another number after each decision that was made or confirmed

export function send(path, body) {
  turn += 1;
  write(key(OUTBOX), [...unsent(), { path, body: { act: newName(), ...body } }]);
  onChange();
  flush();
}

function leave(first) { // removes only this entry: another tab may have added some
  turn += 1;
  write(key(OUTBOX), unsent().filter((entry) => entry.body.act !== first.body.act));
}

// Resolves when the outbox is empty or the server is not reached.
export function flush() {
  if (owner && !sending) sending = sendAll().finally(() => { sending = null; });
  return sending || Promise.resolve();
}

// Sends the decisions one by one, in the order in which they were made.
async function sendAll() {
  clearTimeout(timer);
  for (let first = unsent()[0]; first; first = unsent()[0]) {
    try {
      const answer = await post(first.path, first.body);
      leave(first);
      wait = 500;
      onChange();
      onSaved(answer, first);
    } catch (error) {
      const isLost = !(error instanceof Refusal) || error.status >= 500 || error.status === 429 || error.status === 408 || (error.status === 409 && /in use/.test(error.message));
      if (isLost || error.status === 401) { // kept, and tried again
        timer = setTimeout(flush, wait);
        wait = Math.min(wait * 2, 15000);
        onChange(error.status ? error.message : 'the server is not reached');
        break;
      }
      write(key(REFUSED), [...refused(), { ...first, why: error.message }]); // kept until the person has seen them
      leave(first);
      onChange(error.message, error.status);
    }
  }
}
addEventListener('online', () => { wait = 500; flush(); });
addEventListener('beforeunload', (event) => { if (unsent().length) event.preventDefault(); });
