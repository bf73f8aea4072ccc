import { z } from 'zod';
import { didYouMean } from './nearest.ts';

/*
 * The form of the policy file; `policy.schema.json`, which editors use, is made of it. Messages follow the name of what
 * they are about, and say what to write instead.
 */

const shown = (value: unknown): string => JSON.stringify(value).slice(0, 60);

const oneOf = <const V extends readonly [string, ...string[]]>(what: string, values: V) =>
  z.enum(values, {
    error: ({ input }) =>
      typeof input === 'string'
        ? `is ${shown(input)}, which is no ${what}.${didYouMean(input, values)} Known are: ${values.join(', ')}.`
        : `must be one of: ${values.join(', ')}.`,
  });

// Patterns stand in the schema without their flags, so they have none.
const anywhere = /^[\da-fA-F]{8}(?:-[\da-fA-F]{4}){3}-[\da-fA-F]{12}$/;
/** Those of people, and the ids that Microsoft's Agents Playground makes up: one digit too many, after zeros alone. */
const ofPeople = /^(?:[\da-fA-F]{8}(?:-[\da-fA-F]{4}){3}-[\da-fA-F]{12}|0{8}(?:-0{4}){3}-\d{13})$/;

const objectId = (what: string, form: RegExp) =>
  z
    .string()
    .regex(form, `must be the object id of ${what} in Entra, a GUID like 2f1f7a3e-3f0a-4a55-9a3e-6b0c9a2d1001.`)
    .toLowerCase();

const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

const timeOf = (form: RegExp) => z.string().regex(form, "must be a time of day in quotes, like '08:00'.");

const hours = z
  .strictObject({
    from: timeOf(/^(?:[01]\d|2[0-3]):[0-5]\d$/).describe("Time of day, in quotes: '08:00'"),
    to: timeOf(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/).describe("The first minute that is too late: '18:00', '24:00'"),
    days: z
      .array(oneOf('day', ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']))
      .min(1, 'must name at least one day, or be left out for all of them.')
      .optional()
      .describe('On which days it begins; all, where left out'),
    timeZone: z
      .string()
      .refine(isTimeZone, 'must be a time zone by its IANA name, like Europe/Berlin.')
      .describe('By whose clock, for example Europe/Berlin'),
  })
  .refine(({ from, to }) => from !== to, 'has no length: from and to are the same. Leave hours out for the whole day.')
  .describe('When it may be done. Where `to` is earlier than `from`, it lies on the next day.');

const atLeastOne = z
  .number()
  .int('must be a whole number, like 10.')
  .min(1, 'must be at least 1. To allow none, leave the action out of the rule.');

const actionsOf = (actions: readonly string[]) =>
  z
    .union(
      [z.literal('all'), z.array(oneOf('action', actions as [string, ...string[]])).min(1, 'must not be empty.')],
      {
        error: `must be all, or a list of these: ${actions.join(', ')}.`,
      },
    )
    .describe('all, or the names of the actions as Microsoft Graph has them');

const ruleOf = (actions: readonly string[]) =>
  z.strictObject({
    actions: actionsOf(actions),
    platforms: z
      .array(oneOf('platform', ['windows', 'macOS', 'iOS', 'android', 'linux', 'chromeOS']))
      .min(1, 'must name at least one platform, or be left out for all of them.')
      .optional()
      .describe('iOS stands for iPadOS, too. A device of which Intune does not tell the platform fits none.'),
    ownership: z
      .array(oneOf('ownership', ['corporate', 'personal', 'company']))
      .min(1, 'must name corporate or personal, or be left out for both.')
      .optional()
      .describe('company, as Graph says, is the same as corporate. A device of unknown ownership fits none.'),
    perHour: atLeastOne.optional().describe('The most of these actions that one person may confirm within any hour'),
    perDay: atLeastOne.optional().describe('The most of these actions that one person may confirm within any 24 hours'),
    hours: hours.optional(),
  });

const roleOf = (actions: readonly string[]) =>
  z.strictObject({
    groups: z
      .array(objectId('a group', anywhere))
      .min(1, 'must name at least one group, or nobody has the role.')
      .describe('Object ids of Entra groups; members of groups inside them count'),
    may: z.array(ruleOf(actions)).optional().describe('What they may do; each rule allows what fits all of its lines'),
    history: oneOf('kind of history', ['none', 'own', 'all'])
      .optional()
      .describe('Whose actions they may read about; own, where left out'),
    subscriptions: z
      .boolean()
      .optional()
      .describe('Whether they may say what a chat or channel hears about; default no'),
  });

const roleName = /^[a-zA-Z][\w -]{0,39}$/;

/** `actions`: the names that the catalogue knows. */
export const formOf = (actions: readonly string[]) =>
  z.strictObject({
    roles: z
      .record(
        z.string().regex(roleName, 'is no name for a role. Begin with a letter, and go on with letters, digits or -.'),
        roleOf(actions),
      )
      .refine((all) => Object.keys(all).length > 0, 'must name at least one role, or nobody may do anything.')
      .describe('Who has several roles may do what any of them allows'),
    protected: z
      .strictObject({
        devices: z.array(z.string().trim().min(1, 'must not be empty.').toLowerCase()).optional(),
        people: z.array(objectId('a person', ofPeople)).optional(),
      })
      .optional()
      .describe('Serial numbers or Intune ids of devices, and people, on whose devices nobody acts from here'),
    asPerson: actionsOf(actions)
      .or(z.array(z.never()).max(0))
      .optional()
      .describe('Actions for which Graph is called in the name of the person who confirms; none, where left out'),
    notices: z
      .strictObject({
        owners: oneOf('choice', ['named', 'hidden'])
          .optional()
          .describe("Whether notices name the devices' owners; they do, where left out"),
      })
      .optional(),
  });

export type PolicyFile = z.infer<ReturnType<typeof formOf>>;

/** The form as JSON Schema draft 7, as editors take it. */
export const schemaOf = (actions: readonly string[]): object => ({
  ...z.toJSONSchema(formOf(actions), { io: 'input', target: 'draft-7' }),
  title: 'Policy of Device Desk: who may do what',
});
