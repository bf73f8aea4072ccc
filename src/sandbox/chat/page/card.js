import { render } from './markdown.js';

const { AdaptiveCard, HostConfig, Version } = window.AdaptiveCards;

const load = async (theme) => (await fetch(`/vendor/${theme}.json`)).json();
const configs = { light: await load('light'), dark: await load('dark') };
let theme = 'light';

/** Cards that are drawn from now on wear this theme. */
export const setTheme = (name) => {
  theme = name;
};

AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = render(text);
  result.didProcess = true;
};

/** A mention inside a card is its `<at>` tag and an entity of the same text. */
function withMentions(card) {
  const entities = card.msteams?.entities ?? [];
  const names = entities.filter(({ type }) => type === 'mention').map(({ text }) => text);
  const mark = (text) => names.reduce((all, tag) => all.replaceAll(tag, `**${tag.replace(/<\/?at>/g, '')}**`), text);
  return JSON.parse(JSON.stringify(card), (key, value) =>
    key === 'text' && typeof value === 'string' ? mark(value) : value,
  );
}

const plain = (action) => ({ ...action.toJSON(), data: action.data });

/** Draws a card with Microsoft's renderer. `pressed` gets an action that sends something, its inputs merged in. */
export function drawCard(json, pressed) {
  const card = new AdaptiveCard();
  card.hostConfig = new HostConfig(configs[theme]);
  card.onExecuteAction = (action) => {
    if (action.getJsonTypeName() === 'Action.OpenUrl') window.open(action.url, '_blank', 'noopener,noreferrer');
    else if (['Action.Execute', 'Action.Submit'].includes(action.getJsonTypeName())) pressed(plain(action));
  };
  const [major, minor] = String(json.version ?? '')
    .split('.')
    .map(Number);
  // Teams draws what bots send up to 1.5, and of a later version its fallbackText alone.
  if (new Version(major, minor).compareTo(new Version(1, 5)) > 0) {
    return document.createTextNode(json.fallbackText ?? 'This card is of a version that Teams does not draw.');
  }
  card.parse(withMentions(json));
  return card.render() ?? document.createTextNode('This card is empty.');
}
