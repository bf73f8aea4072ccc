/** What stands between `<!-- computed:name -->` and `<!-- /computed -->`, by name. */
export type Blocks = Readonly<Record<string, string>>;

const block = /(<!-- computed:(\w+) -->\n)(.*?)(<!-- \/computed -->)/gsu;
const opening = /<!-- computed:/gu;

/** The text with its marked blocks computed anew; all else stays as it was written. */
export function fill(text: string, blocks: Blocks): string {
  const opened = [...text.matchAll(opening)].length;
  const closed = [...text.matchAll(block)].length;
  if (opened !== closed) throw new Error(`${opened} computed blocks are opened, and ${closed} are whole`);
  return text.replace(block, (_whole: string, begin: string, name: string, _old: string, end: string) => {
    const computed = blocks[name];
    if (computed === undefined)
      throw new Error(`nothing computes “${name}”; there are: ${Object.keys(blocks).join(', ')}`);
    return `${begin}\n${computed}\n\n${end}`;
  });
}
