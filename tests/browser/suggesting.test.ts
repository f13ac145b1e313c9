/** Two people at two devices: one suggests, with keyboard and input method, the other decides on a phone. */
import { addThread } from '#lib/documents/comments.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { whenSynced } from '../relay/stock-client.ts';
import { launchBrowser, openDevice, type Device } from '../support/browser.ts';
import { choose } from '../support/choose.ts';
import { indicator, paragraph, prepareEvening, type Evening } from '../support/evening.ts';
import { connectMember } from '../support/people-devices.ts';

const label = 'Text: Wahlbüro';

let evening: Evening;
let browser: Browser;
let devices: [Device, Device];

beforeAll(async () => {
	[evening, browser] = await Promise.all([prepareEvening(), launchBrowser()]);
	const { server, mara, jonas } = evening;
	devices = [
		await openDevice(browser, { server, member: mara, worker: 'none' }),
		await openDevice(browser, { server, member: jonas, size: 'phone', worker: 'none' }),
	];
});

afterAll(async () => {
	await Promise.all((devices ?? []).map((device) => device.close()));
	await browser?.close();
	await evening?.server.close();
});

/**
 * It is gone to without a press of the mouse: three that follow quickly are one that selects the paragraph, and its place is
 * put into the text a moment later, which keys that follow at once would not survive.
 */
function text(page: Page) {
	return page.getByRole('textbox', { name: label, exact: true });
}

/** The text as it stands, with `[+…]` and `[-…]`, without others' carets. */
function marked(page: Page): Promise<string> {
	return text(page).evaluate((element) => {
		const copy = element.cloneNode(true) as HTMLElement;
		for (const caret of copy.querySelectorAll('.their-caret')) caret.remove();
		for (const ins of copy.querySelectorAll('ins')) ins.replaceWith(`[+${ins.textContent}]`);
		for (const del of copy.querySelectorAll('del')) del.replaceWith(`[-${del.textContent}]`);
		return copy.textContent;
	});
}

async function compose(page: Page, words: string): Promise<void> {
	const session = await page.context().newCDPSession(page);
	for (let end = 1; end <= words.length; end++) {
		const part = words.slice(0, end);
		await session.send('Input.imeSetComposition', { text: part, selectionStart: end, selectionEnd: end });
	}
	await session.send('Input.insertText', { text: words });
	await session.detach();
}

test('what one suggests the other sees, and accepts from the list on a phone', async () => {
	const [mara, jonas] = devices.map(({ page }) => page) as [Page, Page];
	for (const page of [mara, jonas]) await page.goto('/bulletins/b1');
	await choose(mara, 'Vorschlagen');
	await text(mara).focus();
	await mara.keyboard.press('Control+End');
	await mara.keyboard.type(' Und mehr.');
	await expect.poll(() => marked(mara)).toBe(`${paragraph}[+ Und mehr.]`);
	await mara.keyboard.press('Control+Home');
	await mara.keyboard.press('Control+Delete');
	const first = paragraph.split(' ')[0] as string;
	await expect.poll(() => marked(mara)).toMatch(new RegExp(`^\\[-${first} ?\\]`));
	await mara.keyboard.type('Unser');
	await expect.poll(() => marked(mara)).toMatch(new RegExp(`^\\[-${first} ?\\]\\[\\+Unser\\]`));

	await text(jonas).waitFor();
	await expect.poll(() => marked(jonas)).toBe(await marked(mara));
	await jonas.getByRole('button', { name: /^Vorschläge \(2\)/ }).click();
	const sheet = jonas.getByRole('dialog');
	await sheet.getByText('Mara').first().waitFor();
	await sheet.getByRole('button', { name: /^Annehmen: Gestrichen/ }).click();
	await expect.poll(() => marked(mara)).toMatch(/^Unser.*\[\+ Und mehr\.\]$/);
	await mara.locator('.toast', { hasText: 'ist kein Vorschlag mehr' }).waitFor();
	await sheet.getByRole('button', { name: /^Ablehnen: Eingefügt/ }).click();
	await expect.poll(() => marked(mara)).toMatch(/^Unser[^[]*$/);
	await jonas.keyboard.press('Escape');
	await indicator(mara, 'Gespeichert').waitFor();
});

test('whoever decided takes the decision back, and nobody else does', async () => {
	const [mara, jonas] = devices.map(({ page }) => page) as [Page, Page];
	const decided = await marked(mara);
	await text(mara).focus();
	await mara.keyboard.press('Control+End');
	await mara.keyboard.type('!');
	await expect.poll(() => marked(jonas)).toBe(`${decided}[+!]`);
	await mara.keyboard.press('Control+z');
	await expect.poll(() => marked(jonas)).toBe(decided);

	await text(jonas).click();
	const tools = jonas.getByRole('toolbar', { name: label });
	await tools.getByRole('button', { name: 'Rückgängig' }).click();
	await expect.poll(() => marked(mara)).toBe(`${decided}[+ Und mehr.]`);
	await tools.getByRole('button', { name: 'Rückgängig' }).click();
	await expect.poll(() => marked(mara)).toMatch(/^\[-[^\]]+\]\[\+Unser\].*\[\+ Und mehr\.\]$/);
	// Who hears the text is told what the caret has come to.
	await text(jonas).press('Control+Home');
	await jonas.getByText('Gestrichen von Mara', { exact: true }).waitFor({ state: 'attached' });
	for (let times = 0; times < 2; times++) await tools.getByRole('button', { name: 'Wiederholen' }).click();
	await expect.poll(() => marked(mara)).toBe(decided);
});

