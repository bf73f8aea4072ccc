import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Environment } from '../process/run.ts';
import { launch, newPage, Watch } from './browser.ts';
import type { Look } from './browser.ts';
import { startCompany } from './company.ts';
import type { Company } from './company.ts';
import { Misbehaviour, Pane } from './pane.ts';
import type { Room, Who } from './pane.ts';

/** Who looks at which room. */
export type Seat = `${Who}:${Room}`;

export interface Visit {
  readonly company: Company;
  /** A page with these people side by side. */
  open(...seats: readonly Seat[]): Promise<Opened>;
  /** The same in another light or size; `query` is added to the address. */
  openAs(look: Look & { readonly query?: string }, ...seats: readonly Seat[]): Promise<Opened>;
}

export interface Opened {
  readonly page: Page;
  /** In the order of the seats. */
  readonly panes: readonly [Pane, ...Pane[]];
  readonly misbehaviour: Misbehaviour;
  /** Keeps a picture of what is to be seen now. */
  picture(name: string): Promise<void>;
}

const pictures = join(import.meta.dirname, '../../build/screenshots');

/**
 * One browser for the tests of a file, and a company of its own for each test. When a test is over, its last sight is
 * kept as a picture, and the company must have stopped well and no page must have done what it may not.
 */
export function visiting(): (environment?: Environment) => Promise<Visit> {
  let browser: Browser;
  let companies: Company[] = [];
  let watch = new Watch();
  const pages = () => browser.contexts().flatMap((context) => context.pages());

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    browser = await launch();
  });
  afterEach(async () => {
    for (const [index, page] of pages().entries()) await shoot(page, `${slug(testName())}-end-${index + 1}`);
    await Promise.all(browser.contexts().map((context) => context.close()));
    const codes = await Promise.all(companies.map((company) => company.stop()));
    const { offences } = watch;
    watch = new Watch();
    companies = [];
    expect({ offences, codes }).toEqual({ offences: [], codes: codes.map(() => 0) });
  });
  afterAll(() => browser.close());

  return async (environment) => {
    const company = await startCompany(environment);
    companies.push(company);
    const openAs: Visit['openAs'] = async ({ query = '', ...look }, ...seats) => {
      const page = await newPage(browser, watch, look);
      await page.goto(`${company.chat}/?panes=${seats.join(',')}${query}`);
      const [first, ...others] = seats.map((seat) => new Pane(page, seat.split(':')[0] as Who));
      if (!first) throw new Error('a page needs somebody to look at it');
      for (const pane of [first, ...others]) await pane.root.getByTestId('compose').waitFor();
      return {
        page,
        panes: [first, ...others],
        misbehaviour: new Misbehaviour(page),
        picture: (name) => shoot(page, name),
      };
    };
    return { company, openAs, open: (...seats) => openAs({}, ...seats) };
  };
}

const testName = () => expect.getState().currentTestName ?? 'unnamed';
const slug = (name: string) =>
  name
    .toLowerCase()
    .replace(/[^a-z\d]+/gu, '-')
    .slice(0, 80);
const shoot = async (page: Page, name: string) => void (await page.screenshot({ path: join(pictures, `${name}.png`) }));
