import { ask, listen, tell } from './api.js';
import { ComposeBox } from './compose.js';
import { avatar, make } from './dom.js';
import { Timeline } from './timeline.js';

/** One person's Teams: who it is, the rooms, and the room that is open. */
export class Pane {
  #messages = new Map();
  #unread = new Map();
  #stop = () => {};

  /**
   * @param {any} setting what `/api/window` tells of the company
   * @param {string} me
   * @param {string} room
   * @param {{ moved(): void, state(state: any): void, closed(): void }} heed whom to tell of it
   */
  constructor(setting, me, room, heed) {
    this.setting = setting;
    this.me = me;
    this.room = room;
    this.heed = heed;
    this.rooms = make('nav', { class: 'rooms', 'aria-label': 'Rooms' });
    this.head = make('div', { class: 'room-head' });
    this.app = make('button', {
      type: 'button',
      class: 'app-switch',
      'data-testid': 'app-installed',
      onclick: () => this.#switchApp(),
    });
    this.content = make('div', { class: 'content' });
    this.element = make(
      'section',
      { class: 'pane', 'data-testid': 'pane' },
      make('div', { class: 'side' }, this.#switcher(), this.rooms),
      make('div', { class: 'room' }, make('div', { class: 'room-bar' }, this.head, this.app), this.content),
    );
    this.#become(me);
  }

  /** Draws the open room's cards again, in another theme. */
  redraw() {
    this.timeline?.redraw();
  }

  #switcher() {
    const options = this.setting.people.map(({ key, name, part }) =>
      make('option', { value: key, selected: key === this.me }, `${name} – ${part}`),
    );
    this.face = make('span', {});
    this.part = make('p', { class: 'part', 'data-testid': 'part' });
    this.select = make(
      'select',
      { 'aria-label': 'Who am I', 'data-testid': 'person-switcher', onchange: () => this.#become(this.select.value) },
      ...options,
    );
    const close = make(
      'button',
      {
        type: 'button',
        class: 'close',
        'aria-label': 'Close this pane',
        'data-testid': 'close-pane',
        onclick: () => this.#close(),
      },
      '✕',
    );
    return make('div', { class: 'who' }, this.face, make('div', { class: 'name' }, this.select, this.part), close);
  }

  #close() {
    this.#stop();
    this.element.remove();
    this.heed.closed();
  }

  #become(me) {
    this.#stop();
    this.me = me;
    this.#messages.clear();
    this.#unread.clear();
    this.element.dataset.me = me;
    const { name, part } = this.setting.people.find(({ key }) => key === me);
    this.part.textContent = part;
    this.element.setAttribute('aria-label', `Teams of ${name}`);
    this.face.replaceChildren(avatar(name, false));
    this.#open(this.room);
    let first = true;
    this.#stop = listen(me, {
      snapshot: (state) => {
        this.#snapshot(state, first);
        first = false;
      },
      message: (message) => this.#put(message),
      typing: ({ room }) => room === this.room && this.timeline.showTyping(this.setting.bot.name),
    });
  }

  #snapshot({ messages, ...state }, first) {
    this.state = state;
    this.heed.state(state);
    this.#drawApp();
    for (const message of messages) this.#messages.set(message.id, message);
    const here = messages.filter(({ room }) => room === this.room);
    if (first) this.timeline.fill(here);
    else for (const message of here) this.timeline.put(message);
  }

  #put(message) {
    const isNew = !this.#messages.has(message.id);
    this.#messages.set(message.id, message);
    if (message.room === this.room) return this.timeline.put(message);
    if (!isNew || message.from === this.me) return undefined;
    this.#unread.set(message.room, (this.#unread.get(message.room) ?? 0) + 1);
    return this.#drawRooms();
  }

  #open(key) {
    const { me, setting } = this;
    this.room = key;
    this.#unread.delete(key);
    const room = setting.rooms.find((one) => one.key === key);
    const names = [{ key: 'bot', name: setting.bot.name }, ...setting.people.filter((one) => one.key !== me)];
    const compose = new ComposeBox({
      names,
      label: `${room.isChannel ? 'New post' : `Message ${room.title}`}${key === 'personal' ? '' : ` (${setting.bot.name} hears only @mentions)`}`,
      sent: (said) => ask('say', { me, room: key, ...said }),
    });
    const hint = (words) => {
      compose.input.value = words;
      compose.input.focus();
    };
    this.timeline = new Timeline({ me, room, names, hints: key === 'personal' ? setting.hints : [], hint });
    this.content.replaceChildren(this.timeline.element, compose.element);
    this.timeline.fill([...this.#messages.values()].filter((message) => message.room === key));
    this.head.replaceChildren(
      make('h2', { 'data-testid': 'room-title' }, room.isChannel ? `${setting.team} › ${room.title}` : room.title),
    );
    this.element.dataset.room = key;
    this.#drawRooms();
    this.#drawApp();
    this.heed.moved();
    tell('open', { me, room: key });
  }

  #drawRooms() {
    const button = ({ key, title, isChannel }) => {
      const unread = this.#unread.get(key) ?? 0;
      const face = isChannel
        ? make('span', { class: 'hash', 'aria-hidden': 'true' }, '#')
        : avatar(title, key === 'personal');
      return make(
        'button',
        {
          type: 'button',
          'data-testid': `room-${key}`,
          'aria-current': key === this.room && 'page',
          class: unread ? 'unread' : '',
          onclick: () => this.#open(key),
        },
        face,
        make('span', { class: 'room-name' }, title),
        unread > 0 &&
          make('span', { class: 'badge', 'data-testid': 'unread', 'aria-label': `${unread} unread` }, String(unread)),
      );
    };
    const { rooms, team } = this.setting;
    const chats = rooms.filter(({ isChannel }) => !isChannel).map(button);
    const channels = rooms.filter(({ isChannel }) => isChannel).map(button);
    this.rooms.replaceChildren(make('h3', {}, 'Chat'), ...chats, make('h3', {}, team), ...channels);
  }

  #isInstalled() {
    const { personal, group, team } = this.state.installed;
    if (this.room === 'personal') return personal.includes(this.me);
    return this.room === 'group' ? group : team;
  }

  #drawApp() {
    if (!this.state) return;
    const installed = this.#isInstalled();
    this.app.setAttribute('aria-pressed', String(installed));
    this.app.textContent = installed ? 'App installed' : 'App not installed: add';
    this.app.title = installed ? 'Remove the app from here' : 'Add the app here';
  }

  #switchApp() {
    tell('app', { me: this.me, room: this.room, installed: !this.#isInstalled() });
  }
}
