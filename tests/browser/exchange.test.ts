/** Text comes in from a Word file with its strikes and comments, and goes out again; a bad file changes nothing. */
import { orderedMarks, paragraph, type RichMark } from '#lib/documents/rich-body.ts';
import { docxToText } from '#lib/text/docx/from-docx.ts';
import { textToDocx } from '#lib/text/docx/to-docx.ts';
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { launchBrowser, openDevice, type Device } from '../support/browser.ts';
import { indicator, prepareEvening, relayContent, type Evening } from '../support/evening.ts';

let evening: Evening;
let browser: Browser;
let mara: Device;

beforeAll(async () => {
	[evening, browser] = await Promise.all([prepareEvening(), launchBrowser()]);
	mara = await openDevice(browser, { server: evening.server, member: evening.mara, worker: 'none' });
});

afterAll(async () => {
	await mara?.close();
	await browser?.close();
	await evening?.server.close();
});

const at = Date.parse('2024-12-10T08:00:00Z');

function wordFile(): Buffer {
	const said = (type: 'ins' | 'del'): RichMark => ({ type, attrs: { by: 'Karla Nord', at, id: 'x' } });
	const text = (words: string, ...marks: RichMark[]) => ({ text: words, marks: orderedMarks(marks) });
	const blocks = [
		paragraph({}, [
			text('Nach '),
			text('unserer', said('del')),
			text('seiner', said('ins')),
			text(' Sitzung', { type: 'comment', attrs: { id: 'c' } }),
		]),
	];
	return Buffer.from(
		textToDocx({
			title: '',
			sections: [
				{ title: 'Aus dem Rathaus', blocks },
				{ title: 'Termine', blocks: [paragraph({ list: 'bullet' }, [text('Montag')])] },
			],
			comments: [{ id: 'c', resolved: false, entries: [{ by: 'Karla Nord', at, text: 'Welche?' }] }],
			nameOf: (by) => by,
			language: 'de-DE',
		}),
	);
}

async function openImport(page: Page): Promise<void> {
	await page.goto('/bulletins/b1');
	await page.getByRole('textbox', { name: 'Text: Wahlbüro', exact: true }).waitFor();
	await page.getByRole('button', { name: 'Mehr zu diesem Rundbrief' }).click();
	await page.getByRole('menuitem', { name: 'Datei einfügen' }).click();
}

test('a Word file becomes articles, after a look at it, in one step', async () => {
	const { page } = mara;
	await openImport(page);
	const dialog = page.getByRole('dialog', { name: 'Text aus einer Datei' });
	await dialog.locator('input[type=file]').setInputFiles({ name: 'Rundbrief.docx', mimeType: '', buffer: wordFile() });
	await dialog.getByText('2 Artikel gefunden').waitFor();
	await dialog.getByText('1 Anmerkung').waitFor();
	await dialog.getByRole('checkbox', { name: 'Termine' }).uncheck();
	await dialog.getByRole('button', { name: 'Einfügen' }).click();
	const text = page.getByRole('textbox', { name: 'Text: Aus dem Rathaus', exact: true });
	await text.locator('del', { hasText: 'unserer' }).waitFor();
	await text.locator('ins', { hasText: 'seiner' }).waitFor();
	await page.getByRole('button', { name: '1 Anmerkung', exact: true }).click();
	const panel = page.getByRole('complementary', { name: 'Anmerkungen' });
	await panel.getByText('Karla Nord (aus Word-Datei)').waitFor();
	expect(await page.getByRole('textbox', { name: 'Text: Termine' }).count()).toBe(0);
	await indicator(page, 'Gespeichert').waitFor();
	const stored = await relayContent(evening.server, evening.mara, 'bulletin:b1');
	const bodies = [...stored.share.keys()].map((name) =>
		name.startsWith('body:') ? stored.getXmlFragment(name).toString() : '',
	);
	expect(bodies.join()).toContain('word:Karla Nord');
	await page.getByRole('button', { name: 'Rückgängig' }).click();
	await text.waitFor({ state: 'detached' });
});

