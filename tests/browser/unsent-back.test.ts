/** A member who was removed with unsent work comes back, and so does the work: from the file that was saved. */
import type { NewInvitation } from '#lib/protocol/api.ts';
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Device, launchBrowser, openDevice } from '../support/browser.ts';
import { type Evening, indicator, paragraph, prepareEvening, relayContent } from '../support/evening.ts';

const patience = { timeout: 30_000 };

let browser: Browser;
let evening: Evening;
let phone: Device;
let laptop: Device;

beforeAll(async () => {
	browser = await launchBrowser();
});
afterAll(() => browser?.close());

beforeEach(async () => {
	evening = await prepareEvening();
	phone = await openDevice(browser, { server: evening.server, member: evening.jonas, size: 'phone', worker: 'none' });
	laptop = await openDevice(browser, { server: evening.server, member: evening.mara, worker: 'none' });
});
afterEach(async () => {
	for (const device of [phone, laptop]) {
		expect(device.faults).toEqual([]);
		await device.close();
	}
	await evening.server.close();
});

const body = (page: Page) => page.getByRole('textbox', { name: /^Text zu Wahlbüro/ });

async function write(page: Page, words: string): Promise<void> {
	await body(page).click();
	await page.keyboard.press('Control+End');
	await page.keyboard.type(words);
}

/** Jonas writes in the cellar, is removed, and takes the file along. */
async function loseAccessWithWork(): Promise<string> {
	const { page } = phone;
	await page.goto('/meetings/m1/minutes');
	await body(page).waitFor();
	await indicator(page, 'Gespeichert').waitFor();
	await phone.goOffline();
	await write(page, ' Geschrieben im Keller.');
	await indicator(page, /Offline – auf diesem Gerät gespeichert \(\d+\)/).waitFor();
	await evening.server.ask('DELETE', `/api/people/${evening.jonas.person.id}`, { as: evening.mara });
	await phone.goOnline();
	await page.getByRole('heading', { name: 'Dieses Gerät ist abgemeldet' }).waitFor(patience);
	const downloading = page.waitForEvent('download', patience);
	await page.getByRole('button', { name: 'Als Datei speichern' }).click();
	const file = await (await downloading).path();
	await page.getByRole('button', { name: 'Hier löschen' }).click();
	await page.getByLabel('Code oder Link').waitFor(patience);
	return file;
}

const storedText = async () => {
	const stored = await relayContent(evening.server, evening.mara, 'minutes:m1');
	return stored.getXmlFragment('body:i1').toString();
};

test('who comes back opens the file, sees what it would add, and puts it in: what others wrote meanwhile stays', async () => {
	const file = await loseAccessWithWork();
	const { page: desk } = laptop;
	await desk.goto('/meetings/m1/minutes');
	await body(desk).waitFor();
	await body(desk).click();
	await desk.keyboard.press('Control+Home');
	await desk.keyboard.type('Davor. ');
	await expect.poll(storedText, patience).toContain('Davor. ');

	const { body: again } = await evening.server.ask<NewInvitation>('POST', '/api/invitations', {
		as: evening.mara,
		body: { name: 'Jonas', role: 'board' },
	});
	const { page } = phone;
	await page.getByLabel('Code oder Link').fill(again.code);
	await page.getByRole('button', { name: 'Weiter' }).click();
	await page.getByRole('button', { name: 'Ja, ich bin Jonas' }).click();
	await page.goto('/more/device');
	await page.getByRole('link', { name: 'Datei öffnen …' }).click();
	await page.locator('input[type=file]').setInputFiles(file);
	await page.locator('ins', { hasText: 'Geschrieben im Keller.' }).waitFor(patience);
	expect(await page.locator('main del').count()).toBe(0);
	await page.getByRole('button', { name: 'In das Dokument übernehmen' }).click();
	await page.getByText('Übernommen: Protokoll').waitFor();
	expect(await page.getByRole('button', { name: 'In das Dokument übernehmen' }).count(), 'not twice').toBe(0);
	await expect.poll(storedText, patience).toContain(`Davor. ${paragraph} Geschrieben im Keller.`);
	// It is an edit like any other: one press takes it back, and everybody sees it.
	await desk.getByText('Geschrieben im Keller.').first().waitFor(patience);
	await page.getByRole('button', { name: 'Rückgängig' }).click();
	await expect.poll(storedText, patience).not.toContain('Keller');
	expect(await storedText()).toContain(`Davor. ${paragraph}`);

	// Taken back it can be put in again; what was put in is not offered once more on a later visit.
	await page.getByRole('button', { name: 'In das Dokument übernehmen' }).click();
	await expect.poll(storedText, patience).toContain('Geschrieben im Keller.');
	await page.reload();
	await page.locator('input[type=file]').setInputFiles(file);
	await page.getByText('Das hast du auf diesem Gerät schon übernommen').waitFor(patience);
	expect(await page.getByRole('button', { name: 'In das Dokument übernehmen' }).count(), 'not again').toBe(0);
});

test('whoever may not write there copies the text, and what is no such file is told', async () => {
	const file = await loseAccessWithWork();
	const cem = await evening.server.admit(evening.mara, 'Cem', 'member');
	const reader = await openDevice(browser, { server: evening.server, member: cem, worker: 'none' });
	const { page } = reader;
	await page.goto('/more/unsent');
	await page.locator('input[type=file]').setInputFiles({
		name: 'brief.md',
		mimeType: 'text/markdown',
		buffer: Buffer.from('# Brief\n'),
	});
	await page.getByText('In dieser Datei ist nichts, was Mitschrift zurückholen kann.').waitFor();
	await page.locator('input[type=file]').setInputFiles(file);
	await page.getByText('Du kannst den Text kopieren.').waitFor();
	await page.getByText(`${paragraph} Geschrieben im Keller.`).waitFor();
	expect(await page.getByRole('button', { name: 'In das Dokument übernehmen' }).count()).toBe(0);
	expect(reader.faults).toEqual([]);
	await reader.close();
});

test('a file whose machine part was changed puts nothing into the document', async () => {
	const text = readFileSync(await loseAccessWithWork(), 'utf8');
	const lines = text.trimEnd().split('\n');
	const [name = '', bytes = ''] = (lines.at(-1) ?? '').split(' ');
	const update = Buffer.from(bytes, 'base64');
	const before = await storedText();
	const { page } = laptop;
	await page.goto('/more/unsent');
	for (const broken of [update.subarray(0, update.length / 2), Buffer.alloc(200, 7)]) {
		const buffer = Buffer.from([...lines.slice(0, -1), `${name} ${broken.toString('base64')}`].join('\n'));
		await page.locator('input[type=file]').setInputFiles({ name: 'x.md', mimeType: 'text/markdown', buffer });
		await page.getByText('Du kannst den Text kopieren.').waitFor();
		expect(await page.getByRole('button', { name: 'In das Dokument übernehmen' }).count()).toBe(0);
	}
	expect(await storedText()).toBe(before);
});
