/**
 * The built interface. The folder is listed once, at the start: what is not in the list is not there, so no name that a
 * request makes up can reach another file. A path that a person navigates to and that is no file is the app's own shell;
 * a missing asset is a 404 and never HTML, because a service worker would keep it.
 */
import type { Context, Handler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { type Kept, OpenFiles } from './open-files.ts';
import { closedPolicy, policyOf, policyOfWorker } from './security-headers.ts';

const types: Record<string, string> = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.json': 'application/json',
	'.webmanifest': 'application/manifest+json',
	'.svg': 'image/svg+xml',
	'.png': 'image/png',
	'.ico': 'image/x-icon',
	'.woff2': 'font/woff2',
	'.wasm': 'application/wasm',
	'.txt': 'text/plain; charset=utf-8',
};

export type StaticFile = { type: string; tag: string; cache: string; plain: Kept; br: Kept | null; gzip: Kept | null };

/** The built interface as it was when it was opened. */
export type Build = { serve: Handler; close(): void };

const shell = '/200.html';
const worker = '/sw.js';

/** Paths that belong to the server, where no page ever is. */
const serverPaths = /^\/(api|b|sync|healthz|readyz|metrics|_app)(\/|$)/;

/** @throws Error when its page has no policy */
export function openBuild(folder: string): Build {
	const open = new OpenFiles();
	try {
		return { serve: serveBuild(folder, open), close: () => open.close() };
	} catch (cause) {
		open.close();
		throw cause;
	}
}

function serveBuild(folder: string, open: OpenFiles): Handler {
	const page = path.join(folder, shell);
	const policy = existsSync(page) ? policyOf(readFileSync(page, 'utf8')) : closedPolicy;
	const files = listFiles(folder, open);
	return (context) => {
		const { path: asked } = context.req;
		const file = files.get(asked) ?? (isNavigation(context) && !serverPaths.test(asked) ? files.get(shell) : undefined);
		if (!file) return context.text('Not found', 404);
		// On every file, not only the page: a worker runs under the policy that its own script came with.
		context.header('content-security-policy', asked === worker ? policyOfWorker(policy) : policy);
		return answer(context, file);
	};
}

function listFiles(folder: string, open: OpenFiles): Map<string, StaticFile> {
	const names = globSync('**/*', { cwd: folder }).filter((name) => statSync(path.join(folder, name)).isFile());
	const plain = names.filter((name) => !/\.(br|gz)$/.test(name));
	return new Map(plain.map((name) => [`/${name.split(path.sep).join('/')}`, readStaticFile(folder, name, open)]));
}

function readStaticFile(folder: string, name: string, open: OpenFiles): StaticFile {
	const file = path.join(folder, name);
	const encoded = (ending: string) => (existsSync(file + ending) ? open.open(file + ending) : null);
	return {
		type: types[path.extname(name)] ?? 'application/octet-stream',
		tag: createHash('sha256').update(readFileSync(file)).digest('base64url').slice(0, 22),
		// Names under `immutable` hold a hash of their content; everything else is asked for again each time.
		cache: name.startsWith(path.join('_app', 'immutable')) ? 'public, max-age=31536000, immutable' : 'no-cache',
		plain: open.open(file),
		br: encoded('.br'),
		gzip: encoded('.gz'),
	};
}

function isNavigation(context: Context): boolean {
	const mode = context.req.header('sec-fetch-mode');
	if (mode !== undefined && mode !== 'navigate') return false;
	const wantsPage = context.req.header('accept')?.includes('text/html') ?? false;
	return wantsPage && path.extname(context.req.path) === '';
}

/** One tag per encoding: a cache must not mistake one for the other. */
export async function answer(
	context: Context,
	file: StaticFile,
	status: ContentfulStatusCode = 200,
): Promise<Response> {
	const { encoding, kept } = encode(file, context.req.header('accept-encoding') ?? '');
	const tag = `"${file.tag}${encoding ? `-${encoding}` : ''}"`;
	context.header('cache-control', file.cache);
	context.header('vary', 'accept-encoding');
	context.header('etag', tag);
	if (status === 200 && context.req.header('if-none-match')?.includes(tag)) return context.body(null, 304);
	context.header('content-type', file.type);
	if (encoding) context.header('content-encoding', encoding);
	context.header('content-length', String(kept.size));
	return context.req.method === 'HEAD' ? context.body(null, status) : context.body(await kept.read(), status);
}

function encode(file: StaticFile, accepted: string): { encoding: 'br' | 'gzip' | null; kept: Kept } {
	const accepts = (name: string) => new RegExp(`\\b${name}\\b(?!\\s*;\\s*q=0(\\.0*)?(,|$))`).test(accepted);
	if (file.br && accepts('br')) return { encoding: 'br', kept: file.br };
	if (file.gzip && accepts('gzip')) return { encoding: 'gzip', kept: file.gzip };
	return { encoding: null, kept: file.plain };
}
