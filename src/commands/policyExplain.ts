import { basename } from 'node:path';
import { loadCatalogue } from '../catalogue.ts';
import { day } from '../flow/may/ceilings.ts';
import type { Confirmed } from '../storePort.ts';
import { decide, rolesOf } from '../flow/may/decide.ts';
import type { Instant } from '../model/person.ts';
import { groupsOf } from '../model/policy.ts';
import type { Policy, Role } from '../model/policy.ts';
import { isWhyNot } from '../model/refusal.ts';
import type { WhyNot } from '../model/refusal.ts';
import { GraphFault } from '../ports.ts';
import type { Graph } from '../ports.ts';
import { nearest } from '../policy/nearest.ts';
import { guest, unknownPerson } from '../flow/may/noes.ts';
import type { Known } from '../graph/whoIs.ts';
import { countConfirmed } from './policyCount.ts';
import { explanation } from './policyText.ts';
import { openPolicyWorld } from './policyWorld.ts';
import { CommandFault, notDone, notWhole } from './fault.ts';
import { explainedTime } from './times.ts';
import { single } from './words.ts';
import type { Command, Values } from './words.ts';

const need = (values: Values, name: string, example: string): string => {
  const value = single(values, name)?.trim();
  if (!value) throw notDone(`--${name} is missing. Say, for example, --${name} ${example}.`);
  return value;
};

async function actionIn(values: Values): Promise<string> {
  const said = need(values, 'action', 'remoteLock');
  const known = (await loadCatalogue()).actions.map(({ name }) => name);
  if (known.includes(said)) return said;
  const near = nearest(said, known);
  throw notDone(`“${said}” is no action.${near ? ` Did you mean ${near}?` : ''} Known are: ${known.join(', ')}.`);
}

async function deviceIn(graph: Graph, said: string) {
  const [only, ...others] = await graph.findDevices(said);
  if (!only) throw notDone(`Intune has no device with the name or serial number “${said}”.`);
  if (others.length === 0) return only;
  const serials = [only, ...others].map(({ name, serialNumber }) => `${name}, serial number ${serialNumber}`);
  throw notDone(`Several devices fit “${said}”. Give the serial number of one:\n  ${serials.join('\n  ')}`);
}

async function rolesIn(graph: Graph, policy: Policy, { id, name }: Known): Promise<readonly Role[] | WhyNot> {
  const standing = await graph.standing({ id, name, tenantId: '', chatId: '' }, groupsOf(policy));
  if (standing.is === 'member') return rolesOf(policy, standing.groups);
  return standing.is === 'guest' ? guest : unknownPerson;
}

/** Prints why, and throws `CommandFault` where the answer is no. */
async function explain(values: Values): Promise<void> {
  const said = need(values, 'person', 'megan.bowen@contoso.example');
  const action = await actionIn(values);
  const deviceSaid = need(values, 'device', 'MBP-042');
  const at: Instant = explainedTime('at', single(values, 'at')) ?? Date.now();
  const { graph, who, policy, from, stop } = await openPolicyWorld();
  try {
    const person = await who(said);
    if (!person) throw notDone(`Entra knows nobody by “${said}”. Give a sign-in address or an object id.`);
    const device = await deviceIn(graph, deviceSaid);
    const roles = await rolesIn(graph, policy, person);
    const confirmed: readonly Confirmed[] | string = await countConfirmed(person.id, at - day);
    const counted = (typeof confirmed === 'string' ? [] : confirmed).filter((one) => one.at <= at);
    const decision = isWhyNot(roles)
      ? ({ is: 'denied', rule: undefined, no: roles } as const)
      : decide(policy, roles, { action, device }, counted, at);
    const file = from.is === 'file' ? basename(from.path) : 'HELPDESK_GROUP_ID';
    const uncounted = typeof confirmed === 'string' ? confirmed : undefined;
    const facts = { person, roles: isWhyNot(roles) ? [] : roles, action, device, at, file, uncounted };
    const text = explanation(decision, facts);
    if (decision.is === 'denied') throw notWhole(text);
    console.log(text);
  } finally {
    await stop();
  }
}

export const explainPolicy: Command = {
  help: `npm run policy -- explain --person <address or object id> --action <action> --device <name or serial number> [--at <time>]
  Tells whether this person may do this now (or then: --at 2026-11-22T03:00, in UTC unless it names a zone), and which
  rule of the policy decided. Asks Entra and Intune as the bot does, with the bot's environment; does nothing.
  Exit code: 0 allowed; 1 denied; 2 it could not be told.`,
  options: ['person', 'action', 'device', 'at'],
  run: async (values) => {
    try {
      await explain(values);
    } catch (fault) {
      if (fault instanceof GraphFault) throw notDone(`Microsoft Graph could not be asked: ${fault.message}`);
      if (fault instanceof CommandFault && fault.exitCode === 1) console.log(fault.message);
      throw fault instanceof CommandFault && fault.exitCode === 1 ? notWhole('Denied.') : fault;
    }
  },
};