test('a file that cannot be taken in is refused in one sentence, and nothing is changed', async () => {
	const { page } = mara;
	await openImport(page);
	const dialog = page.getByRole('dialog', { name: 'Text aus einer Datei' });
	const input = dialog.locator('input[type=file]');
	await input.setInputFiles({ name: 'a.docx', mimeType: '', buffer: wordFile().subarray(0, 300) });
	await dialog.getByText('beschädigt oder unvollständig').waitFor();
	await input.setInputFiles({ name: 'a.docx', mimeType: '', buffer: Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1]) });
	await dialog.getByText('mit einem Passwort geschützt').waitFor();
	await input.setInputFiles({ name: 'a.docm', mimeType: '', buffer: wordFile() });
	await dialog.getByText('enthält Makros').waitFor();
	await input.setInputFiles({ name: 'a.md', mimeType: '', buffer: Buffer.alloc(2_000_001, 'a') });
	await dialog.getByText('Dieser Text ist zu lang').waitFor();
	await input.setInputFiles({ name: 'a.html', mimeType: '', buffer: Buffer.alloc(2_000_001, 'a') });
	await dialog.getByText('nimm die Bilder heraus').waitFor();
	await input.setInputFiles({ name: 'a.md', mimeType: '', buffer: Buffer.from('> '.repeat(70_000)) });
	await dialog.getByText('zu viel ineinander').waitFor();
	await dialog.getByRole('button', { name: 'Abbrechen' }).click();
	expect(await page.getByRole('textbox', { name: /^Text: / }).count()).toBe(1);
});

/** Of the longest that is taken in, some. */
function longText(): Buffer {
	return Buffer.from('Der Vorstand trifft sich am Donnerstag im *Wahlbüro*.\n\n'.repeat(3000));
}

test('a text with characters by their names in HTML comes in, and its picture is said not to', async () => {
	const { page } = mara;
	await openImport(page);
	const dialog = page.getByRole('dialog', { name: 'Text aus einer Datei' });
	const buffer = Buffer.from('![](a.png) Plakate &amp; Stra&szlig;enf&euml;st &copy; &Aacute;rp&aacute;d');
	await dialog.locator('input[type=file]').setInputFiles({ name: 'a.md', mimeType: '', buffer });
	await dialog.getByText('Plakate & Straßenfëst © Árpád').waitFor();
	await dialog.getByText('Ein Bild kommt nicht mit').waitFor();
	await dialog.getByRole('button', { name: 'Abbrechen' }).click();
});

test('while a long file is read the page goes on, and tells how far it is', async () => {
	const { page } = mara;
	await openImport(page);
	const dialog = page.getByRole('dialog', { name: 'Text aus einer Datei' });
	await page.evaluate(watchProgress);
	await dialog.locator('input[type=file]').setInputFiles({ name: 'a.md', mimeType: '', buffer: longText() });
	await dialog.getByText('1 Artikel gefunden').waitFor();
	const shown = await page.evaluate(() => (window as unknown as { shown: number[] }).shown);
	expect(shown).toEqual([...shown].sort((a, b) => a - b));
	expect(shown.length).toBeGreaterThan(3);
	await dialog.getByRole('button', { name: 'Abbrechen' }).click();
});

/** Runs in the page: notes what a bar of progress shows, each once. */
function watchProgress(): void {
	const shown: number[] = [];
	Object.assign(window, { shown });
	new MutationObserver(() => {
		const value = document.querySelector('progress')?.value;
		if (value !== undefined && !shown.includes(value)) shown.push(value);
	}).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
}

