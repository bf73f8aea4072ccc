import { join } from 'node:path';

/** Where it is written who may do what. `group`: the members of one group may do everything. */
export type PolicyFrom =
  { readonly is: 'file'; readonly path: string } | { readonly is: 'group'; readonly groupId: string };

/** As far as they are set. */
interface Variables {
  readonly DESK_POLICY?: string | undefined;
  readonly HELPDESK_GROUP_ID?: string | undefined;
}

const choose =
  'Set DESK_POLICY to the policy file, or HELPDESK_GROUP_ID to the one group whose members may do everything.';

/** A tenant has exactly one of the two: with none nobody may do anything, and of two nobody knows which counts. */
export function faultsOfPolicy({ DESK_POLICY, HELPDESK_GROUP_ID }: Variables): readonly string[] {
  if (DESK_POLICY && HELPDESK_GROUP_ID)
    return ['DESK_POLICY and HELPDESK_GROUP_ID are set together. Keep one of them: the file says it all.'];
  return DESK_POLICY || HELPDESK_GROUP_ID ? [] : [`HELPDESK_GROUP_ID and DESK_POLICY are not set. ${choose}`];
}

/** Undefined where neither is set. */
export function policyFrom({ DESK_POLICY, HELPDESK_GROUP_ID }: Variables): PolicyFrom | undefined {
  if (DESK_POLICY) return { is: 'file', path: DESK_POLICY };
  return HELPDESK_GROUP_ID ? { is: 'group', groupId: HELPDESK_GROUP_ID } : undefined;
}

/** The roles of the people of the sandbox. */
export const sandboxPolicy: PolicyFrom = { is: 'file', path: join(import.meta.dirname, 'sandbox', 'policy.yaml') };