test('who rejected all by mistake has it back with one press, where the list is or in the text', async () => {
	const [mara, jonas] = devices.map(({ page }) => page) as [Page, Page];
	const decided = await marked(mara);
	await text(mara).focus();
	await mara.keyboard.press('Control+End');
	await mara.keyboard.type(' Kommt alle.');
	const open = `${decided}[+ Kommt alle.]`;
	await expect.poll(() => marked(jonas)).toBe(open);
	await jonas.getByRole('button', { name: /^Vorschläge \(1\)/ }).click();
	const sheet = jonas.getByRole('dialog');
	const rejectAll = sheet.getByRole('button', { name: 'Alle ablehnen' });
	const undo = jonas
		.locator('.toast', { hasText: '1 Vorschlag abgelehnt.' })
		.getByRole('button', { name: 'Rückgängig' });
	await rejectAll.click();
	await expect.poll(() => marked(mara)).toBe(decided);
	// The list is all there is to keys and screen readers.
	await sheet.getByRole('status').filter({ hasText: '1 Vorschlag abgelehnt.' }).waitFor();
	// The text is decided at once, and the list follows: until then the next key goes to what is still in it.
	await sheet.getByText('Keine offenen Vorschläge.').waitFor();
	await jonas.keyboard.press('Tab');
	await expect.poll(() => undo.evaluate((button) => button === document.activeElement)).toBe(true);
	await jonas.keyboard.press('Enter');
	await expect.poll(() => marked(mara)).toBe(open);
	await rejectAll.click();
	await expect.poll(() => marked(mara)).toBe(decided);
	await undo.waitFor();
	await jonas.keyboard.press('Escape');
	await text(jonas).press('Control+z');
	await expect.poll(() => marked(mara)).toBe(open);
	// There is nothing more to take back.
	await undo.waitFor({ state: 'detached' });
	await jonas.getByRole('button', { name: /^Vorschläge \(1\)/ }).click();
	await rejectAll.click();
	await jonas.keyboard.press('Escape');
	await expect.poll(() => marked(mara)).toBe(decided);
});

test('an input method writes into the suggestion, letter by letter', async () => {
	const [mara] = devices.map(({ page }) => page) as [Page, Page];
	await text(mara).focus();
	await mara.keyboard.press('Control+End');
	const before = await marked(mara);
	await compose(mara, 'にほん');
	await expect.poll(() => marked(mara)).toBe(`${before}[+にほん]`);
	await mara.keyboard.press('Control+z');
	await expect.poll(() => marked(mara)).toBe(before);
	// It goes on where what it replaces began: elsewhere it would begin again, and the first letters stand twice.
	await mara.keyboard.press('Control+Home');
	for (let times = 0; times < 'Unser '.length; times++) await mara.keyboard.press('ArrowRight');
	for (let times = 0; times < 'Vorstand'.length; times++) await mara.keyboard.press('Shift+ArrowRight');
	await compose(mara, 'acht');
	await expect.poll(() => marked(mara)).toBe(before.replace('Vorstand', '[+acht][-Vorstand]'));
	await mara.keyboard.press('Control+z');
	await expect.poll(() => marked(mara)).toBe(before);
	await mara.keyboard.press('Control+a');
	await compose(mara, 'acht');
	await expect.poll(() => marked(mara)).toBe(`[+acht][-${before}]`);
	await mara.keyboard.press('Control+z');
	await expect.poll(() => marked(mara)).toBe(before);
});

