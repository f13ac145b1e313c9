/** One goes into a tunnel; both go on with the same agenda and the same paragraph; afterwards both have all of it, once. */
import { readAgenda } from '#lib/documents/agenda.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, openDevice, type Device } from '../support/browser.ts';
import {
	agendaItems,
	deviceContent,
	digest,
	indicator,
	prepareEvening,
	relayContent,
	type Evening,
} from '../support/evening.ts';

/** Two cores, eight browsers: long, and only waited out when something is wrong. */
const patience = { timeout: 20_000 };

let evening: Evening;
let browser: Browser;
let mara: Device;
let jonas: Device;

beforeAll(async () => {
	[evening, browser] = await Promise.all([prepareEvening(), launchBrowser()]);
	mara = await openDevice(browser, { server: evening.server, member: evening.mara });
	jonas = await openDevice(browser, { server: evening.server, member: evening.jonas });
});

afterAll(async () => {
	await Promise.all([mara?.close(), jonas?.close()]);
	await browser?.close();
	await evening?.server.close();
});

async function toAgenda(page: Page): Promise<void> {
	await page.goto('/meetings/m1/agenda');
	await page.getByLabel('Titel von TOP 3').waitFor();
}

/** Puts an item up by keyboard, as somebody without a mouse does. */
async function moveUp(page: Page, title: string): Promise<void> {
	const index = await titles(page).then((all) => all.findIndex((one) => one.startsWith(title)));
	await page.locator('[data-sort-row]').nth(index).locator('[data-sort-handle]').press('ArrowUp');
}

function titles(page: Page): Promise<string[]> {
	return page
		.locator('[data-sort-row]')
		.evaluateAll((rows) => rows.map((row) => row.querySelector<HTMLInputElement>('input, textarea')?.value ?? ''));
}

/** Types at the end of an item's title. */
async function addToTitle(page: Page, title: string, words: string): Promise<void> {
	const at = await titles(page).then((all) => all.findIndex((one) => one.startsWith(title)));
	await page.getByLabel(`Titel von TOP ${at + 1}`).press('End');
	await page.keyboard.type(words);
}

async function writeMinutes(page: Page, words: string): Promise<void> {
	await page.goto('/meetings/m1/minutes');
	await page.getByRole('textbox', { name: /^Text zu Wahlbüro/ }).click();
	await page.keyboard.press('Control+End');
	await page.keyboard.type(words);
}

test('two go on without each other, and come together', async () => {
	await toAgenda(mara.page);
	await toAgenda(jonas.page);
	await jonas.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
	await jonas.page.goto('/meetings/m1/minutes');
	await jonas.page.getByRole('textbox', { name: /^Text zu Wahlbüro/ }).waitFor();
	await toAgenda(jonas.page);
	await indicator(jonas.page, 'Gespeichert').waitFor();

	await jonas.goOffline();
	await indicator(jonas.page, 'Offline – auf diesem Gerät gespeichert').waitFor();
	await moveUp(jonas.page, 'Haushalt');
	await addToTitle(jonas.page, 'Plakate', ' aufhängen');
	await indicator(jonas.page, /Offline – auf diesem Gerät gespeichert \(\d+\)/).waitFor();
	await writeMinutes(jonas.page, ' Jonas im Tunnel.');

	await moveUp(mara.page, 'Plakate');
	await addToTitle(mara.page, 'Plakate', ' drucken');
	await writeMinutes(mara.page, ' Mara am Tisch.');
	await indicator(mara.page, 'Gespeichert').waitFor();

	await jonas.goOnline();
	await indicator(jonas.page, 'Gespeichert').waitFor();
	for (const { page } of [mara, jonas]) {
		const text = page.getByRole('textbox', { name: /^Text zu Wahlbüro/ });
		await expect.poll(() => text.innerText(), patience).toContain('Jonas im Tunnel.');
		await expect.poll(() => text.innerText(), patience).toContain('Mara am Tisch.');
	}

	for (const [name, roots] of [
		['agenda:m1', { maps: ['items'], bodies: [] }],
		['minutes:m1', { maps: [], bodies: ['body:i1'] }],
	] as const) {
		const expected = digest(await relayContent(evening.server, evening.mara, name), copyOf(roots));
		for (const [device, member] of [
			[mara, evening.mara],
			[jonas, evening.jonas],
		] as const) {
			const stored = () => deviceContent(device.page, member.person.id, name);
			await expect.poll(async () => digest(await stored(), copyOf(roots)), patience).toBe(expected);
		}
	}

	const { items } = readAgenda(await relayContent(evening.server, evening.jonas, 'agenda:m1'));
	expect(items.map(({ id }) => id).sort()).toEqual(['i1', 'i2', 'i3']);
	expect(items).toHaveLength(agendaItems.length);
	const poster = items.find(({ id }) => id === 'i2')?.title ?? '';
	expect(poster).toContain(' aufhängen');
	expect(poster).toContain(' drucken');
	// Both moved an item, and both moves stand: Plakate before Wahlbüro, Haushalt not last.
	expect(items[0]?.id).toBe('i2');
	expect([...mara.faults, ...jonas.faults]).toEqual([]);
});

function copyOf({ maps, bodies }: { maps: readonly string[]; bodies: readonly string[] }) {
	return { maps: [...maps], bodies: [...bodies] };
}
