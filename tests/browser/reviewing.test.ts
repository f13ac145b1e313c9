/** Two people decide suggestions that divide and join paragraphs; whoever accepted takes all of it back. */
import { bodyRoot } from '#lib/documents/body.ts';
import { addArticle } from '#lib/documents/bulletin.ts';
import { addBulletin } from '#lib/documents/change-directory.ts';
import { backspace, enter } from '#lib/editor/commands.ts';
import { decide } from '#lib/documents/review.ts';
import { setMode, suggesting } from '#lib/editor/suggest/suggesting.ts';
import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { whenSynced } from '../relay/stock-client.ts';
import { BareEditor } from '../support/bare-editor.ts';
import { launchBrowser, openDevice, type Device } from '../support/browser.ts';
import { writeDocuments } from '../support/content.ts';
import { paragraph, prepareEvening, type Evening } from '../support/evening.ts';
import { connectMember } from '../support/people-devices.ts';
import { twoFrames } from '../support/shifts.ts';

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

function textbox(page: Page) {
	return page.getByRole('textbox', { name: label, exact: true });
}

/** As the relay has it: what is accepted and not carried out is to be told from what is. */
function linesOf(doc: Y.Doc): string[] {
	const blocks = doc.getXmlFragment(bodyRoot('a1')).toArray() as Y.XmlElement[];
	return blocks.map((block) => {
		const texts = block.toArray() as Y.XmlText[];
		return texts
			.flatMap((text) => text.toDelta() as { insert: string }[])
			.map(({ insert }) => insert)
			.join('');
	});
}

/** A second paragraph, and then: to divide the first, and to join both. */
function suggest(doc: Y.Doc, by: string): void {
	let ids = 0;
	const author = { id: by, now: Date.now, newId: () => `s${ids++}` };
	const editor = new BareEditor(doc, bodyRoot('a1'), [suggesting(author, 'edit')]);
	editor.goTo(paragraph);
	editor.run(enter);
	editor.type('Kommt alle.');
	setMode(editor.state, editor.dispatch, 'suggest');
	editor.goTo('Der Vorstand');
	editor.run(enter);
	editor.goTo('Kommt', false);
	editor.run(backspace);
	editor.close();
}

function suggestOne(doc: Y.Doc, by: string, behind = 'Kommt alle.'): void {
	const author = { id: by, now: Date.now, newId: () => behind };
	const editor = new BareEditor(doc, bodyRoot('a1'), [suggesting(author, 'suggest')]);
	editor.goTo(behind);
	editor.type(' Bald.');
	editor.close();
}

function isFocused(element: Element): boolean {
	return element === document.activeElement;
}

/** Who of two carried out was once whoever had the lower of two random numbers: so both decide, one after the other. */
test('whoever accepted all takes all of it back, new and joined paragraphs too', async () => {
	const [mara, jonas] = devices.map(({ page }) => page) as [Page, Page];
	for (const page of [mara, jonas]) {
		await page.goto('/bulletins/b1');
		await textbox(page).waitFor();
	}
	const relay = connectMember(evening.server, evening.mara, 'bulletin:b1', new Y.Doc());
	await whenSynced(relay);
	// What a first visit does not need comes a moment later.
	const settlers = () => [...relay.provider.awareness.getStates().values()].filter(({ settles }) => settles === true);
	await expect.poll(() => settlers().length, { timeout: 10_000 }).toBe(2);
	suggest(relay.doc, evening.mara.person.id);
	const open = linesOf(relay.doc);
	expect(open).toEqual([paragraph.replace('Der Vorstand', 'Der Vorstand¶'), 'Kommt alle.']);
	await jonas.getByRole('button', { name: /^Vorschläge \(2\)/ }).click();
	const lists = [mara.getByRole('complementary', { name: 'Vorschläge' }), jonas.getByRole('dialog')] as const;
	for (const [page, list] of [
		[mara, lists[0]],
		[jonas, lists[1]],
	] as const) {
		await list.getByRole('button', { name: 'Alle annehmen' }).click();
		await expect
			.poll(() => linesOf(relay.doc), { timeout: 10_000 })
			.toEqual(['Der Vorstand', ' trifft sich.Kommt alle.']);
		await page.locator('.toast').getByRole('button', { name: 'Rückgängig' }).click();
		await expect.poll(() => linesOf(relay.doc)).toEqual(open);
		for (const each of lists) await expect.poll(() => each.getByRole('listitem').count()).toBe(2);
		expect(await page.locator('.toast', { hasText: 'Nicht alles kam zurück' }).count()).toBe(0);
	}
	relay.stop();
});

