/**
 * The people of the company that does not exist. Both halves of the sandbox know them: the tenant as Entra users,
 * the chat window as people who type and click.
 *
 * Alex Wilber and the tenant carry the ids that Microsoft's Agents Playground sends by default; they are not valid
 * GUIDs, and that is theirs, not a slip of ours.
 */
export interface SandboxPerson {
  /** Entra object id. */
  readonly id: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
  readonly userType: 'Member' | 'Guest';
  /** Ids of the groups in which the person is a direct member. */
  readonly groups: readonly string[];
  /** What the person is here for, told in the chat window. */
  readonly part: string;
}

export const tenantId = '00000000-0000-0000-0000-0000000000001';

/** Helpdesk holds the two others: membership counts through nesting, as `checkMemberGroups` has it. */
export const groups = {
  helpdesk: { id: '5b1f9f5e-6f0c-4d6e-9a59-0c6f1f2b7a01', displayName: 'Helpdesk', memberOf: [] as string[] },
  leads: {
    id: '5b1f9f5e-6f0c-4d6e-9a59-0c6f1f2b7a02',
    displayName: 'Helpdesk Leads',
    memberOf: ['5b1f9f5e-6f0c-4d6e-9a59-0c6f1f2b7a01'],
  },
  firstLine: {
    id: '5b1f9f5e-6f0c-4d6e-9a59-0c6f1f2b7a03',
    displayName: 'Helpdesk First Line',
    memberOf: ['5b1f9f5e-6f0c-4d6e-9a59-0c6f1f2b7a01'],
  },
};

const member = (
  id: string,
  displayName: string,
  name: string,
  part: string,
  inGroups: readonly string[] = [],
): SandboxPerson => ({
  id,
  displayName,
  userPrincipalName: `${name}@contoso.example`,
  userType: 'Member',
  groups: inGroups,
  part,
});

export const people = {
  alex: member('00000000-0000-0000-0000-0000000000020', 'Alex Wilber', 'alex.wilber', 'helpdesk lead', [
    groups.leads.id,
  ]),
  megan: member('7c0a3d52-8a2e-4a63-8a39-8f5f2f3c2002', 'Megan Bowen', 'megan.bowen', 'first-line agent', [
    groups.firstLine.id,
  ]),
  isaiah: member('7c0a3d52-8a2e-4a63-8a39-8f5f2f3c2003', 'Isaiah Langer', 'isaiah.langer', 'first-line agent', [
    groups.firstLine.id,
  ]),
  lynne: member('7c0a3d52-8a2e-4a63-8a39-8f5f2f3c2004', 'Lynne Robbins', 'lynne.robbins', 'finance, no role here'),
  adele: member('7c0a3d52-8a2e-4a63-8a39-8f5f2f3c2005', 'Adele Vance', 'adele.vance', 'sales, owns some devices'),
  patti: {
    id: '7c0a3d52-8a2e-4a63-8a39-8f5f2f3c2006',
    displayName: 'Patti Fernandez',
    userPrincipalName: 'patti_fabrikam.example#EXT#@contoso.example',
    userType: 'Guest',
    groups: [groups.firstLine.id],
    part: 'guest who was put into a helpdesk group',
  },
} satisfies Record<string, SandboxPerson>;
