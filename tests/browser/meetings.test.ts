/** One meeting from nothing to its minutes, as board members and a member live it. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { launchBrowser, openDevice, type Device } from '../support/browser.ts';
import { indicator } from '../support/evening.ts';
import { startTestServer, type Member, type TestServer } from '../support/server.ts';

let server: TestServer;
let browser: Browser;
let mara: Member;
let jonas: Member;
let lena: Member;
let devices: Device[] = [];

beforeAll(async () => {
	browser = await launchBrowser();
});

beforeEach(async () => {
	server = await startTestServer();
	mara = await server.setUp('Mara');
	jonas = await server.admit(mara, 'Jonas', 'board');
	lena = await server.admit(mara, 'Lena', 'member');
});

afterEach(async () => {
	for (const device of devices) expect(device.faults).toEqual([]);
	await Promise.all(devices.map((device) => device.close()));
	devices = [];
	await server.close();
});

afterAll(() => browser?.close());

async function deviceOf(member: Member, size: 'phone' | 'laptop' = 'laptop'): Promise<Page> {
	const device = await openDevice(browser, { server, member, size, worker: 'none' });
	devices.push(device);
	return device.page;
}

/** @returns the meeting's address */
async function createMeeting(page: Page): Promise<string> {
	await page.goto('/meetings');
	await page.getByRole('button', { name: 'Neue Sitzung' }).click();
	const dialog = page.getByRole('dialog');
	await dialog.getByLabel('Name des Gremiums').fill('Stadtvorstand');
	await dialog.getByLabel('Tag').fill('2024-12-10');
	await dialog.getByLabel('Beginn').fill('18:00');
	await dialog.getByLabel('Ende').fill('20:00');
	await dialog.getByRole('button', { name: 'Anlegen' }).click();
	await page.getByRole('heading', { name: 'Stadtvorstand', level: 1 }).waitFor();
	return new URL(page.url()).pathname;
}

async function addItems(page: Page, ...titles: string[]): Promise<void> {
	const field = page.getByLabel('Neuer TOP');
	for (const title of titles) {
		await field.fill(title);
		await field.press('Enter');
	}
	await expect.poll(() => titlesOn(page)).toEqual(titles);
}

function titlesOn(page: Page): Promise<string[]> {
	return page
		.getByRole('textbox', { name: /^Titel von TOP/ })
		.evaluateAll((fields) => fields.map((field) => (field as HTMLTextAreaElement).value));
}

function startsOn(page: Page): Promise<string[]> {
	return page.locator('main time.start').allInnerTexts();
}

test('an end before the start and a missing day are refused at the field, and nothing is stored', async () => {
	const page = await deviceOf(mara);
	await page.goto('/meetings');
	await page.getByRole('button', { name: 'Neue Sitzung' }).click();
	const dialog = page.getByRole('dialog');
	const create = dialog.getByRole('button', { name: 'Anlegen' });
	await dialog.getByLabel('Name des Gremiums').fill('Stadtvorstand');
	await create.click();
	await dialog.getByText('Bitte gib einen Tag an, den es gibt.').waitFor();
	await dialog.getByLabel('Tag').fill('2024-12-10');
	await dialog.getByLabel('Beginn').fill('18:00');
	await dialog.getByLabel('Ende').fill('17:00');
	await create.click();
	await dialog.getByText('Das Ende liegt nicht nach dem Beginn.').waitFor();
	expect(await dialog.getByLabel('Ende').getAttribute('aria-invalid')).toBe('true');
	await dialog.getByLabel('Ende').fill('20:00');
	// 31 February as it is typed passes through 3 February; this Chromium asks for the month first.
	await dialog.getByLabel('Tag').focus();
	await page.keyboard.type('02312025');
	await create.click();
	await dialog.getByText('Diesen Tag gibt es nicht.').waitFor();
	await dialog.getByRole('button', { name: 'Abbrechen' }).click();
	await page.reload();
	await page.getByRole('heading', { name: 'Noch keine Sitzung' }).waitFor();
});

