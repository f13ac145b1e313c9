/** The final text while suggesting: drawn as it will be, and written in where it is seen. The editor alone, without the app. */
import { paragraph, type Attributes, type RichChild, type RichMark, type RichNode } from '#lib/documents/rich-body.ts';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import type { EditorPage } from '../support/editor-page.ts';

declare const page: EditorPage;

let browser: Browser;
let window: Page;
let input: CDPSession;

beforeAll(async () => {
	browser = await launchBrowser();
	window = await browser.newPage({ viewport: { width: 260, height: 600 } });
	input = await window.context().newCDPSession(window);
	const { script, style } = await bundle();
	const body = `<!doctype html><style>${reset}${style}</style><main></main>`;
	// A page with an address: only such a one has a storage, in which a language is looked for.
	await window.route('**', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body }));
	await window.goto('http://editor.test/');
	await window.addScriptTag({ content: script, type: 'module' });
	await window.waitForFunction(() => 'page' in globalThis);
});

afterAll(() => browser?.close());

/** What the app's own style says of all pages, of which the editor's makes use. */
const reset = ':root { --text: serif; --ui: sans-serif } *, ::before, ::after { margin: 0; box-sizing: border-box }';

async function bundle(): Promise<{ script: string; style: string }> {
	const entry = fileURLToPath(new URL('../support/editor-page.ts', import.meta.url));
	const output = { codeSplitting: false };
	const built = (await build({
		configFile: false,
		logLevel: 'silent',
		build: { write: false, minify: false, cssCodeSplit: false, rolldownOptions: { input: entry, output } },
	})) as Rolldown.RolldownOutput;
	const script = built.output.find((file) => file.type === 'chunk')?.code ?? '';
	const style = built.output.find(({ fileName }) => fileName.endsWith('.css'));
	return { script, style: style?.type === 'asset' ? String(style.source) : '' };
}

const authored = { by: 'jonas', at: 1_700_000_000_000, id: 'j1' };
const join = JSON.stringify(authored);
const ins: RichMark = { type: 'ins', attrs: authored };
const plain = (text: string): RichChild => ({ text, marks: [] });
const division: RichChild = { text: '¶', marks: [ins, { type: 'brk', attrs: {} }] };
const struck = (text: string): RichChild => ({ text, marks: [{ type: 'del', attrs: authored }] });
const long = 'eins zwei drei vier fünf sechs sieben acht';

function line(content: string | RichChild[], attrs: Attributes = {}): RichNode {
	return paragraph(attrs, typeof content === 'string' ? [plain(content)] : content);
}

const divided = (attrs: Attributes = {}) =>
	line([plain('eins'), division, plain('zwei und noch mehr Worte hier')], attrs);
const lists = ['bullet', 'ordered', 'check'] as const;

const texts: [name: string, ...blocks: RichNode[]][] = [
	['joined', line('Vor'), line(`${long} `), line(long, { join }), line('Nach')],
	['joined amid a word', line('Wahl'), line('büro', { join }), line('Nach')],
	['two joined behind each other', line('a'), line('b', { join }), line('c'), line('d', { join }), line('Nach')],
	['three joined to one', line('a '), line('b ', { join }), line('c', { join }), line('Nach')],
	['joined to a heading', line('Vor'), line(long, { level: 1 }), line(long, { join }), line('Nach')],
	['a heading joined to text', line('Vor'), line('Text '), line('Kopf', { join, level: 2 }), line('Nach')],
	['joined to an empty one', line('Vor'), line([]), line('Kopf', { join, level: 1 }), line('Nach')],
	[
		'joined to one that is struck',
		line('Vor'),
		line([struck('weg')], { level: 1 }),
		line('da', { join }),
		line('Nach'),
	],
	['divided', line('Vor'), divided(), line('Nach')],
	['divided at the end', line('Vor'), line([plain('eins'), division]), line('Nach')],
	['divided at the beginning', line('Vor'), line([division, plain('eins')]), line('Nach')],
	['divided twice', line('Vor'), line([plain('eins'), division, division, plain('zwei')]), line('Nach')],
	['a heading divided', line('Vor'), divided({ level: 1 }), line('Nach')],
	['a form', line('Vor'), line('Kopf', { chg: JSON.stringify([{ ...authored, to: { level: 1 } }]) }), line('Nach')],
	...lists.flatMap((list): typeof texts => [
		[
			`${list}: joined`,
			line('vor', { list }),
			line(`${long} `, { list }),
			line(long, { list, join }),
			line('nach', { list }),
		],
		[
			`${list}: text joined to it`,
			line('vor', { list }),
			line(long, { list }),
			line(long, { join }),
			line('nach', { list }),
		],
		[`${list}: joined to text`, line('Vor'), line(long), line(long, { list, join }), line('Nach')],
		[`${list}: divided`, line('vor', { list }), divided({ list }), line('nach', { list })],
		[
			`${list}: divided and indented`,
			line('vor', { list }),
			divided({ list, indent: 1 }),
			line('nach', { list, indent: 1 }),
		],
	]),
];

