import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';

/** Headless Chromium that can reach this machine and nothing else. */
export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  });

/** What a page did that none of ours may: ask for something elsewhere, or run into an error. */
export class Watch {
  readonly offences: string[] = [];

  over(context: BrowserContext): void {
    context.on('request', (request) => {
      const { protocol, hostname } = new URL(request.url());
      const isHere = protocol === 'data:' || (protocol === 'http:' && hostname === '127.0.0.1');
      if (!isHere) this.offences.push(`asked for ${request.url()}`);
    });
    context.on('weberror', (error) => {
      this.offences.push(`threw ${error.error().message}`);
    });
    context.on('console', (message) => {
      if (message.type() === 'error') this.offences.push(`said ${message.text()}`);
    });
  }
}

export interface Look {
  readonly width?: number;
  readonly height?: number;
  /** Pixels of the screen for each of the page. */
  readonly scale?: number;
}

export async function newPage(
  browser: Browser,
  watch: Watch,
  { width = 1280, height = 1000, scale = 1 }: Look = {},
): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: scale,
    locale: 'en-GB',
    timezoneId: 'Europe/Dublin',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(15_000);
  watch.over(context);
  return context.newPage();
}
