import { ask, tell } from './api.js';
import { drawCard } from './card.js';
import { avatar, make } from './dom.js';
import { renderMessage } from './markdown.js';

const reactions = { like: '👍', heart: '❤️', laugh: '😆', surprised: '😮', sad: '☹️', angry: '😠' };
const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });

/** The bot's words and its button; in the sandbox nobody waits behind most addresses. */
function signInOffer({ text, title, url }) {
  const href = /^https?:/.test(url) && url;
  const link = make('a', { class: 'sign-in', href, target: '_blank', rel: 'noopener noreferrer' }, title);
  return make('p', { class: 'note', 'data-testid': 'sign-in' }, `${text} `, link);
}

/** One message as it stands in the list; `update` redraws only what differs, so that typed inputs stay. */
export class MessageView {
  /**
   * @param {string} me
   * @param {import('../view.ts').ChatMessage} message
   * @param {(message: import('../view.ts').ChatMessage) => void} edit
   */
  constructor(me, message, edit) {
    this.me = me;
    this.edit = edit;
    this.cardText = '';
    this.words = make('div', { class: 'words' });
    this.card = make('div', { class: 'card' });
    this.below = make('div', { class: 'below', 'aria-live': 'polite' });
    this.marks = make('span', { class: 'marks' });
    this.given = make('div', { class: 'given' });
    this.menu = make('div', { class: 'menu', role: 'group', 'aria-label': 'Message actions' });
    const isBot = message.from === 'bot';
    this.element = make(
      'article',
      {
        class: `message ${message.from === me ? 'mine' : ''}`,
        'data-testid': 'message',
        'data-message-id': message.id,
        'data-from': message.from,
      },
      avatar(message.fromName, isBot),
      make(
        'div',
        { class: 'bubble' },
        make(
          'div',
          { class: 'byline' },
          make('strong', { 'data-testid': 'author' }, message.fromName),
          make('time', { datetime: new Date(message.at).toISOString() }, clock.format(message.at)),
          this.marks,
        ),
        this.words,
        this.card,
        this.below,
        this.given,
        this.menu,
      ),
    );
    this.update(message);
  }

  /** @param {import('../view.ts').ChatMessage} message */
  update(message, fresh = false) {
    this.message = message;
    this.element.classList.toggle('deleted', message.deleted);
    this.marks.textContent = message.edited && !message.deleted ? 'Edited' : '';
    if (message.deleted) this.words.replaceChildren(make('em', {}, 'This message has been deleted.'));
    else if (message.text === undefined) this.words.replaceChildren();
    else this.words.innerHTML = renderMessage(message);
    this.#drawCard(message, fresh);
    this.#drawBelow(message);
    this.#drawReactions(message);
    this.#drawMenu(message);
  }

  #drawCard({ card, working }, fresh) {
    const text = card ? JSON.stringify(card) : '';
    if (fresh || text !== this.cardText) {
      this.cardText = text;
      this.card.replaceChildren(...(card ? [drawCard(card, (action) => this.#press(action))] : []));
      if (card) tell('look', { me: this.me, messageId: this.message.id });
    }
    this.card.classList.toggle('working', working);
    this.card.inert = working;
    this.card.setAttribute('aria-busy', String(working));
  }

  async #press({ data, ...action }) {
    try {
      await ask('press', { me: this.me, messageId: this.message.id, action, data });
    } catch (error) {
      this.below.append(make('p', { class: 'error', role: 'alert' }, error.message));
    }
  }

  #drawBelow({ note, error, signIn, working, trouble, warnings }) {
    this.below.replaceChildren(
      ...[
        working && make('p', { class: 'waiting', 'data-testid': 'working' }, 'Working on it…'),
        note !== undefined && make('p', { class: 'note', 'data-testid': 'note' }, note),
        error !== undefined && make('p', { class: 'error', role: 'alert', 'data-testid': 'card-error' }, error),
        signIn !== undefined && signInOffer(signIn),
        trouble !== undefined && make('p', { class: 'error', 'data-testid': 'trouble' }, trouble),
        ...warnings.map((warning) => make('p', { class: 'warning', 'data-testid': 'warning' }, `⚠ ${warning}`)),
      ].filter(Boolean),
    );
    // An answer under a long card must be seen by whoever has just clicked on it.
    if ((note ?? error) !== undefined) requestAnimationFrame(() => this.below.scrollIntoView({ block: 'nearest' }));
  }

  #drawReactions({ reactions: given, deleted }) {
    const buttons = given.map(({ type, who }) =>
      make(
        'button',
        {
          type: 'button',
          class: 'reaction',
          'aria-label': `${type}, ${who.length}`,
          'aria-pressed': String(who.includes(this.me)),
          onclick: () => this.#react(type),
        },
        `${reactions[type] ?? type} ${who.length}`,
      ),
    );
    this.given.replaceChildren(...(deleted ? [] : buttons));
  }

  #drawMenu({ from, deleted, id }) {
    const quick = Object.entries(reactions).map(([type, sign]) =>
      make(
        'button',
        {
          type: 'button',
          'aria-label': `React: ${type}`,
          title: type,
          'data-testid': `react-${type}`,
          onclick: () => this.#react(type),
        },
        sign,
      ),
    );
    const own = [
      make('button', { type: 'button', 'data-testid': 'edit', onclick: () => this.edit(this.message) }, 'Edit'),
      make(
        'button',
        { type: 'button', 'data-testid': 'delete', onclick: () => tell('delete', { me: this.me, messageId: id }) },
        'Delete',
      ),
    ];
    this.menu.replaceChildren(...(deleted ? [] : [...quick, ...(from === this.me ? own : [])]));
  }

  #react(reaction) {
    tell('react', { me: this.me, messageId: this.message.id, reaction });
  }
}