test('a refused end leaves the stored one alone until it fits', async () => {
	const page = await deviceOf(mara);
	await createMeeting(page);
	await page.getByLabel('Ende').fill('17:30');
	await page.getByText('Das Ende liegt nicht nach dem Beginn.').waitFor();
	await page.getByRole('textbox', { name: 'Ort', exact: true }).fill('Geschäftsstelle');
	await indicator(page, 'Gespeichert').waitFor();
	await page.reload();
	await expect.poll(() => page.getByLabel('Ende').inputValue()).toBe('20:00');
	expect(await page.getByRole('textbox', { name: 'Ort', exact: true }).inputValue()).toBe('Geschäftsstelle');
});

test('the agenda is written with Enter, moved by keys and times itself; what is removed comes back', async () => {
	const page = await deviceOf(mara);
	await page.goto(`${await createMeeting(page)}/agenda`);
	await addItems(page, 'Wahlbüro', 'Plakate', 'Haushalt');
	expect(await startsOn(page)).toEqual(['18:00', '18:10', '18:20']);
	await page.getByRole('button', { name: /Einzelheiten zu TOP 1/ }).click();
	await page.getByLabel('Minuten', { exact: true }).fill('45');
	await expect.poll(() => startsOn(page)).toEqual(['18:00', '18:45', '18:55']);
	await page.getByRole('button', { name: 'TOP 1 verschieben' }).press('ArrowDown');
	await expect.poll(() => titlesOn(page)).toEqual(['Plakate', 'Wahlbüro', 'Haushalt']);
	expect(await startsOn(page)).toEqual(['18:00', '18:10', '18:55']);
	await page.getByRole('button', { name: 'TOP entfernen' }).click();
	await expect.poll(() => titlesOn(page)).toEqual(['Plakate', 'Haushalt']);
	await page.getByRole('button', { name: 'Rückgängig' }).click();
	await expect.poll(() => titlesOn(page)).toEqual(['Plakate', 'Wahlbüro', 'Haushalt']);
});

test('decisions and tasks are written by keys, and what left the agenda stays in the minutes', async () => {
	const page = await deviceOf(mara);
	const meeting = await createMeeting(page);
	await page.goto(`${meeting}/agenda`);
	await addItems(page, 'Wahlbüro', 'Plakate');
	await page.getByRole('link', { name: 'Protokoll' }).click();
	await page.getByRole('button', { name: 'Alle übrigen anwesend' }).click();
	await page.getByText('2 von 2 anwesend').waitFor();
	await page.getByRole('textbox', { name: 'Text zu Wahlbüro' }).click();
	await page.keyboard.type('Es wird ein Wahlbüro gebraucht.');
	await page.keyboard.press('Control+Alt+B');
	await page.getByLabel('Wortlaut').fill('Ein Wahlbüro wird eingerichtet.');
	await page.getByLabel('Ja', { exact: true }).fill('1');
	await page.getByLabel('Nein', { exact: true }).fill('1');
	await page.getByText('abgelehnt').waitFor();
	await page.getByLabel('Ja', { exact: true }).fill('2');
	await page.getByText('angenommen').waitFor();
	await page.getByText('Mehr Stimmen (3) als Anwesende (2).').waitFor();
	await page.keyboard.press('Control+Alt+N');
	await page.keyboard.press('Control+Alt+A');
	await page.getByLabel('Was ist zu tun?').fill('Plakate bestellen');

	const other = await deviceOf(jonas, 'phone');
	await other.goto(`${meeting}/agenda`);
	await other.getByRole('button', { name: /Einzelheiten zu TOP 1/ }).click();
	await page.getByRole('textbox', { name: 'Text zu Wahlbüro' }).click();
	await page.keyboard.press('Control+End');
	await other.getByRole('button', { name: 'TOP entfernen' }).click();
	const left = page.locator('article').filter({ hasText: 'nicht mehr auf der Tagesordnung' });
	await left.waitFor();
	// The caret stays in the text that moved.
	await page.keyboard.type(' Sofort.');
	await left.getByText('Es wird ein Wahlbüro gebraucht. Sofort.').waitFor();
	expect(await left.getByLabel('Wortlaut').inputValue()).toBe('Ein Wahlbüro wird eingerichtet.');
	await other.getByRole('button', { name: 'Rückgängig' }).click();
	await left.waitFor({ state: 'detached' });
	await page.getByText('Es wird ein Wahlbüro gebraucht. Sofort.').waitFor();
});

