// Keys by the terminal's names: by character, else by position on the keyboard, so that other layouts work.
const named = { ' ': 'space', ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right', Home: 'home', End: 'end', PageUp: 'pageup', PageDown: 'pagedown', Enter: 'enter', Escape: 'escape', Backspace: 'backspace', Delete: 'delete', Tab: 'tab' };
const places = { Comma: ',', Period: '.', Slash: '/', Semicolon: ';' };

function byPlace(event) {
  const code = event.code || '';
  const character = code.startsWith('Key') ? code[3].toLowerCase() : code.startsWith('Digit') || code.startsWith('Numpad') ? code.slice(-1) : places[code];
  return character && event.shiftKey ? character.toUpperCase() : character;
}

// The possible names of a key press, the most likely first.
export function keyNames(event) {
  if (event.isComposing || event.metaKey || event.altKey) return [];
  if (event.ctrlKey) return event.key.length === 1 ? [`ctrl-${event.key.toLowerCase()}`] : [];
  const own = named[event.key] || event.key;
  const place = event.key.length === 1 && event.key.charCodeAt(0) > 0x7e ? byPlace(event) : undefined; // a letter of another script
  return place ? [own, place] : [own];
}

let handler = null;
export function onKeys(take) { handler = take; }

addEventListener('keydown', (event) => {
  const target = event.target;
  const isTyping = target.matches('input, textarea, select') || target.closest('dialog[open]');
  if (!handler || isTyping) return;
  if (target.matches('button, a') && (event.key === 'Enter' || event.key === ' ') && !target.matches('.free')) return; // the focused control acts
  if (event.key === 'Tab') return; // moves the focus, as everywhere
  for (const name of keyNames(event)) {
    if (handler(name, event)) {
      event.preventDefault();
      return;
    }
  }
});