/** Pixels. A line among others of another size is up to one higher; half of the least that stands between paragraphs is six. */
const near = 4;

test.each(texts)('%s: it looks as it does once all is accepted', async (_name, ...blocks) => {
	await window.evaluate((blocks) => page.open(blocks, 'final'), blocks);
	const shown = await window.evaluate(() => page.lines());
	await window.evaluate(() => page.acceptAll());
	const accepted = await window.evaluate(() => page.lines());
	expect(shown.map(({ words }) => words)).toEqual(accepted.map(({ words }) => words));
	for (const [at, { left, down }] of accepted.entries()) {
		expect(Math.abs((shown[at]?.left ?? 0) - left), JSON.stringify([shown, accepted])).toBeLessThanOrEqual(1);
		expect(Math.abs((shown[at]?.down ?? 0) - down), JSON.stringify([shown, accepted])).toBeLessThanOrEqual(near);
	}
	expect(await window.evaluate(() => document.querySelectorAll('[data-run], .brk, [data-join]').length)).toBe(0);
});

type Step = `key ${string}` | `type ${string}` | `compose ${string}`;

async function take(step: Step): Promise<void> {
	const [kind, what] = step.split(' ') as [string, string];
	if (kind === 'key') await window.keyboard.press(what);
	else if (kind === 'type') await window.keyboard.type(what);
	else {
		for (let end = 1; end <= what.length; end++)
			await input.send('Input.imeSetComposition', { text: what.slice(0, end), selectionStart: end, selectionEnd: end });
		await input.send('Input.insertText', { text: what });
	}
}

const keys: [name: string, caret: number, steps: Step[], expected: string[]][] = [
	['behind a new break', 5, ['key Enter', 'type x'], ['eins[+¶][+x] zwei', 'drei']],
	['in a new paragraph', 10, ['key Enter', 'type x'], ['eins zwei[+¶][+x]', 'drei']],
	['above a new break', 1, ['key Enter', 'key ArrowUp', 'type x'], ['[+x][+¶]eins zwei', 'drei']],
	['between two', 5, ['key Enter', 'key Enter', 'key ArrowUp', 'type xy'], ['eins[+¶][+xy][+¶] zwei', 'drei']],
	['composed there', 5, ['key Enter', 'key Enter', 'key ArrowUp', 'compose neu'], ['eins[+¶][+neu][+¶] zwei', 'drei']],
	['composed above', 1, ['key Enter', 'key ArrowUp', 'compose neu'], ['[+neu][+¶]eins zwei', 'drei']],
	['left of it', 5, ['key Enter', 'key ArrowLeft', 'type x'], ['eins[+x][+¶] zwei', 'drei']],
	[
		'at the end of the line before',
		5,
		['key Enter', 'key ArrowUp', 'key End', 'type x'],
		['eins[+x][+¶] zwei', 'drei'],
	],
	['at the beginning of its line', 5, ['key Enter', 'key End', 'key Home', 'type x'], ['eins[+¶][+x] zwei', 'drei']],
	['a break erased from behind', 5, ['key Enter', 'key Backspace', 'type x'], ['eins[+x] zwei', 'drei']],
	['and from before', 5, ['key Enter', 'key ArrowLeft', 'key Delete', 'type x'], ['eins[+x] zwei', 'drei']],
	['behind what was joined', 12, ['key Backspace', 'type x'], ['eins zwei[+x]', '⤷drei']],
	['erased on over it', 12, ['key Backspace', 'key Backspace', 'type x'], ['eins zwe[-i][+x]', '⤷drei']],
	['and forward', 10, ['key Delete', 'key Delete', 'type x'], ['eins zwei[+x]', '⤷[-d]rei']],
];

test.each(keys)('one writes where the caret is seen: %s', async (_name, caret, steps, expected) => {
	const blocks = [line('eins zwei'), line('drei')];
	await window.evaluate(([blocks, caret]) => page.open(blocks, 'final', caret), [blocks, caret] as const);
	for (const step of steps) {
		await take(step);
		// The caret is read from the page a moment after the browser has moved it.
		await window.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 30))));
	}
	await expect.poll(() => window.evaluate(() => page.text())).toEqual(expected);
});
