import { readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';

const pageFolder = join(import.meta.dirname, '../page');
const modules = join(import.meta.dirname, '../../../../node_modules');

/** Microsoft's renderer and host configs, and markdown-it, out of their own packages: no CDN, no bundler. */
const vendor: Record<string, string> = {
  'adaptivecards.js': 'adaptivecards/dist/adaptivecards.min.js',
  'markdown-it.js': 'markdown-it/dist/browser/markdown-it.esm.min.mjs',
  'light.json': 'adaptivecards-designer/lib/hostConfigs/microsoft-teams-light.json',
  'dark.json': 'adaptivecards-designer/lib/hostConfigs/microsoft-teams-dark.json',
};

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
};

/** Nothing from elsewhere, nothing inline: a card cannot make the page run or fetch anything. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

async function read(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** The page and what it is made of. */
export function fileRoutes(app: FastifyInstance): void {
  const serve = (url: string, pathOf: (name: string) => string | undefined) =>
    app.get<{ Params: { name?: string } }>(url, async ({ params }, reply) => {
      const path = pathOf(basename(params.name ?? 'index.html'));
      const content = path === undefined ? undefined : await read(path);
      if (path === undefined || !content) return reply.code(404).send({ error: 'No such file.' });
      return reply
        .headers({
          'content-security-policy': policy,
          'x-content-type-options': 'nosniff',
          'cache-control': 'no-store',
        })
        .type(types[extname(path)] ?? types['.js'] ?? '')
        .send(content);
    });
  serve('/', (name) => join(pageFolder, name));
  serve('/page/:name', (name) => join(pageFolder, name));
  serve('/vendor/:name', (name) => (vendor[name] === undefined ? undefined : join(modules, vendor[name])));
}
