/** Asks the window's server; with a body it is a POST. Its refusals become errors with the server's words. */
export async function ask(name, body) {
  const response = await fetch(`/api/${name}`, {
    ...(body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.message ?? answer.error ?? `The window answered ${response.status}`);
  return answer;
}

/** The same for those who do not wait: what goes wrong is for the console, since the room shows what matters. */
export function tell(name, body) {
  ask(name, body).catch((error) => console.warn(`${name}: ${error.message}`));
}

/** As Teams' clients tell it. */
const zoneHere = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Listens to what one person can see. Returns the way to stop. */
export function listen(me, { snapshot, message, typing }) {
  const source = new EventSource(`/api/events?${new URLSearchParams({ me, zone: zoneHere() })}`);
  const on = (name, tell) => source.addEventListener(name, (event) => tell(JSON.parse(event.data)));
  on('snapshot', snapshot);
  on('message', message);
  on('typing', typing);
  return () => source.close();
}
