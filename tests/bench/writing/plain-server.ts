/** Serves the peer's page to a browser at the address of the real server, so that its socket is let in. */
import type { BrowserContext } from 'playwright-core';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build, type Rolldown } from 'vite';
import { root } from '../../../server/bin/toolchain.js';

export const plainPath = '/plain-y-prosemirror';

export async function servePlainPage(context: BrowserContext): Promise<void> {
	const built = (await build({
		configFile: false,
		logLevel: 'silent',
		resolve: { dedupe: ['yjs', 'y-protocols', 'lib0'] },
		build: {
			write: false,
			modulePreload: false,
			rolldownOptions: { input: path.join(import.meta.dirname, 'plain-page.ts') },
		},
	})) as Rolldown.RolldownOutput;
	const script = built.output.find((part) => part.type === 'chunk')?.code ?? '';
	const css = readFileSync(path.join(root, 'src/lib/editor/body.css'), 'utf8');
	const body = `<!doctype html><meta charset="utf-8"><title>Plain</title><style>${css}</style><body><script type="module">${script}</script>`;
	await context.route(`**${plainPath}*`, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body }));
}
