import type { Locator, Page } from 'playwright-core';

export type Who = 'alex' | 'megan' | 'isaiah' | 'lynne' | 'adele' | 'patti' | 'debra';
export type Room = 'personal' | 'group' | 'channel:general' | 'channel:incidents';

/** One person's Teams in the chat window: what they type, click and see. */
export class Pane {
  readonly root: Locator;
  readonly page: Page;

  constructor(page: Page, who: Who) {
    this.page = page;
    this.root = page.locator(`[data-testid=pane][data-me=${who}]`);
  }

  async go(room: Room): Promise<void> {
    await this.root.getByTestId(`room-${room}`).click();
    await this.page.locator(`[data-testid=pane][data-room="${room}"]`).first().waitFor();
  }

  /** Types into the box at the bottom: a new post in a channel, a message elsewhere. */
  async say(words: string): Promise<void> {
    await this.root.getByTestId('compose').fill(words);
    await this.root.getByTestId('compose').press('Enter');
  }

  /** Types, then picks the one who is to be mentioned from the list that `@` opens, then types on. */
  async mention(before: string, name: string, after = ''): Promise<void> {
    const box = this.root.getByTestId('compose');
    await box.pressSequentially(`${before}@${name.slice(0, 3)}`);
    await this.root.getByRole('option', { name, exact: true }).click();
    await box.pressSequentially(after);
    await box.press('Enter');
  }

  /** Messages with a card under this heading, in this person's room. */
  cards(heading: string): Locator {
    const named = this.page.getByRole('heading', { name: heading, exact: true });
    return this.root.getByTestId('message').filter({ has: named });
  }

  /** The newest of them, once it is there. */
  async card(heading: string): Promise<Locator> {
    const card = this.cards(heading).last();
    await card.waitFor();
    return card;
  }

  async press(heading: string, button: string): Promise<void> {
    const card = await this.card(heading);
    await card.getByRole('button', { name: button, exact: true }).click();
  }

  /** Waits until the newest card under this heading says so. */
  async reads(heading: string, words: string | RegExp): Promise<Locator> {
    const card = this.cards(heading).last();
    await card.getByText(words).first().waitFor();
    return card;
  }

  /** Waits for a message of the bot's in words. */
  async hears(words: string | RegExp): Promise<Locator> {
    const message = this.root.locator('[data-from=bot]').filter({ hasText: words }).last();
    await message.waitFor();
    return message;
  }

  /** Everything that stands in the room now. */
  async text(): Promise<string> {
    return this.root.getByRole('log').innerText();
  }
}

/** The panel that makes Teams misbehave. */
export class Misbehaviour {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async choose(fault: 'invoke-twice' | 'message-twice', value: string): Promise<void> {
    await this.#open();
    await this.#done(() => this.page.getByTestId(`fault-${fault}`).selectOption(value));
  }

  /** The bot's next calls are answered so. */
  async answer(value: string, times = 1): Promise<void> {
    await this.#open();
    await this.#done(() => this.page.getByTestId('fault-connector').selectOption(value));
    if (times > 1) await this.set('connector-times', times);
  }

  /** Another value than the one that stands there. */
  async set(fault: 'updates-not-found' | 'connector-times' | 'hang' | 'slow', value: number): Promise<void> {
    await this.#open();
    const box = this.page.getByTestId(`fault-${fault}`);
    await box.fill(String(value));
    await this.#done(() => box.press('Tab'));
  }

  async check(fault: 'old-client'): Promise<void> {
    await this.#open();
    await this.#done(() => this.page.getByTestId(`fault-${fault}`).check());
  }

  /** As by a reload: what clients alone had been answered is gone. */
  async forget(): Promise<void> {
    await this.#open();
    const done = this.page.waitForResponse((response) => response.url().endsWith('/api/forget'));
    await this.page.getByTestId('fault-forget').click();
    await done;
  }

  async #open(): Promise<void> {
    const toggle = this.page.getByTestId('fault-toggle');
    if ((await toggle.getAttribute('aria-expanded')) !== 'true') await toggle.click();
  }

  async #done(change: () => Promise<unknown>): Promise<void> {
    const done = this.page.waitForResponse((response) => response.url().endsWith('/api/faults'));
    await change();
    await done;
  }
}
