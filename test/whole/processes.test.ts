import { openStore } from '../../src/store/open.ts';
import { withPostgres } from '../store/withPostgres.ts';
import { silent } from '../world.ts';
import { buttonOf, cardWith, heard } from './acts.ts';
import { openHouse } from './house.ts';
import type { House } from './house.ts';

const clock = { now: Date.now };
const times = [2, 5, 10];

withPostgres((server) => {
  let house: House;
  beforeEach(async () => {
    const url = await server().freshUrl();
    const open = () => openStore({ is: 'postgres', url }, clock, silent);
    house = await openHouse([await open(), await open()]);
  });
  afterEach(() => house.stop());

  const idsOf = (how: string, count: number) =>
    Array.from({ length: count }, (_, index) => `17953000000${how === 'new ids' ? 10 + index : 10}`);
  const cases = times.flatMap((count) => ['the same id', 'new ids'].map((how) => [count, how] as const));
  const said = () => house.chat.messages('personal', 'alex').filter(({ from }) => from === 'bot');

  test.each(cases)(
    'a command and its click, each delivered %d times with %s to two processes: one act',
    async (count, how) => {
      const { activity } = await house.chat.say('alex', 'personal', 'help');
      await house.chat.until('personal', (all) => all.length === 2, 10_000, 'alex');
      const message = { ...activity, text: 'lock MBP-042' };
      await Promise.all(idsOf(how, count).map((id) => house.chat.deliver({ ...message, id })));
      const card = await cardWith(house, 'alex', 'personal', 'Lock MBP-042');

      const { verb, data } = buttonOf(card, 'Lock MBP-042');
      const { text: _text, attachments: _attachments, ...base } = activity;
      const value = { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' };
      const click = { ...base, type: 'invoke', name: 'adaptiveCard/action', replyToId: card.id, value };
      const answers = await Promise.all(idsOf(how, count).map((id) => house.chat.deliver({ ...click, id: `f:${id}` })));
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));

      await heard(house, 'alex', 'personal', 'Lock MBP-042: done.');
      await house.chat.idle();
      expect(house.writes()).toHaveLength(1);
      expect(said().filter(({ text }) => text === 'Lock MBP-042: done.')).toHaveLength(1);
      expect(said().filter((message_) => message_.card)).toHaveLength(2);
      const entries = await house.store.entries();
      expect(entries.filter(({ event }) => event === 'asked')).toHaveLength(1);
      expect(entries.filter(({ event }) => event === 'sending')).toHaveLength(1);
    },
  );
});
