import { stuckIn } from '../../../src/flow/track/watch.ts';
import { noon } from '../../world.ts';

const nothing = {
  tracked: 0,
  tellings: 0,
  deadPlaces: 0,
  lookSince: undefined,
  choreSince: undefined,
  tellingSince: undefined,
};

test.each([
  ['nothing waits', {}, {}],
  ['a little late is not stuck', { lookSince: noon - 600_000, choreSince: noon - 1 }, {}],
  ['looks that nobody makes', { lookSince: noon - 660_000 }, { looksDueFor: 11 }],
  [
    'duties and messages',
    { choreSince: noon - 3_600_000, tellingSince: noon - 720_001 },
    { dutiesDueFor: 60, tellingsDueFor: 12 },
  ],
])('%s', (_what, since, told) => {
  expect(stuckIn({ ...nothing, ...since }, noon)).toEqual(told);
});