test('what is read or written ends when one cancels it, and says so when the part that does it is missing', async () => {
	const { page } = mara;
	await openImport(page);
	const dialog = page.getByRole('dialog', { name: 'Text aus einer Datei' });
	const part = '**/workers/text-worker*.js';
	await page.route(part, (route) => route.fulfill({ contentType: 'text/javascript', body: neverDone }));
	const file = { name: 'a.md', mimeType: '', buffer: longText() };
	await dialog.locator('input[type=file]').setInputFiles(file);
	await dialog.getByText('25 %').waitFor();
	expect(page.workers()).toHaveLength(1);
	await dialog.getByRole('button', { name: 'Abbrechen' }).first().click();
	await dialog.getByText('Abgebrochen. Nichts wurde verändert.').waitFor();
	await expect.poll(() => page.workers()).toEqual([]);
	await page.unroute(part);
	await page.route(part, (route) => route.abort());
	await dialog.locator('input[type=file]').setInputFiles(file);
	await dialog.getByText('Dafür fehlt ein Teil der App.').waitFor();
	await dialog.getByRole('button', { name: 'Abbrechen' }).click();
	expect(await page.getByRole('textbox', { name: /^Text: / }).count()).toBe(1);
	await page.unroute(part);
	await page.route(part, (route) => route.fulfill({ contentType: 'text/javascript', body: neverDone }));
	await page.getByRole('button', { name: 'Mehr zu diesem Rundbrief' }).click();
	await page.getByRole('menuitem', { name: 'Exportieren' }).click();
	const out = page.getByRole('dialog', { name: 'Exportieren: Aus dem Vorstand' });
	await out.getByRole('button', { name: 'Herunterladen' }).click();
	await out.getByText('25 %').waitFor();
	expect(page.workers()).toHaveLength(1);
	await out.getByRole('button', { name: 'Abbrechen' }).click();
	await out.getByRole('progressbar').waitFor({ state: 'detached' });
	expect(await out.getByRole('alert').count()).toBe(0);
	await expect.poll(() => page.workers()).toEqual([]);
	await page.unroute(part);
	await page.keyboard.press('Escape');
	await out.waitFor({ state: 'detached' });
});

/** In place of the worker: says how far it is and then hears nothing any more, as in the midst of a long file. */
const neverDone = `postMessage({ kind: 'progress', done: 0.25 }); for (;;);`;

test('an issue goes out as a Word file and as Markdown', async () => {
	const { page } = mara;
	await page.getByRole('button', { name: 'Mehr zu diesem Rundbrief' }).click();
	await page.getByRole('menuitem', { name: 'Exportieren' }).click();
	const dialog = page.getByRole('dialog', { name: 'Exportieren: Aus dem Vorstand' });
	const word = page.waitForEvent('download');
	await dialog.getByRole('button', { name: 'Herunterladen' }).click();
	const bytes = new Uint8Array(readFileSync(await (await word).path()));
	const { sections } = await docxToText(bytes, { by: 'x', at: 0, newId: () => 'n' });
	expect(sections.map(({ title }) => title)).toEqual(['Wahlbüro']);
	await dialog.getByRole('radio', { name: 'Markdown', exact: true }).check();
	const markdown = page.waitForEvent('download');
	await dialog.getByRole('button', { name: 'Herunterladen' }).click();
	const text = readFileSync(await (await markdown).path(), 'utf8');
	expect(text).toContain('# Wahlbüro\n');
	expect(text).toContain('Der Vorstand trifft sich.');
	expect(mara.faults).toEqual([]);
});

test('a device that has the whole app takes a text in without a network, too', async () => {
	const tablet = await openDevice(browser, { server: evening.server, member: evening.mara });
	onTestFinished(() => tablet.close());
	const { page } = tablet;
	await openImport(page);
	const dialog = page.getByRole('dialog', { name: 'Text aus einer Datei' });
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
	await tablet.goOffline();
	const buffer = Buffer.from('Ohne Netz gelesen');
	await dialog.locator('input[type=file]').setInputFiles({ name: 'a.md', mimeType: '', buffer });
	await dialog.getByText('Ohne Netz gelesen').waitFor();
});
