import type { Call, Route } from './call.ts';
import { theApp } from './caller.ts';
import { findPerson } from './employees.ts';
import { intuneError } from './graph-error.ts';

/** Reports are read by POST; every other POST to Intune acts on a device. */
const acts = ({ method, path }: Route): boolean => method === 'POST' && !path.includes('/reports/');

/**
 * The operation as Intune lets it be used: in a person's name only as far as that person's role goes, by the app without
 * a limit (no page of Microsoft's speaks of one). Cloud PCs have roles of their own; here Intune's count for them too.
 */
export function withinRights(route: Route): Route {
  const handle = (call: Call) => {
    if (!mayUse(route, call)) throw forbidden(route, call);
    return route.handle(call);
  };
  return { ...route, handle };
}

function mayUse(route: Route, call: Call): boolean {
  if (call.as === theApp) return true;
  const role = findPerson(call.as)?.intuneRole ?? 'none';
  return acts(route) ? role === 'Help Desk Operator' : role !== 'none';
}

/** To somebody without the role Intune gives no reason (microsoft-graph-docs issues 6725, 11070). */
function forbidden(route: Route, call: Call): Error {
  const operation = route.path.split('/').at(-1) ?? '';
  const name = acts(route) ? `microsoft.management.services.api.${operation}` : 'get';
  return intuneError(call, 403, 'Forbidden', 'An error has occurred', name);
}
