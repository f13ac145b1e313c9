/** By the keys one comes to all suggestions of a document, wherever they stand, and hears when there is none. */
import { bodyRoot } from '#lib/documents/body.ts';
import { addArticle } from '#lib/documents/bulletin.ts';
import { writeBody } from '#lib/documents/example-body.ts';
import { suggesting } from '#lib/editor/suggest/suggesting.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type * as Y from 'yjs';
import { BareEditor } from '../support/bare-editor.ts';
import { launchBrowser, openDevice, type Device } from '../support/browser.ts';
import { changeDocument } from '../support/content.ts';
import { paragraph, prepareEvening, type Evening } from '../support/evening.ts';

let evening: Evening;
let browser: Browser;
let laptop: Device;

beforeAll(async () => {
	[evening, browser] = await Promise.all([prepareEvening(), launchBrowser()]);
	const { server, mara, jonas } = evening;
	/** Between the first and the last is more than fits on a screen. */
	const fill = (doc: Y.Doc, [first, middle, last]: readonly [string, string, string]) => {
		writeBody(doc, bodyRoot(middle), Array<string>(80).fill(paragraph));
		writeBody(doc, bodyRoot(last), [paragraph]);
		suggest(doc, jonas.person.id, first, 'Zuerst.');
		suggest(doc, jonas.person.id, last, 'Zuletzt.');
	};
	await changeDocument(server, mara, {
		name: 'bulletin:b1',
		change: (doc) => {
			for (const id of ['a2', 'a3']) addArticle(doc, { id, title: id });
			fill(doc, ['a1', 'a2', 'a3']);
		},
	});
	await changeDocument(server, mara, { name: 'minutes:m1', change: (doc) => fill(doc, ['i1', 'i2', 'i3']) });
	laptop = await openDevice(browser, { server, member: mara, worker: 'none' });
});

afterAll(async () => {
	await laptop?.close();
	await browser?.close();
	await evening?.server.close();
});

function suggest(doc: Y.Doc, by: string, body: string, words: string): void {
	const author = { id: by, now: Date.now, newId: () => body };
	const editor = new BareEditor(doc, bodyRoot(body), [suggesting(author, 'suggest')]);
	editor.goTo(paragraph);
	editor.type(words);
	editor.close();
}

/** The words that are selected, once they are others. */
async function press(page: Page, letter: string): Promise<void> {
	await page.keyboard.press(`Control+Alt+Shift+${letter}`);
}

function selected(page: Page): Promise<string> {
	return page.evaluate(() => (document.activeElement?.matches('.rich') ? String(getSelection()) : 'no text'));
}

test.each([
	['a bulletin', '/bulletins/b1', 'Text: Wahlbüro'],
	['minutes', '/meetings/m1/minutes', 'Text zu Wahlbüro'],
])('from text to text of %s, around and around', async (_what, path, label) => {
	const { page } = laptop;
	await page.goto(path);
	await page.getByRole('textbox', { name: label, exact: true }).focus();
	await page.keyboard.press('Control+Home');
	for (const [letter, words] of [
		['N', 'Zuerst.'],
		['N', 'Zuletzt.'],
		['N', 'Zuerst.'],
		['P', 'Zuletzt.'],
		['P', 'Zuerst.'],
	] as const) {
		await press(page, letter);
		await expect.poll(() => selected(page), { timeout: 5000 }).toBe(words);
	}
	await press(page, 'R');
	await expect.poll(() => page.getByText('Zuerst.', { exact: true }).count()).toBe(0);
	await press(page, 'N');
	await expect.poll(() => selected(page), { timeout: 5000 }).toBe('Zuletzt.');
	await press(page, 'R');
	await expect.poll(() => selected(page)).toBe('');
	await press(page, 'N');
	await page.locator('.toast').getByText('Keine offenen Vorschläge.').waitFor();
	expect(laptop.faults).toEqual([]);
});
