import { tell } from './api.js';
import { make } from './dom.js';

const turn = (change) => tell('faults', change);
const twice = [
  ['no', 'once'],
  ['sameId', 'twice, same id'],
  ['newId', 'twice, second with a new id'],
];
const answers = {
  none: { words: 'as usual' },
  429: { words: '429 without Retry-After', status: 429 },
  '429-after': { words: '429 with Retry-After 2 s', status: 429, retryAfter: 2 },
  502: { words: '502', status: 502 },
  '502-done': { words: '502, though it was done', status: 502, done: true },
  503: { words: '503', status: 503 },
  412: { words: '412', status: 412 },
  403: { words: '403', status: 403 },
};

const keyOf = (answer) =>
  answer
    ? Object.keys(answers).find(
        (key) =>
          answers[key].status === answer.status &&
          Boolean(answers[key].done) === Boolean(answer.done) &&
          answers[key].retryAfter === answer.retryAfter,
      )
    : 'none';

const field = (words, control) => make('label', { class: 'field' }, make('span', {}, words), control);
const choice = (testId, options, onchange) =>
  make(
    'select',
    { 'data-testid': testId, onchange },
    ...options.map(([value, words]) => make('option', { value }, words)),
  );
const number = (testId, onchange) =>
  make('input', { type: 'number', min: '0', step: 'any', 'data-testid': testId, onchange });
const check = (testId, onchange) => make('input', { type: 'checkbox', 'data-testid': testId, onchange });

/** What Teams gets up to, to be switched on. Shows what is on, also when it was switched elsewhere or used up. */
export function faultPanel(holder) {
  const invoke = choice('fault-invoke-twice', twice, () => turn({ invokeTwice: invoke.value }));
  const message = choice('fault-message-twice', twice, () => turn({ messageTwice: message.value }));
  const times = make('input', {
    type: 'number',
    min: '1',
    value: '1',
    'data-testid': 'fault-connector-times',
    onchange: () => script(),
  });
  const answer = choice(
    'fault-connector',
    Object.entries(answers).map(([key, { words }]) => [key, words]),
    () => script(),
  );
  const script = () => {
    const { words: _words, ...scripted } = answers[answer.value];
    turn({ connectorAnswers: scripted.status ? { ...scripted, times: Number(times.value) || 1 } : null });
  };
  const updates = number('fault-updates-not-found', () => turn({ updatesNotFound: Math.floor(Number(updates.value)) }));
  const hang = number('fault-hang', () => turn({ hangSeconds: Number(hang.value) }));
  const slow = number('fault-slow', () => turn({ slowMs: Math.floor(Number(slow.value)) }));
  const oldClient = check('fault-old-client', () => turn({ oldClient: oldClient.checked }));
  const noSignIn = check('fault-no-sign-in', () => turn({ noSignIn: noSignIn.checked }));
  const limits = check('fault-rate-limits', () => turn({ rateLimits: limits.checked }));
  holder.append(
    make('h2', {}, 'Misbehave'),
    make('p', {}, 'What Teams does on bad days. Remove the app with the button above a room.'),
    field('Next card click is delivered', invoke),
    field('Next message is delivered', message),
    field("The bot's next calls are answered", answer),
    field('… so many of them', times),
    field('So many next edits find no message (404)', updates),
    field('Next call hangs, seconds', hang),
    field('Every call is slower by, ms', slow),
    make('label', { class: 'check' }, oldClient, 'Old client: use the Submit fallback'),
    make('label', { class: 'check' }, noSignIn, 'Clients get no token: sign-in fails'),
    make('label', { class: 'check' }, limits, 'Rate limits of Teams'),
    make(
      'button',
      { type: 'button', 'data-testid': 'fault-forget', onclick: () => tell('forget', {}) },
      'Clients forget their own cards',
    ),
  );
  return {
    show({ faults }) {
      invoke.value = faults.invokeTwice;
      message.value = faults.messageTwice;
      answer.value = keyOf(faults.connectorAnswers) ?? 'none';
      times.value = String(faults.connectorAnswers?.times ?? times.value);
      updates.value = String(faults.updatesNotFound);
      hang.value = String(faults.hangSeconds);
      slow.value = String(faults.slowMs);
      oldClient.checked = faults.oldClient;
      noSignIn.checked = faults.noSignIn;
      limits.checked = faults.rateLimits;
    },
  };
}
