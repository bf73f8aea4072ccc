import { people } from '../company.ts';
import type { SandboxPerson } from '../company.ts';
import { guidFor } from './ids.ts';

const employee = (displayName: string, name: string): SandboxPerson => ({
  id: guidFor('user', name),
  displayName,
  userPrincipalName: `${name}@contoso.example`,
  userType: 'Member',
  groups: [],
  intuneRole: 'none',
  part: 'employee with a device, never seen in the chat',
});

/** Those who own devices and never speak to the bot, and everybody of the chat window. */
export const employees = {
  ...people,
  diego: employee('Diego Siciliani', 'diego.siciliani'),
  grady: employee('Grady Archie', 'grady.archie'),
  henrietta: employee('Henrietta Mueller', 'henrietta.mueller'),
  joni: employee('Joni Sherman', 'joni.sherman'),
  lee: employee('Lee Gu', 'lee.gu'),
  miriam: employee('Miriam Graham', 'miriam.graham'),
  nestor: employee('Nestor Wilke', 'nestor.wilke'),
  pradeep: employee('Pradeep Gupta', 'pradeep.gupta'),
  johanna: employee('Johanna Lorenz', 'johanna.lorenz'),
  christie: employee('Christie Cline', 'christie.cline'),
  allan: employee('Allan Deyoung', 'allan.deyoung'),
  emily: employee('Emily Braun', 'emily.braun'),
  // The apostrophe must survive a $filter and a URL.
  zoe: employee("Zoë O'Brien", "zoe.o'brien"),
  room: employee('Room 1', 'room1'),
} satisfies Record<string, SandboxPerson>;

export type EmployeeName = keyof typeof employees;

/** The person with this object id or user principal name, compared without case as Entra does. */
export function findPerson(idOrUpn: string): SandboxPerson | undefined {
  const wanted = idOrUpn.toLowerCase();
  return Object.values(employees).find(
    (person) => person.id.toLowerCase() === wanted || person.userPrincipalName.toLowerCase() === wanted,
  );
}
