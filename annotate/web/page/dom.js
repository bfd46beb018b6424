// Makes elements from text only: text from the server is never parsed as HTML.
export function h(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name in element && name !== 'list' && typeof value !== 'string') element[name] = value;
    else element.setAttribute(name === 'className' ? 'class' : name, value === true ? '' : value);
  }
  element.append(...children.flat(9).filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

export const main = () => document.getElementById('main');

export function show(kind, ...children) {
  const place = main();
  place.className = kind;
  place.replaceChildren(...children.flat(9).filter(Boolean));
}

// Every page has a turn. What was asked for on a page and comes after the next one has opened must not be drawn over it.
let turn = 0;
export class Left extends Error {}
export function turnPage() { turn += 1; }
export function staying() { // gives a check that throws Left as soon as another page has been opened
  const at = turn;
  return () => { if (at !== turn) throw new Left(''); };
}

let timer = 0;
export function say(text) {
  const place = document.getElementById('say');
  place.textContent = text;
  clearTimeout(timer);
  timer = setTimeout(() => { place.textContent = ''; }, 4000);
}

// A modal question: resolves to the chosen button's value, or '' if the dialog was closed.
export function ask(title, content, buttons) {
  return new Promise((resolve) => {
    const heading = h('h2', { id: 'ask-title' }, title);
    const dialog = h('dialog', { 'aria-labelledby': 'ask-title' }, heading, content,
      h('div', { className: 'buttons' }, buttons.map(([value, text], i) => h('button', { type: 'button', className: i ? '' : 'first', onclick: () => dialog.close(value) }, text))));
    dialog.addEventListener('close', () => { dialog.remove(); resolve(dialog.returnValue); });
    document.body.append(dialog);
    dialog.showModal();
  });
}
