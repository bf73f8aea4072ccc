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
  /** What Intune lets the person do when Graph is called in their name. */
  readonly intuneRole: IntuneRole;
  /** What the person is here for, told in the chat window. */
  readonly part: string;
}

/** Two of Intune's built-in roles: the second only looks. The directory's groups and these know nothing of each other. */
export type IntuneRole = 'Help Desk Operator' | 'Read Only Operator' | 'none';

export const tenantId = '00000000-0000-0000-0000-0000000000001';

/**
 * Membership counts through nesting, as `checkMemberGroups` has it: leads and first line are in Helpdesk, and Helpdesk
 * and the auditors in Service Desk. An auditor is no helpdesk agent.
 */
export const groups = {
  serviceDesk: { id: '5b1f9f5e-6f0c-4d6e-9a59-0c6f1f2b7a05', displayName: 'Service Desk', memberOf: [] as string[] },
  helpdesk: {
    id: '5b1f9f5e-6f0c-4d6e-9a59-0c6f1f2b7a01',
    displayName: 'Helpdesk',
    memberOf: ['5b1f9f5e-6f0c-4d6e-9a59-0c6f1f2b7a05'],
  },
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
  auditors: {
    id: '5b1f9f5e-6f0c-4d6e-9a59-0c6f1f2b7a04',
    displayName: 'Service Desk Auditors',
    memberOf: ['5b1f9f5e-6f0c-4d6e-9a59-0c6f1f2b7a05'],
  },
};

const member = (
  id: string,
  displayName: string,
  name: string,
  part: string,
  further: Partial<Pick<SandboxPerson, 'groups' | 'intuneRole'>> = {},
): SandboxPerson => ({
  id,
  displayName,
  userPrincipalName: `${name}@contoso.example`,
  userType: 'Member',
  groups: [],
  intuneRole: 'none',
  part,
  ...further,
});

export const people = {
  alex: member('00000000-0000-0000-0000-0000000000020', 'Alex Wilber', 'alex.wilber', 'helpdesk lead', {
    groups: [groups.leads.id],
    intuneRole: 'Help Desk Operator',
  }),
  megan: member('7c0a3d52-8a2e-4a63-8a39-8f5f2f3c2002', 'Megan Bowen', 'megan.bowen', 'first-line agent', {
    groups: [groups.firstLine.id],
    intuneRole: 'Help Desk Operator',
  }),
  isaiah: member('7c0a3d52-8a2e-4a63-8a39-8f5f2f3c2003', 'Isaiah Langer', 'isaiah.langer', 'first-line agent', {
    groups: [groups.firstLine.id],
    intuneRole: 'Read Only Operator',
  }),
  lynne: member('7c0a3d52-8a2e-4a63-8a39-8f5f2f3c2004', 'Lynne Robbins', 'lynne.robbins', 'finance, no role here'),
  adele: member('7c0a3d52-8a2e-4a63-8a39-8f5f2f3c2005', 'Adele Vance', 'adele.vance', 'sales, owns some devices'),
  patti: {
    id: '7c0a3d52-8a2e-4a63-8a39-8f5f2f3c2006',
    displayName: 'Patti Fernandez',
    userPrincipalName: 'patti_fabrikam.example#EXT#@contoso.example',
    userType: 'Guest',
    groups: [groups.firstLine.id],
    intuneRole: 'none',
    part: 'guest who was put into a helpdesk group',
  },
  debra: member('ff6a66d6-1862-4190-a2cd-ff7627d25090', 'Debra Berger', 'debra.berger', 'auditor, reads history only', {
    groups: [groups.auditors.id],
  }),
} satisfies Record<string, SandboxPerson>;
