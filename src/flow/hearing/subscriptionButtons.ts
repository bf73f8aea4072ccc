import type { Answered, Pressed } from '../../doors.ts';
import type { Refusal } from '../../model/refusal.ts';
import { toClicker } from '../answers.ts';
import { authorise } from '../may/authorise.ts';
import { filterIn } from './filterWords.ts';
import { notUnderstood, subscribeAs } from './notifyTalk.ts';
import { presentSubscriptions } from './presentSubscriptions.ts';
import { mute, stop, subscriptionsOf } from './subscribe.ts';
import { refuseSubscriber } from './subscriber.ts';
import type { World } from '../world.ts';

const twoHours = 2 * 60 * 60_000;

/** Does it for those whose role allows it. Answers what was done, or why nothing. */
type Change = (world: World, pressed: Pressed) => Promise<string | Refusal>;

const changing =
  (heading: string, change: Change) =>
  async (world: World, pressed: Pressed): Promise<Answered> => {
    const { refusal, roles } = await authorise(world, pressed.person, heading);
    const no = refusal ?? refuseSubscriber(roles, pressed.place, heading);
    if (no) return toClicker(no);
    const done = await change(world, pressed);
    return typeof done === 'string' ? redrawn(world, pressed, done) : toClicker(done);
  };

/** For the clicker at once, and for everyone by way of the queue. */
async function redrawn(world: World, { place, message }: Pressed, done: string): Promise<Answered> {
  const content = presentSubscriptions(world, place, await subscriptionsOf(world, place), { done });
  const what = { is: 'said', content, ...(message.id ? { on: message.id } : {}) } as const;
  await world.store.tell({ to: { is: 'place', place }, what }, world.clock.now());
  world.nudge();
  return { content, audience: 'everyone' };
}

/** The form's choice, read as if it had been typed. */
export const subscribe = changing('Notify here', async (world, { person, place, inputs }) => {
  const words = inputs['about'] ?? '';
  const wanted = filterIn(words, [], world.catalogue);
  return wanted ? subscribeAs(world, { person, place, words }, wanted.filter) : notUnderstood({ words });
});

const gone: Refusal = {
  code: 'gone',
  understood: 'Stop',
  why: 'This was stopped already, or it belongs to another place. The click did nothing.',
  instead: 'Type subscriptions to see what is told here.',
};

/** Only what belongs to the place where it was clicked. */
export const unsubscribe = changing('Stop', async (world, { person, place, data }) => {
  const here = await subscriptionsOf(world, place);
  const chosen = data['subscription'] === 'all' ? here : here.filter(({ id }) => id === data['subscription']);
  if ((await stop(world, person, place, chosen)) === 0) return gone;
  return chosen.length === here.length ? 'I tell nothing more here.' : 'I stopped one of these.';
});

export const muteForAWhile = changing('Mute', async (world, { person, place }) => {
  const count = await mute(world, person, place, world.clock.now() + twoHours);
  return count > 0 ? 'Nothing new is told here for now.' : gone;
});

export const unmute = changing('Unmute', async (world, { person, place }) => {
  await mute(world, person, place, undefined);
  return 'From now on I tell here again.';
});
