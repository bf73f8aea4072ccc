import { ask } from './api.js';
import { ComposeBox } from './compose.js';
import { make } from './dom.js';
import { MessageView } from './message.js';

/** What is said in one room, as one person sees it: a list, or in a channel a list of threads. */
export class Timeline {
  #views = new Map();
  #threads = new Map();

  constructor({ me, room, names, hints, hint }) {
    this.me = me;
    this.room = room;
    this.names = names;
    this.list = make('div', { class: 'list', role: 'log', 'aria-label': `Messages in ${room.title}` });
    this.empty = make(
      'div',
      { class: 'empty', hidden: true },
      make('p', {}, hints.length > 0 ? 'Type, for example:' : 'Nothing here yet.'),
    );
    for (const words of hints) {
      this.empty.append(
        make('button', { type: 'button', class: 'hint', 'data-testid': 'hint', onclick: () => hint(words) }, words),
      );
    }
    this.typing = make('p', { class: 'typing', 'data-testid': 'typing', hidden: true, role: 'status' });
    this.element = make('div', { class: 'timeline' }, this.empty, this.list, this.typing);
  }

  /**
   * All at once, as after opening the room.
   * @param {import('../view.ts').ChatMessage[]} messages
   */
  fill(messages) {
    this.empty.hidden = messages.length > 0;
    for (const message of messages) this.#put(message);
    this.element.scrollTop = this.element.scrollHeight;
  }

  /**
   * One that is new or has changed. The view follows new ones only if it was at the end.
   * @param {import('../view.ts').ChatMessage} message
   */
  put(message) {
    const { scrollTop, scrollHeight, clientHeight } = this.element;
    const atEnd = scrollHeight - scrollTop - clientHeight < 80 || message.from === this.me;
    const isNew = !this.#views.has(message.id);
    this.empty.hidden = true;
    this.#put(message);
    if (message.from === 'bot') this.typing.hidden = true;
    if (atEnd && isNew) this.element.scrollTop = this.element.scrollHeight;
    if (isNew && message.thread) this.#threads.get(message.thread)?.element.scrollIntoView({ block: 'nearest' });
  }

  showTyping(name) {
    this.typing.textContent = `${name} is typing…`;
    this.typing.hidden = false;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.typing.hidden = true), 5000);
  }

  /** Draws all cards again, in another theme. */
  redraw() {
    for (const view of this.#views.values()) view.update(view.message, true);
  }

  #put(message) {
    const known = this.#views.get(message.id);
    if (known) return known.update(message);
    const view = new MessageView(this.me, message, (one) => this.#edit(one));
    this.#views.set(message.id, view);
    if (this.room.isChannel) this.#threadOf(message).messages.append(view.element);
    else this.list.append(view.element);
  }

  #threadOf({ thread }) {
    const known = this.#threads.get(thread);
    if (known) return known;
    const messages = make('div', { class: 'thread-messages' });
    const reply = make(
      'button',
      { type: 'button', class: 'reply', 'data-testid': 'reply', onclick: () => this.#reply(thread, reply) },
      'Reply',
    );
    const element = make(
      'section',
      { class: 'thread', 'data-testid': 'thread', 'data-thread-id': thread, 'aria-label': 'Thread' },
      messages,
      reply,
    );
    this.list.append(element);
    this.#threads.set(thread, { element, messages });
    return { element, messages };
  }

  /** A reply to a thread mentions nobody by itself: as in Teams, the bot hears nothing without its name. */
  #reply(thread, button) {
    const { me, names, room } = this;
    const box = new ComposeBox({
      names,
      label: 'Reply',
      testId: 'reply-box',
      sent: (said) => ask('say', { me, room: room.key, thread, ...said }),
      cancelled: () => box.element.replaceWith(button),
    });
    button.replaceWith(box.element);
    box.input.focus();
  }

  #edit(message) {
    const { me, names } = this;
    const view = this.#views.get(message.id);
    const done = () => box.element.replaceWith(view.words);
    const box = new ComposeBox({
      names,
      label: 'Edit message',
      testId: 'edit-box',
      text: message.text.replace(/<at>(.*?)<\/at>/g, '@$1').replaceAll('\u00a0', ' '),
      sent: (said) => ask('edit', { me, messageId: message.id, ...said }).finally(done),
      cancelled: done,
    });
    view.words.replaceWith(box.element);
    box.input.focus();
  }
}
