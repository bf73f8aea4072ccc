import { ask } from './api.js';
import { faultPanel } from './faults.js';
import { Pane } from './pane.js';
import { setTheme } from './card.js';

const query = new URLSearchParams(location.search);
const setting = await ask('window');
const holder = /** @type {HTMLElement} */ (document.getElementById('panes'));
/** @type {Pane[]} */
const panes = [];
const panel = faultPanel(/** @type {HTMLElement} */ (document.getElementById('faults')));

/** `?panes=alex:personal,megan:group`, or `?me=megan&room=group`. */
function wanted() {
  const list = query.get('panes') ?? `${query.get('me') ?? 'alex'}:${query.get('room') ?? 'personal'}`;
  return list.split(',').map((one) => {
    const [me, ...room] = one.split(':');
    return { me, room: room.join(':') || 'personal' };
  });
}

const known = ({ me, room }) =>
  setting.people.some(({ key }) => key === me) && setting.rooms.some(({ key }) => key === room);

/** The address tells who is where, so that a reload or a second window finds them again. */
function remember() {
  query.delete('me');
  query.delete('room');
  query.set('panes', panes.map((pane) => `${pane.me}:${pane.room}`).join(','));
  history.replaceState(null, '', `?${decodeURIComponent(query.toString())}`);
}

function addPane({ me, room }) {
  const pane = new Pane(setting, me, room, {
    moved: remember,
    state: (state) => panel.show(state),
    closed: () => {
      panes.splice(panes.indexOf(pane), 1);
      arrange();
    },
  });
  panes.push(pane);
  holder.append(pane.element);
  arrange();
}

function arrange() {
  holder.dataset.count = String(panes.length);
  remember();
}

function toggle(id, name, apply) {
  const button = /** @type {HTMLElement} */ (document.getElementById(id));
  const turn = (on) => {
    button.setAttribute(id === 'faults-toggle' ? 'aria-expanded' : 'aria-pressed', String(on));
    if (on) query.set(name, '1');
    else query.delete(name);
    apply(on);
  };
  let on = query.has(name);
  button.addEventListener('click', () => {
    on = !on;
    turn(on);
    remember();
  });
  turn(on);
}

toggle('theme', 'dark', (on) => {
  document.documentElement.dataset.theme = on ? 'dark' : 'light';
  setTheme(on ? 'dark' : 'light');
  for (const pane of panes) pane.redraw();
});
toggle('phone', 'phone', (on) => document.documentElement.classList.toggle('phone', on));
toggle('faults-toggle', 'misbehave', (on) => {
  /** @type {HTMLElement} */ (document.getElementById('faults')).hidden = !on;
});
document.getElementById('add-pane')?.addEventListener('click', () => {
  const free = setting.people.find(({ key }) => panes.every((pane) => pane.me !== key)) ?? setting.people[0];
  addPane({ me: free.key, room: panes.at(-1)?.room ?? 'personal' });
});
for (const one of wanted()) addPane(known(one) ? one : { me: 'alex', room: 'personal' });
