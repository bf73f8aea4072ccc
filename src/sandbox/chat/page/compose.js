import { make } from './dom.js';

/** The box in which one writes: Enter sends, Shift+Enter breaks the line, `@` offers whom to mention. */
export class ComposeBox {
  #names;
  #sent;

  /**
   * @param {object} box
   * @param {{ key: string, name: string }[]} box.names who can be mentioned; the bot's key is `bot`
   * @param {string} box.label
   * @param {string} [box.testId]
   * @param {(said: { text: string, mention: string[], mentionBot: boolean }) => Promise<unknown>} box.sent
   * @param {string} [box.text] what stands in it at first
   * @param {() => void} [box.cancelled] gives the box a way out
   */
  constructor({ names, label, testId = 'compose', sent, text = '', cancelled }) {
    this.#names = names;
    this.#sent = sent;
    this.input = make('textarea', {
      rows: '1',
      'aria-label': label,
      placeholder: label,
      'data-testid': testId,
      onkeydown: (event) => this.#onKey(event),
      oninput: () => this.#onInput(),
    });
    this.input.value = text;
    this.picker = make('div', {
      class: 'picker',
      role: 'listbox',
      'aria-label': 'Mention',
      'data-testid': 'mention-picker',
      hidden: true,
    });
    this.complaint = make('p', { class: 'error', role: 'alert', hidden: true });
    const cancel = cancelled && make('button', { type: 'button', onclick: cancelled }, 'Cancel');
    this.element = make(
      'form',
      { class: 'compose', onsubmit: (event) => this.#onSubmit(event) },
      this.picker,
      this.input,
      cancel || undefined,
      make(
        'button',
        { type: 'submit', class: 'send', 'aria-label': 'Send', title: 'Send', 'data-testid': `${testId}-send` },
        '➤',
      ),
      this.complaint,
    );
    queueMicrotask(() => this.#grow());
  }

  #onSubmit(event) {
    event.preventDefault();
    this.#send();
  }

  async #send() {
    const text = this.input.value.trim();
    if (text === '') return;
    const said = this.#names.filter(({ name }) => text.includes(`@${name}`)).map(({ key }) => key);
    this.input.value = '';
    this.#onInput();
    try {
      await this.#sent({ text, mention: said.filter((key) => key !== 'bot'), mentionBot: said.includes('bot') });
      this.complaint.hidden = true;
    } catch (error) {
      this.complaint.textContent = error.message;
      this.complaint.hidden = false;
    }
  }

  #onKey(event) {
    const options = [...this.picker.children];
    const open = !this.picker.hidden && options.length > 0;
    const at = options.findIndex((option) => option.getAttribute('aria-selected') === 'true');
    if (open && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      this.#select(options, (at + (event.key === 'ArrowDown' ? 1 : -1) + options.length) % options.length);
    } else if (open && (event.key === 'Enter' || event.key === 'Tab')) {
      event.preventDefault();
      options[at].click();
    } else if (event.key === 'Escape') {
      this.picker.hidden = true;
    } else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      void this.#send();
    }
  }

  #select(options, index) {
    options.forEach((option, at) => option.setAttribute('aria-selected', String(at === index)));
  }

  #onInput() {
    this.#grow();
    const begun = /(?:^|\s)@([\p{L} ]{0,30})$/u.exec(this.input.value.slice(0, this.input.selectionStart));
    const matches = begun
      ? this.#names.filter(({ name }) => name.toLowerCase().startsWith(begun[1].toLowerCase()))
      : [];
    this.picker.hidden = matches.length === 0;
    const options = matches.map(({ key, name }) =>
      make(
        'button',
        {
          type: 'button',
          role: 'option',
          tabindex: '-1',
          'data-mention': key,
          onclick: () => this.#pick(begun[1].length, name),
        },
        name,
      ),
    );
    this.picker.replaceChildren(...options);
    this.#select(options, 0);
  }

  #pick(typed, name) {
    const at = this.input.selectionStart;
    this.input.setRangeText(`${name} `, at - typed, at, 'end');
    this.picker.hidden = true;
    this.input.focus();
  }

  #grow() {
    this.input.style.height = 'auto';
    if (this.input.scrollHeight > 0) this.input.style.height = `${Math.min(this.input.scrollHeight, 160)}px`;
  }
}