test('who decides by keyboard goes on at the next one', async () => {
	const [mara] = devices.map(({ page }) => page) as [Page];
	const list = mara.getByRole('complementary', { name: 'Vorschläge' });
	const rows = list.getByRole('listitem');
	await list
		.getByRole('button', { name: /^Ablehnen:/ })
		.first()
		.focus();
	await mara.keyboard.press('Enter');
	await expect.poll(() => rows.count()).toBe(1);
	const next = rows.first().getByRole('button').first();
	await expect.poll(() => next.evaluate(isFocused)).toBe(true);
	await textbox(mara).press('Control+z');
	await expect.poll(() => rows.count()).toBe(2);
});

test('who has come to one that goes is still in the list, and behind it is what takes it back', async () => {
	const [, jonas] = devices.map(({ page }) => page) as [Page, Page];
	const sheet = jonas.getByRole('dialog');
	await expect.poll(() => sheet.getByRole('listitem').count()).toBe(2);
	// As with a Tab that is pressed before the list has followed.
	await sheet.evaluate((element) => {
		const buttons = [...element.querySelectorAll('button')];
		buttons.find(({ textContent }) => textContent.trim() === 'Alle ablehnen')?.click();
		element.querySelector<HTMLElement>('li button')?.focus();
	});
	await sheet.getByText('Keine offenen Vorschläge.').waitFor();
	const undo = jonas.locator('.toast').getByRole('button', { name: 'Rückgängig' });
	await undo.waitFor();
	const holdsFocus = (element: Element) => element.contains(document.activeElement);
	await expect.poll(() => sheet.evaluate(holdsFocus)).toBe(true);
	await jonas.keyboard.press('Tab');
	await expect.poll(() => undo.evaluate(isFocused)).toBe(true);
	await jonas.keyboard.press('Enter');
	await expect.poll(() => sheet.getByRole('listitem').count()).toBe(2);
});

test('who decides all of one person by keyboard is still in the list, and in front of whom to choose next', async () => {
	const [mara] = devices.map(({ page }) => page) as [Page];
	const relay = connectMember(evening.server, evening.jonas, 'bulletin:b1', new Y.Doc());
	await whenSynced(relay);
	suggestOne(relay.doc, evening.jonas.person.id);
	const list = mara.getByRole('complementary', { name: 'Vorschläge' });
	const rows = list.getByRole('listitem');
	const who = list.getByLabel('Von wem');
	const holdsFocus = (element: Element) => element.contains(document.activeElement);
	await expect.poll(() => rows.count()).toBe(3);
	await who.selectOption({ label: 'Jonas' });
	for (const name of ['Alle annehmen', 'Alle ablehnen']) {
		await expect.poll(() => rows.count()).toBe(1);
		await list.getByRole('button', { name }).focus();
		await mara.keyboard.press('Enter');
		await list.getByText('Keine offenen Vorschläge.').waitFor();
		// The browser takes the focus from what is disabled, and from what is gone, when it has painted.
		await mara.evaluate(twoFrames);
		expect(await list.evaluate(holdsFocus)).toBe(true);
		await mara.keyboard.press('Tab');
		await expect.poll(() => who.evaluate(isFocused)).toBe(true);
		await mara.locator('.toast').getByRole('button', { name: 'Rückgängig' }).click();
	}
	await expect.poll(() => rows.count()).toBe(1);
	decide(relay.doc, bodyRoot('a1'), 'reject', ({ by }) => by === evening.jonas.person.id);
	await list.getByText('Keine offenen Vorschläge.').waitFor();
	await who.selectOption({ label: 'Alle' });
	await expect.poll(() => rows.count()).toBe(2);
	relay.stop();
});