/** As the browser says it, before a spelling checker's word comes in the place of another. @returns whether it was taken */
function replaceWord(page: Page, old: string, now: string): Promise<boolean> {
	return text(page).evaluate(
		(element, { old, now }) => {
			const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
			while (texts.nextNode()) {
				const node = texts.currentNode;
				const at = node.textContent?.indexOf(old) ?? -1;
				if (at < 0) continue;
				const dataTransfer = new DataTransfer();
				dataTransfer.setData('text/plain', now);
				const word = { startContainer: node, startOffset: at, endContainer: node, endOffset: at + old.length };
				const what = { inputType: 'insertReplacementText', dataTransfer, targetRanges: [new StaticRange(word)] };
				return !element.dispatchEvent(new InputEvent('beforeinput', { ...what, bubbles: true, cancelable: true }));
			}
			return false;
		},
		{ old, now },
	);
}

test('a spelling checker puts a word in the place of another: the whole word is struck and inserted', async () => {
	const [mara, jonas] = devices.map(({ page }) => page) as [Page, Page];
	const before = await marked(mara);
	// A caret of another divides the word in the page.
	await text(jonas).press('Control+Home');
	await expect.poll(() => replaceWord(mara, 'trifft', 'traf')).toBe(true);
	await expect.poll(() => marked(mara)).toBe(before.replace('trifft', '[-trifft][+traf]'));
	await text(mara).focus();
	await mara.keyboard.press('Control+z');
	await expect.poll(() => marked(mara)).toBe(before);
});

test('what another composes in a suggestion, or types over its border, leaves it a suggestion', async () => {
	const [mara, jonas] = devices.map(({ page }) => page) as [Page, Page];
	const before = await marked(mara);
	await text(mara).focus();
	await mara.keyboard.press('Control+End');
	await mara.keyboard.type(' abcdef');
	await expect.poll(() => marked(jonas)).toBe(`${before}[+ abcdef]`);
	await text(jonas).focus();
	await jonas.keyboard.press('Control+End');
	for (let times = 0; times < 4; times++) await jonas.keyboard.press('ArrowLeft');
	await compose(jonas, 'XYZ');
	for (const page of [jonas, mara]) await expect.poll(() => marked(page)).toBe(`${before}[+ abXYZcdef]`);
	for (let times = 0; times < 8; times++) await jonas.keyboard.press('Shift+ArrowLeft');
	// Not one step with what was composed.
	await jonas.waitForTimeout(600);
	await jonas.keyboard.type('N');
	for (const page of [jonas, mara]) await expect.poll(() => marked(page)).toBe(`${before.slice(0, -2)}N[+cdef]`);
	await text(jonas).press('Control+z');
	// What was suggested and is brought back may have a mark of its own.
	const words = async (page: Page) => (await marked(page)).replaceAll('][+', '');
	for (const page of [jonas, mara]) await expect.poll(() => words(page)).toBe(`${before}[+ abXYZcdef]`);
	await text(jonas).press('Control+z');
	await expect.poll(() => words(mara)).toBe(`${before}[+ abcdef]`);
	await text(mara).press('Control+End');
	for (let times = 0; times < ' abcdef'.length; times++) await mara.keyboard.press('Backspace');
	for (const page of [jonas, mara]) await expect.poll(() => marked(page)).toBe(before);
});

test('as it will be: struck words are not shown, and one goes on suggesting', async () => {
	const [mara] = devices.map(({ page }) => page) as [Page, Page];
	await text(mara).focus();
	await mara.keyboard.press('Control+End');
	await mara.keyboard.press('Control+Backspace');
	await mara.getByLabel('Vorschläge zeigen als').selectOption('final');
	await expect.poll(() => text(mara).locator('del').first().isVisible()).toBe(false);
	await text(mara).focus();
	await mara.keyboard.press('Control+End');
	await mara.keyboard.type('neu');
	await expect.poll(() => marked(mara)).toMatch(/\[-[^\]]+\]\[\+neu\]$/);
	await mara.getByLabel('Vorschläge zeigen als').selectOption('marks');
	// Key by key back to what is shown: a struck word is passed over.
	for (let times = 0; times < 4; times++) await mara.keyboard.press('Backspace');
	await expect.poll(() => marked(mara)).not.toContain('neu');
	await mara.keyboard.press('Control+Alt+Shift+C');
	await mara.getByText('Du siehst den Text nur an.', { exact: false }).waitFor();
	await expect.poll(() => text(mara).getAttribute('contenteditable')).toBe('false');
	await mara.reload();
	await mara.getByText('Du siehst den Text nur an.', { exact: false }).waitFor();
	await mara.keyboard.press('Control+Alt+Shift+Z');
});

