import { Unreachable } from '../../src/ports.ts';
import { alex } from '../world.ts';
import { hearing, ops } from './hearing/notices.ts';

const teamId = '19:team@thread.tacv2';
const general = { ...ops, id: teamId, teamId };
const other = { ...ops, teamId };
const thread = { ...ops, id: '19:incidents@thread.tacv2;messageid=1', teamId };
const strange = { ...ops, id: '19:strange@thread.tacv2', teamId: '19:other-team@thread.tacv2' };

test('the app comes back to a team from one of its channels, and all others that were known hear again', async () => {
  const at = await hearing();
  await at.say('notify here about anything', other);
  await at.say('notify here about anything', strange);
  const open = await at.accepted('open', { place: thread });
  const over = await at.accepted('over', { place: { ...thread, id: '19:over@thread.tacv2;messageid=2' } });
  at.before = async (_what, _content, place) => {
    if (place.kind === 'channel') throw new Unreachable('403');
  };
  await at.finish(over);
  await at.accepted('new');
  await at.finish(open);
  expect(await at.store.census(at.clock.now)).toMatchObject({ deadPlaces: 4 });
  at.before = async () => undefined;
  at.news();
  await at.desk.onArrival(general, alex);
  await at.settle();
  expect(at.news(other).some((line) => line.includes('Lock MBP-new'))).toBe(true);
  expect(await at.store.census(at.clock.now)).toMatchObject({ deadPlaces: 1 });
});
