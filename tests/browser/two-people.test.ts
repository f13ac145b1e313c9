/** Two people write in one paragraph, of a bulletin's article and of an item of the minutes, and see each other. */
import { bodyRoot } from '#lib/documents/body.ts';
import { addThread } from '#lib/documents/comments.ts';
import { mentionOf } from '#lib/documents/talks.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, openDevice, type Device } from '../support/browser.ts';
import { writeDocuments } from '../support/content.ts';
import { deviceContent, digest, indicator, paragraph, prepareEvening, type Evening } from '../support/evening.ts';

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

const cases = [
	{ place: '/bulletins/b1', label: 'Text: Wahlbüro', name: 'bulletin:b1', body: 'body:a1' },
	{ place: '/meetings/m1/minutes', label: 'Text zu Wahlbüro', name: 'minutes:m1', body: 'body:i1' },
] as const;

/** What everyone reads of a paragraph: others' carets are not text. */
function textOf(page: Page, label: string): Promise<string> {
	return page.getByLabel(label, { exact: true }).evaluate((element) => {
		const copy = element.cloneNode(true) as HTMLElement;
		for (const caret of copy.querySelectorAll('.their-caret')) caret.remove();
		return copy.innerText.trim();
	});
}

test.each(cases)('in one paragraph of $name, both with cursor and name', async ({ place, label, name, body }) => {
	const [mara, jonas] = devices.map(({ page }) => page) as [Page, Page];
	for (const page of [mara, jonas]) {
		await page.goto(place);
		await page.getByRole('textbox', { name: label, exact: true }).click();
	}
	await mara.keyboard.press('Control+End');
	await jonas.keyboard.press('Control+Home');
	await Promise.all([
		mara.keyboard.type(' Mara schreibt weiter.', { delay: 15 }),
		jonas.keyboard.type('Jonas fängt vorne an. ', { delay: 15 }),
	]);
	const expected = `Jonas fängt vorne an. ${paragraph} Mara schreibt weiter.`;
	await expect.poll(() => textOf(mara, label), { timeout: 15_000 }).toBe(expected);
	await expect.poll(() => textOf(jonas, label), { timeout: 15_000 }).toBe(expected);
	await mara.locator('.their-caret .their-name', { hasText: 'Jonas' }).waitFor({ state: 'attached' });
	await jonas.locator('.their-caret .their-name', { hasText: 'Mara' }).waitFor({ state: 'attached' });
	await indicator(mara, 'Gespeichert').waitFor();
	await indicator(jonas, 'Gespeichert').waitFor();
	// A name does not stay on the line above.
	const opacity = () => mara.locator('.their-name').evaluate((element) => getComputedStyle(element).opacity);
	// What would merely be seen through would be put into layers anew with every letter.
	const isThere = () => mara.locator('.their-name').evaluate((element) => element.getClientRects().length > 0);
	await expect.poll(isThere).toBe(false);
	await jonas.keyboard.press('Control+Home');
	await mara.locator('.their-caret.named').waitFor({ state: 'attached' });
	await expect.poll(opacity).toBe('1');
	await expect.poll(isThere).toBe(false);
	// Whoever wants to know points at the caret.
	const caret = await mara.locator('.their-caret').boundingBox();
	if (!caret) throw new Error('no caret');
	await mara.mouse.move(caret.x + caret.width / 2, caret.y + caret.height / 2);
	await expect.poll(opacity).toBe('1');
	const takes = () => mara.locator('.their-name').evaluate((element) => getComputedStyle(element).transitionDuration);
	expect(await takes()).not.toBe('0s');
	await mara.emulateMedia({ reducedMotion: 'reduce' });
	expect(await takes()).toBe('0s');
	expect(await opacity()).toBe('1');
	await mara.mouse.move(0, 0);
	await expect.poll(isThere).toBe(false);
	await mara.emulateMedia({ reducedMotion: null });

	const roots = { maps: [], bodies: [body] };
	const stored = (page: Page, { person }: typeof evening.mara) => deviceContent(page, person.id, name);
	// What the other wrote last is on a device within a moment.
	const text = async () => (await stored(mara, evening.mara)).getXmlFragment(body).toString();
	await expect.poll(text).toContain(expected);
	const hers = digest(await stored(mara, evening.mara), roots);
	await expect.poll(async () => digest(await stored(jonas, evening.jonas), roots)).toBe(hers);
	expect(devices.flatMap(({ faults }) => faults)).toEqual([]);
});

