/**
 * Opens the peer's page at the address of the real server, so that its socket is let in; with our fonts, and our texts'
 * look and width.
 */
import type { Page } from 'playwright-core';
import path from 'node:path';
import { build, type Rolldown } from 'vite';
import type { LongIssue } from './long-issue.ts';

const plainPath = '/plain-y-prosemirror';

let made: Promise<string> | null = null;

/**
 * @param width of a text, in pixels
 * @param editor without, the browser has the text to itself
 */
export async function openPlain(page: Page, { name, roots }: LongIssue, width: number, editor: boolean): Promise<void> {
	const body = await (made ??= makePage());
	await page.route(`**${plainPath}*`, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body }));
	await page.goto(`${plainPath}?document=${name}&roots=${roots.join(',')}&width=${width}${editor ? '' : '&browser'}`);
}

async function makePage(): Promise<string> {
	const built = (await build({
		configFile: false,
		logLevel: 'silent',
		resolve: { dedupe: ['yjs', 'y-protocols', 'lib0'] },
		build: {
			write: false,
			modulePreload: false,
			assetsInlineLimit: 10_000_000,
			rolldownOptions: { input: path.join(import.meta.dirname, 'plain-page.ts') },
		},
	})) as Rolldown.RolldownOutput;
	const script = built.output.find((part) => part.type === 'chunk')?.code ?? '';
	const css = built.output.find((part) => part.fileName.endsWith('.css'));
	const style = css?.type === 'asset' ? String(css.source) : '';
	return `<!doctype html><meta charset="utf-8"><title>Plain</title><style>${style}</style><body><script type="module">${script}</script>`;
}