test('who chose a person stays with them, and decides nothing of others', async () => {
	const [mara] = devices.map(({ page }) => page) as [Page];
	const relay = connectMember(evening.server, evening.jonas, 'bulletin:b1', new Y.Doc());
	await whenSynced(relay);
	suggestOne(relay.doc, evening.jonas.person.id);
	const list = mara.getByRole('complementary', { name: 'Vorschläge' });
	const rows = list.getByRole('listitem');
	const who = list.getByLabel('Von wem');
	await expect.poll(() => rows.count()).toBe(3);
	await who.selectOption({ label: 'Jonas' });
	await expect.poll(() => rows.count()).toBe(1);
	await list.getByRole('button', { name: 'Alle ablehnen' }).click();
	await list.getByText('Keine offenen Vorschläge.').waitFor();
	expect(await who.locator('option:checked').textContent()).toBe('Jonas');
	for (const name of ['Alle annehmen', 'Alle ablehnen'])
		expect(await list.getByRole('button', { name }).isDisabled()).toBe(true);
	const notice = mara.locator('.toast');
	const [place, page] = await Promise.all([notice, mara.getByRole('main')].map((each) => each.boundingBox()));
	// What is decided next is not below it.
	expect((place?.x ?? 0) + (place?.width ?? Infinity)).toBeLessThanOrEqual(page?.x ?? 0);
	await notice.getByRole('button', { name: 'Rückgängig' }).click();
	await expect.poll(() => rows.count()).toBe(1);
	await who.selectOption({ label: 'Alle' });
	await expect.poll(() => rows.count()).toBe(3);
	relay.stop();
});

/** What is shown beside the text. */
function beside(page: Page, what: 'Vorschläge' | 'Anmerkungen') {
	return page.getByRole('complementary').getByRole('radio', { name: what }).click();
}

/** Holds back each version that is to be stored. */
async function holdVersions(page: Page) {
	const held: Route[] = [];
	await page.route('**/versions', (route) => {
		if (route.request().method() === 'POST') held.push(route);
		else void route.continue();
	});
	return held;
}

test('while the version before is stored, that is shown, and nothing is pressed twice', async () => {
	const [mara] = devices.map(({ page }) => page) as [Page];
	const list = mara.getByRole('complementary', { name: 'Vorschläge' });
	const rows = list.getByRole('listitem');
	const accept = list.getByRole('button', { name: 'Alle annehmen' });
	const busy = list.getByRole('button', { name: /^(Sichert Fassung|Dauert noch) …/ });
	const toasts = mara.locator('.toast');
	const open = await rows.count();
	await expect.poll(() => toasts.count(), { timeout: 15_000 }).toBe(0);
	const held = await holdVersions(mara);
	const before = await accept.boundingBox();
	await accept.focus();
	await mara.keyboard.press('Enter');
	await busy.waitFor();
	await expect.poll(() => held.length).toBe(1);
	expect(await busy.getAttribute('aria-busy')).toBe('true');
	expect(await busy.evaluate(isFocused)).toBe(true);
	expect(await busy.boundingBox()).toEqual(before);
	await list.getByRole('status').getByText('Angenommen ist noch nichts.').waitFor();
	// Who leaves the list and comes back finds it as it is.
	await beside(mara, 'Anmerkungen');
	await beside(mara, 'Vorschläge');
	await busy.press('Enter');
	await list.getByRole('button', { name: 'Alle ablehnen' }).press('Enter');
	await list.getByRole('button', { name: 'Dauert noch …' }).press('Enter');
	await mara.evaluate(twoFrames);
	expect([held.length, await rows.count(), await toasts.count()]).toEqual([1, open, 0]);
	await held[0]?.continue();
	await toasts.getByText(`${open} Vorschläge angenommen. Die Fassung davor ist gesichert.`).waitFor();
	await toasts.getByRole('button', { name: 'Rückgängig' }).click();
	await expect.poll(() => rows.count()).toBe(open);
	expect(await accept.getAttribute('aria-busy')).toBe('false');
	await mara.unrouteAll({ behavior: 'wait' });
});