test('a meeting that is deleted comes back with its agenda', async () => {
	const page = await deviceOf(mara);
	const meeting = await createMeeting(page);
	await page.goto(`${meeting}/agenda`);
	await addItems(page, 'Wahlbüro');
	await page.goto(meeting);
	await page.getByRole('button', { name: 'Weitere Möglichkeiten' }).click();
	await page.getByRole('menuitem', { name: 'Sitzung löschen' }).click();
	await page.getByRole('heading', { name: 'Noch keine Sitzung' }).waitFor();
	await page.getByRole('button', { name: 'Rückgängig' }).click();
	await page.getByRole('link', { name: /10\. Dezember 2024/ }).click();
	await page.getByRole('link', { name: 'Tagesordnung' }).click();
	await expect.poll(() => titlesOn(page)).toEqual(['Wahlbüro']);
});

test('a member reads the agenda, writes nothing, and is told plainly whose the minutes are', async () => {
	const board = await deviceOf(mara);
	const meeting = await createMeeting(board);
	await board.goto(`${meeting}/agenda`);
	await addItems(board, 'Wahlbüro');
	await indicator(board, 'Gespeichert').waitFor();
	const page = await deviceOf(lena, 'phone');
	await page.goto(`${meeting}/agenda`);
	await page.getByText('Wahlbüro').first().waitFor();
	expect(await page.getByRole('textbox').count()).toBe(0);
	expect(await page.getByRole('link', { name: 'Protokoll' }).count()).toBe(0);
	await page.goto(`${meeting}/minutes`);
	await page.getByRole('heading', { name: 'Das Protokoll ist nicht für alle' }).waitFor();
	expect(await page.getByRole('textbox').count()).toBe(0);
});

test('the print forms hold facts, items, attendance, votes and lines to sign', async () => {
	const page = await deviceOf(mara);
	const meeting = await createMeeting(page);
	await page.goto(`${meeting}/agenda`);
	await addItems(page, 'Wahlbüro');
	await page.emulateMedia({ media: 'print' });
	const invitation = page.locator('.print-only');
	await invitation.getByRole('heading', { name: 'Einladung: Stadtvorstand' }).waitFor();
	expect(await invitation.innerText()).toContain('Di., 10. Dezember 2024, 18:00–20:00\u00a0Uhr');
	expect(await invitation.innerText()).toContain('Wahlbüro');
	await page.emulateMedia({ media: null });
	await page.goto(`${meeting}/minutes`);
	await page.getByRole('button', { name: 'Alle übrigen anwesend' }).click();
	await page.getByRole('button', { name: 'Beschluss', exact: true }).click();
	await page.getByLabel('Wortlaut').fill('Ein Wahlbüro wird eingerichtet.');
	await page.getByLabel('Ja', { exact: true }).fill('2');
	expect(await page.locator('.print-only').count()).toBe(0);
	await page.emulateMedia({ media: 'print' });
	const sheet = page.locator('.print-only');
	await sheet.getByText('Ein Wahlbüro wird eingerichtet.').waitFor();
	const text = await sheet.innerText();
	for (const words of [
		'Anwesenheitsliste',
		'Mara',
		'TOP 1: Wahlbüro',
		'Ja 2 · Nein 0 · Enthaltung 0',
		'Sitzungsleitung',
	])
		expect(text).toContain(words);
});
