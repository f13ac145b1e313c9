/** What another did meanwhile in the place of one's own is told where it happens, and one press brings it back. */
import { addResolution, addTask } from '#lib/documents/change-minutes.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, openDevice, type Device } from '../support/browser.ts';
import { partWith } from '../support/built-parts.ts';
import { changeDocument } from '../support/content.ts';
import { indicator, prepareEvening, type Evening } from '../support/evening.ts';

let evening: Evening;
let browser: Browser;
let mara: Device;
let jonas: Device;

beforeAll(async () => {
	[evening, browser] = await Promise.all([prepareEvening(), launchBrowser()]);
	const { server } = evening;
	await changeDocument(server, evening.mara, {
		name: 'minutes:m1',
		change(doc) {
			addResolution(doc, { id: 'r1', itemId: 'i1', text: 'Plakate kaufen', status: 'draft' });
			addTask(doc, { id: 't1', itemId: 'i1', text: 'Saal buchen', personId: null, due: null, done: false });
		},
	});
	mara = await openDevice(browser, { server, member: evening.mara, worker: 'none' });
	jonas = await openDevice(browser, { server, member: evening.jonas, size: 'phone', worker: 'none' });
	for (const { page } of [mara, jonas]) {
		await page.goto('/meetings/m1/minutes');
		await yes(page).waitFor();
	}
});

afterAll(async () => {
	await Promise.all([mara, jonas].map((device) => device?.close()));
	await browser?.close();
	await evening?.server.close();
});

function yes(page: Page) {
	return page.getByRole('spinbutton', { name: 'Ja' });
}

test('voices that two enter, one without a network: whose do not hold is told, and can enter them again', async () => {
	// A browser without service workers has no copy of what the app fetches later, with the first change.
	const fetched = jonas.page.waitForResponse(`**/${partWith('ifAvailable')}`);
	await jonas.page.getByRole('spinbutton', { name: 'Enthaltung' }).fill('1');
	await fetched;
	await indicator(jonas.page, 'Gespeichert').waitFor();
	await jonas.goOffline();
	await yes(jonas.page).fill('3');
	await yes(mara.page).fill('7');
	await indicator(mara.page, 'Gespeichert').waitFor();
	await jonas.goOnline();
	const toasts = [mara, jonas].map(({ page }) => page.locator('.toast', { hasText: 'Plakate kaufen' }));
	await expect.poll(async () => Promise.all(toasts.map((each) => each.count()))).toContain(1);
	await expect
		.poll(async () => new Set(await Promise.all([mara, jonas].map(({ page }) => yes(page).inputValue()))).size)
		.toBe(1);
	const maraLost = (await yes(mara.page).inputValue()) === '3';
	const [loser, other] = maraLost ? [mara, jonas] : [jonas, mara];
	const [own, theirs, name] = maraLost ? ['7', '3', 'Jonas'] : ['3', '7', 'Mara'];
	const told = loser.page.locator('.toast', { hasText: 'Plakate kaufen' });
	await told.getByText(`${name} hat bei „Plakate kaufen“ gleichzeitig Ja ${theirs} eingetragen`).waitFor();
	await told.getByRole('button', { name: 'Meine Zahl eintragen' }).click();
	await expect.poll(() => yes(other.page).inputValue()).toBe(own);
	expect(await other.page.locator('.toast', { hasText: 'Plakate kaufen' }).count()).toBe(0);
	expect([...mara.faults, ...jonas.faults]).toEqual([]);
});

test('a task that another deletes while one writes in it can be brought back', async () => {
	const words = (page: Page) => page.getByRole('group', { name: 'Aufgabe' }).getByRole('textbox').first();
	await words(jonas.page).fill('Saal buchen, mit Technik');
	await expect.poll(() => words(mara.page).inputValue()).toBe('Saal buchen, mit Technik');
	await mara.page
		.getByRole('group', { name: 'Aufgabe' })
		.getByRole('button', { name: 'Weitere Möglichkeiten' })
		.click();
	await mara.page.getByRole('menuitem', { name: 'Aufgabe löschen' }).click();
	const dialog = jonas.page.getByRole('dialog');
	await dialog.getByText('„Saal buchen, mit Technik“ ist gelöscht').waitFor();
	await dialog.getByText('Gelöscht von Mara').waitFor();
	await dialog.getByRole('button', { name: 'Wiederherstellen' }).click();
	await expect.poll(() => words(mara.page).inputValue()).toBe('Saal buchen, mit Technik');
	expect(await mara.page.getByRole('dialog').count()).toBe(0);
	expect([...mara.faults, ...jonas.faults]).toEqual([]);
});