test('without the version before, only what one has seen is accepted, and that none was is said to who has left', async () => {
	const [mara] = devices.map(({ page }) => page) as [Page];
	const list = mara.getByRole('complementary', { name: 'Vorschläge' });
	const rows = list.getByRole('listitem');
	const open = await rows.count();
	const held = await holdVersions(mara);
	await list.getByRole('button', { name: 'Alle annehmen' }).click();
	await expect.poll(() => held.length).toBe(1);
	await beside(mara, 'Anmerkungen');
	await held[0]?.abort();
	await mara.locator('.toast', { hasText: 'Die Vorschläge sind noch offen' }).waitFor();
	await beside(mara, 'Vorschläge');
	await list.getByRole('button', { name: 'Alle annehmen' }).click();
	await expect.poll(() => held.length).toBe(2);
	await held[1]?.abort();
	const question = mara.getByRole('dialog', { name: 'Ohne gesicherte Fassung?' });
	await question.waitFor();
	const relay = connectMember(evening.server, evening.jonas, 'bulletin:b1', new Y.Doc());
	await whenSynced(relay);
	suggestOne(relay.doc, evening.jonas.person.id, 'trifft');
	await expect.poll(() => list.locator('li').count()).toBe(open + 1);
	await question.getByRole('button', { name: 'Trotzdem annehmen' }).click();
	await expect.poll(() => rows.count()).toBe(1);
	await mara.locator('.toast').getByRole('button', { name: 'Rückgängig' }).click();
	await expect.poll(() => rows.count()).toBe(open + 1);
	decide(relay.doc, bodyRoot('a1'), 'reject', ({ by }) => by === evening.jonas.person.id);
	await expect.poll(() => rows.count()).toBe(2);
	await mara.unrouteAll({ behavior: 'wait' });
	// A notice stays while one points at it.
	await mara.mouse.move(0, 0);
	relay.stop();
});

test('where another has decided first, nothing is said', async () => {
	const [mara, jonas] = devices.map(({ page }) => page) as [Page, Page];
	const relay = connectMember(evening.server, evening.jonas, 'bulletin:b1', new Y.Doc());
	await whenSynced(relay);
	for (const page of [mara, jonas]) await page.locator('.toast').waitFor({ state: 'detached', timeout: 15_000 });
	let keep = () => {};
	const isKept = new Promise<void>((resolve) => (keep = resolve));
	await mara.route('**/versions', async (route) => {
		await isKept;
		await route.continue();
	});
	const list = mara.getByRole('complementary', { name: 'Vorschläge' });
	await list.getByRole('button', { name: 'Alle annehmen' }).click();
	decide(relay.doc, bodyRoot('a1'), 'reject', () => true);
	await list.getByText('Keine offenen Vorschläge.').waitFor();
	const answered = mara.waitForResponse('**/versions');
	keep();
	expect((await answered).ok()).toBe(true);
	await mara.waitForTimeout(500);
	for (const page of [mara, jonas]) expect(await page.locator('.toast').count()).toBe(0);
	relay.stop();
});

test('of a long list more are shown a hundred at a time: one goes on at the first that was not there, and is told how many', async () => {
	const { server, mara } = evening;
	const count = 205;
	const inserted = (at: number) => ({ by: mara.person.id, at: 1, id: `n${at}` });
	await writeDocuments(server, mara, [
		{
			name: 'directory:main',
			change: (doc) => addBulletin(doc, { id: 'long', title: 'Lang', date: '2024-12-10', status: 'draft' }),
		},
		{
			name: 'bulletin:long',
			change: (doc) => {
				addArticle(doc, { id: 'l1', title: 'Alles' });
				const paragraph = new Y.XmlElement('paragraph');
				const words = new Y.XmlText();
				doc.getXmlFragment(bodyRoot('l1')).push([paragraph]);
				paragraph.push([words]);
				const key = (at: number) => `ins--${String(at).padStart(8, 'A')}`;
				words.applyDelta(
					Array.from({ length: count }, (_, at) => [
						{ insert: `Satz ${at + 1}.`, attributes: { [key(at)]: inserted(at) } },
						{ insert: ' ' },
					]).flat(),
				);
			},
		},
	]);
	const [{ page }] = devices;
	await page.goto('/bulletins/long');
	const list = page.getByRole('complementary', { name: 'Vorschläge' });
	const cards = list.locator('li');
	const more = list.getByRole('button', { name: 'Weitere anzeigen' });
	const goesOnAt = async (number: number) => {
		await more.press('Enter');
		const first = cards.nth(number - 1);
		await first.waitFor();
		await expect.poll(() => first.getByRole('button').first().evaluate(isFocused)).toBe(true);
		expect(await first.innerText()).toContain(`Satz ${number}.`);
	};
	await list.getByText(`Hier stehen die ersten 100 von ${count}.`).waitFor();
	expect(await cards.count()).toBe(100);
	await goesOnAt(101);
	await list.getByText(`Hier stehen die ersten 200 von ${count}.`).waitFor();
	expect(await cards.count()).toBe(200);
	await goesOnAt(201);
	expect(await cards.count()).toBe(count);
	expect([await more.count(), await list.getByText('Hier stehen').count()]).toEqual([0, 0]);
});