test('as it was: nobody writes there; and a title, which holds no suggestions, is not changed by who suggests', async () => {
	const [mara] = devices.map(({ page }) => page) as [Page, Page];
	const title = mara.getByRole('textbox', { name: 'Titel des Artikels' });
	await mara.keyboard.press('Control+Alt+Shift+X');
	await title.focus();
	await mara.getByText('Titel lassen sich nicht vorschlagen.', { exact: false }).waitFor();
	await mara.keyboard.type('x');
	expect(await title.inputValue()).toBe('Wahlbüro');
	const before = await marked(mara);
	await mara.getByLabel('Vorschläge zeigen als').selectOption('original');
	await mara.getByText('wie er ohne die Vorschläge ist', { exact: false }).waitFor();
	await expect.poll(() => text(mara).getAttribute('contenteditable')).toBe('false');
	await text(mara).click();
	await mara.keyboard.type('x');
	await mara.keyboard.press('Backspace');
	await mara.keyboard.press('Control+b');
	await compose(mara, 'é');
	await mara.getByLabel('Vorschläge zeigen als').selectOption('marks');
	await expect.poll(() => text(mara).getAttribute('contenteditable')).toBe('true');
	expect(await marked(mara)).toBe(before);
	await mara.keyboard.press('Control+Alt+Shift+Z');
	await title.focus();
	await mara.keyboard.type('x');
	await mara.keyboard.press('Backspace');
	expect(await title.getAttribute('readonly')).toBe(null);
});

/** The first text that has a suggested insertion, where its words begin, and its mark as stored. */
function insertionIn(doc: Y.Doc): { text: Y.XmlText; at: number; marks: Record<string, unknown> } {
	const body = [...doc.share.keys()].find((name) => name.startsWith('body:')) as string;
	const text = (doc.getXmlFragment(body).get(0) as Y.XmlElement).get(0) as Y.XmlText;
	let at = 0;
	for (const { insert, attributes } of text.toDelta() as { insert: string; attributes?: Record<string, unknown> }[]) {
		if (Object.keys(attributes ?? {}).some((key) => key.startsWith('ins')))
			return { text, at, marks: attributes ?? {} };
		at += insert.length;
	}
	throw new Error('nothing is suggested');
}

test('who writes in another’s name is named, also while one looks', async () => {
	const [mara, jonas] = devices.map(({ page }) => page) as [Page, Page];
	await choose(mara, 'Vorschlagen');
	await text(mara).focus();
	await mara.keyboard.press('Control+End');
	await mara.keyboard.type(' Nein danke.');
	await expect.poll(() => marked(jonas)).toContain('[+ Nein danke.]');
	const list = mara.getByRole('complementary', { name: 'Vorschläge' });
	await list.getByText('Nein danke.').waitFor();

	const forger = connectMember(evening.server, evening.jonas, 'bulletin:b1', new Y.Doc());
	await whenSynced(forger);
	const { text: words, at, marks } = insertionIn(forger.doc);
	words.insert(at + 5, ' und abermals nein', marks);
	await list.getByText('Mara, teils eingetragen von Jonas').waitFor();
	await list.getByText('von Jonas:').waitFor();
	expect(await list.locator('ins').allTextContents()).toEqual([' Nein', ' und abermals nein', ' danke.']);

	await mara.getByRole('button', { name: /Anmerkung/ }).click();
	const thread = { id: 'forged', root: 'body:b1', quote: 'Vorstand' };
	addThread(forger.doc, thread, { id: 'f1', by: evening.mara.person.id, at: Date.now(), text: 'Ich trete zurück.' });
	const said = mara.getByRole('complementary', { name: 'Anmerkungen' });
	await said.getByText('eingetragen von Jonas').waitFor();
	forger.stop();
});

test('a resolution holds no suggestions: it is only read while one views, and locked with a word while one suggests', async () => {
	const [{ page }] = devices;
	await page.goto('/meetings/m1/minutes');
	await choose(page, 'Vorschlagen');
	await page.getByRole('button', { name: 'Beschluss', exact: true }).click();
	const card = page.getByRole('group', { name: 'Beschluss', exact: true });
	const wording = card.getByRole('textbox', { name: 'Wortlaut' });
	const yes = card.getByRole('spinbutton', { name: 'Ja' });
	const why = card.getByText('Beschlüsse lassen sich nicht vorschlagen.');
	// One that is not there yet is given.
	await wording.pressSequentially('Es gilt.');
	expect(await why.count()).toBe(0);
	await yes.focus();
	await why.waitFor();
	await yes.press('ArrowUp');
	await wording.focus();
	for (const key of ['End', 'X']) await wording.press(key);
	expect([await wording.inputValue(), await yes.inputValue()]).toEqual(['Es gilt.', '']);
	// At the page's end, too, the press is not lost to what goes when the focus does.
	await choose(page, 'Ansehen');
	expect([await wording.isEditable(), await yes.isEditable()]).toEqual([false, false]);
	await choose(page, 'Bearbeiten');
	for (const key of ['End', '!']) await wording.press(key);
	await yes.fill('3');
	await card.getByText('angenommen').waitFor();
	expect(await wording.inputValue()).toBe('Es gilt.!');
});