test('above an issue, who is there and what can be done share one line of a phone', async () => {
	const { server, mara, jonas } = evening;
	const said = { id: '1', by: mara.person.id, at: Date.parse('2024-12-10T20:00:00Z') };
	const text = `${mentionOf(jonas.person.id)} stimmt das?`;
	await writeDocuments(server, mara, [
		{
			name: 'bulletin:b1',
			change: (doc) => addThread(doc, { id: 't1', root: bodyRoot('a1'), quote: 'Vorstand' }, { ...said, text }),
		},
	]);
	for (const { page } of devices) await page.goto('/bulletins/b1');
	const { page } = devices[1];
	const line = [
		page.getByText('Entwurf', { exact: true }).first(),
		page.getByRole('list', { name: 'Gerade hier' }),
		page.getByRole('button', { name: '1 Anmerkung · 1 für dich' }),
		page.getByRole('button', { name: 'Mehr zu diesem Rundbrief' }),
	];
	for (const part of line) await part.waitFor();
	const boxes = await Promise.all(
		line.map((part) => part.evaluate((element) => element.getBoundingClientRect().toJSON())),
	);
	expect(Math.max(...boxes.map(({ top }) => top))).toBeLessThan(Math.min(...boxes.map(({ bottom }) => bottom)));
	expect(Math.max(...boxes.map(({ right }) => right))).toBeLessThanOrEqual(390);
	// Nor do words break within: a button is as high as a finger needs it.
	expect(Math.max(...boxes.map(({ height }) => height))).toBeLessThanOrEqual(44);
});

test('whoever wrote in an issue that another deletes learns what became of it, and brings it back', async () => {
	const [mara, jonas] = devices;
	for (const { page } of devices) await page.goto('/bulletins/b1');
	const text = jonas.page.getByRole('textbox', { name: 'Text: Wahlbüro', exact: true });
	await text.click();
	await jonas.goOffline();
	await jonas.page.keyboard.press('Control+End');
	await jonas.page.keyboard.type(' Im Zug geschrieben.');
	await mara.page.getByRole('button', { name: 'Mehr zu diesem Rundbrief' }).click();
	await mara.page.getByRole('menuitem', { name: 'Rundbrief löschen' }).click();
	await mara.page.getByText('„Aus dem Vorstand“ gelöscht').first().waitFor();
	await jonas.goOnline();
	const main = jonas.page.getByRole('main');
	await main.getByRole('heading', { name: '„Aus dem Vorstand“ ist gelöscht' }).waitFor();
	await main.getByText(/^Gelöscht von Mara, .* Was darin steht, ist nicht verloren/).waitFor();
	await indicator(jonas.page, 'Gespeichert').waitFor();
	await main.getByRole('button', { name: 'Wiederherstellen' }).click();
	await text.getByText('Im Zug geschrieben.').waitFor();
	await mara.page.getByRole('link', { name: /Aus dem Vorstand/ }).click();
	await mara.page.getByText('Im Zug geschrieben.').waitFor();

	await jonas.page.goto('/meetings/m1/minutes');
	await jonas.page.getByRole('textbox', { name: 'Text zu Wahlbüro', exact: true }).waitFor();
	await mara.page.goto('/meetings/m1');
	await mara.page.getByRole('button', { name: 'Weitere Möglichkeiten' }).click();
	await mara.page.getByRole('menuitem', { name: 'Sitzung löschen' }).click();
	await main.getByText(/^Gelöscht von Mara, .* Was in Tagesordnung und Protokoll steht/).waitFor();
	await main.getByRole('button', { name: 'Wiederherstellen' }).click();
	await jonas.page.getByRole('textbox', { name: 'Text zu Wahlbüro', exact: true }).waitFor();
});

test('a text that is still on its way is not said to be missing', async () => {
	const { server, jonas } = evening;
	const device = await openDevice(browser, { server, member: jonas, worker: 'none' });
	const { page } = device;
	let lets = false;
	await page.routeWebSocket(/bulletin/, (socket) => {
		if (lets) socket.connectToServer();
		else socket.onMessage(() => void socket.close());
	});
	await page.goto('/bulletins/b1');
	await page.getByText('Ohne Verbindung weiß dieses Gerät nicht').waitFor();
	expect(await page.getByText('Noch kein Artikel', { exact: true }).count()).toBe(0);
	lets = true;
	await page.getByRole('textbox', { name: 'Text: Wahlbüro', exact: true }).waitFor();
	await device.close();
});
