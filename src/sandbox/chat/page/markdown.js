import MarkdownIt from '/vendor/markdown-it.js';

const markdown = new MarkdownIt({ html: false, linkify: false, breaks: true });
// Images would be fetched from elsewhere, which this page never does.
markdown.disable('image');
const plainLink =
  markdown.renderer.rules.link_open ?? ((tokens, at, options, _env, self) => self.renderToken(tokens, at, options));
markdown.renderer.rules.link_open = (tokens, at, options, env, self) => {
  tokens[at].attrSet('target', '_blank');
  tokens[at].attrSet('rel', 'noopener noreferrer');
  return plainLink(tokens, at, options, env, self);
};

/** Markdown as HTML; HTML within it stays text. */
export const render = (text) => markdown.render(text);

const escape = (text) => markdown.utils.escapeHtml(text);

/** A message's text as HTML, its mentions marked. Only mentions that Teams knows as such are marked. */
export function renderMessage({ text, textFormat, mentions }) {
  const isPlain = textFormat === 'plain';
  const html = isPlain ? escape(text).replaceAll('\n', '<br>') : render(text);
  return mentions.reduce(
    (whole, { text: tag }) =>
      whole.replaceAll(escape(tag), `<span class="mention">${escape(tag.replace(/<\/?at>/g, ''))}</span>`),
    html,
  );
}
