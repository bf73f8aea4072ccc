/**
 * Makes an element: `make('button', { class: 'x', onclick: f }, 'Send')`. Names with `on` are listeners, `true` sets
 * a bare attribute, and false or undefined none. Text goes in as text, never as HTML.
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.filter((child) => child !== undefined && child !== false));
  return element;
}

const initials = (name) =>
  name
    .split(' ')
    .map((word) => word[0])
    .join('')
    .slice(0, 2);

/** A person's round sign. The colour goes by the name and means nothing. */
export function avatar(name, isBot) {
  const hue = [...name].reduce((sum, letter) => (sum * 3 + letter.charCodeAt(0)) % 997, 0) % 6;
  return make(
    'span',
    { class: `avatar ${isBot ? 'avatar-bot' : `hue-${hue}`}`, 'aria-hidden': 'true' },
    initials(name),
  );
}
