/**
 * Erasing, as an admin does it: text that was deleted goes for good, from the server's files and from a phone that was
 * away; an article and an issue that were removed too; a person with their name; and what is stored about one is handed out.
 */
import { bodyRoot } from '#lib/documents/body.ts';
import { addArticle, removeArticle } from '#lib/documents/bulletin.ts';
import { removeEntry } from '#lib/documents/change-directory.ts';
import { writeBody } from '#lib/documents/example-body.ts';
import type { DocumentName } from '#lib/protocol/document-name.ts';
import { globSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type * as Y from 'yjs';
import { type Device, launchBrowser, openDevice } from '../support/browser.ts';
import { type Evening, indicator, openServerPeer, prepareEvening } from '../support/evening.ts';
import { untilSaved } from '../support/peers.ts';
import { remainsOf } from '../support/remains.ts';

const secret = 'Zwischenruf von Unverwechselbar.';
const patience = { timeout: 30_000 };

let browser: Browser;
let evening: Evening;
let laptop: Device;
const opened: Device[] = [];

beforeAll(async () => {
	browser = await launchBrowser();
});
afterAll(() => browser?.close());

beforeEach(async () => {
	evening = await prepareEvening();
	laptop = await open({ member: evening.mara, worker: 'none' });
});
afterEach(async () => {
	for (const device of opened.splice(0)) {
		expect(device.faults).toEqual([]);
		await device.close();
	}
	await evening.server.close();
});

async function open(options: Omit<Parameters<typeof openDevice>[1], 'server'>): Promise<Device> {
	const device = await openDevice(browser, { server: evening.server, ...options });
	opened.push(device);
	return device;
}

/** Somebody else writes, with another device, until it is saved. */
async function change(name: DocumentName, work: (doc: Y.Doc) => void): Promise<void> {
	const workspace = openServerPeer(evening.server, evening.jonas);
	const handle = workspace.open(name);
	await untilSaved(handle);
	work(handle.doc);
	await untilSaved(handle);
	await workspace.close();
}

/** Files of the server in which these words stand. */
function placesOf(words: string): string[] {
	const { folder } = evening.server;
	return globSync('**/*', { cwd: folder }).filter((file) => {
		const full = path.join(folder, file);
		return statSync(full).isFile() && readFileSync(full).includes(words);
	});
}

async function eraseOnPage(page: Page, title: RegExp): Promise<void> {
	await page.goto('/more');
	await page.getByRole('link', { name: /^Endgültig löschen/ }).click();
	await page.getByRole('button', { name: title }).click();
	const dialog = page.getByRole('dialog', { name: 'Endgültig löschen?' });
	await dialog.getByText('Der Verlauf dieses Dokuments geht mit').waitFor();
	const confirm = dialog.getByRole('button', { name: 'Endgültig löschen' });
	expect(await confirm.isDisabled(), 'nothing goes with one press').toBe(true);
	await dialog.getByRole('checkbox').check();
	await confirm.click();
	await page
		.getByText(/^Endgültig gelöscht: /)
		.first()
		.waitFor(patience);
}

test('deleted text goes from the server at once, and from a phone that was away with its next contact', async () => {
	await change('minutes:m1', (doc) => writeBody(doc, bodyRoot('i1'), [secret]));
	const phone = await open({ member: evening.jonas, size: 'phone' });
	await phone.page.goto('/meetings/m1/minutes');
	await phone.page.getByText(secret).first().waitFor();
	await indicator(phone.page, 'Gespeichert').waitFor();
	// Leaving notes what was seen, which is for "since your last visit".
	await phone.page.goto('/meetings');
	await phone.page.locator('main a[href^="/meetings/"]').first().waitFor();
	await expect.poll(async () => (await remainsOf(phone.page)).rows, patience).toContain(secret);
	await phone.goOffline();
	await change('minutes:m1', (doc) => {
		const body = doc.getXmlFragment(bodyRoot('i1'));
		body.delete(body.length - 1, 1);
	});
	expect(placesOf(secret)).not.toEqual([]);

	await eraseOnPage(laptop.page, /Gelöschtes endgültig löschen: Protokoll/);
	expect(placesOf(secret)).toEqual([]);
	await laptop.page.getByText(/zuletzt endgültig gelöscht/).waitFor();
	await laptop.page.goto('/more/audit');
	await laptop.page.getByText('Mara hat Gelöschtes endgültig entfernt: Protokoll').waitFor();
	expect((await remainsOf(laptop.page)).rows).not.toContain(secret);

	expect((await remainsOf(phone.page)).rows).toContain(secret);
	await phone.goOnline();
	await expect.poll(async () => (await remainsOf(phone.page)).rows, patience).not.toContain(secret);
	await phone.page.goto('/meetings/m1/minutes');
	await phone.page.getByText('Der Vorstand trifft sich.').first().waitFor();
});

test('a removed article goes, and an issue that is gone goes as a whole', async () => {
	await change('bulletin:b1', (doc) => {
		addArticle(doc, { id: 'a2', title: 'Entfernt' });
		writeBody(doc, bodyRoot('a2'), [secret]);
		removeArticle(doc, 'a2');
	});
	expect(placesOf(secret)).not.toEqual([]);
	await eraseOnPage(laptop.page, /Rundbrief.*Aus dem Vorstand/);
	expect(placesOf(secret)).toEqual([]);
	expect(placesOf('Der Vorstand trifft sich.')).not.toEqual([]);

	await change('bulletin:b1', (doc) => writeBody(doc, bodyRoot('a1'), [secret]));
	await change('directory:main', (doc) => removeEntry(doc, 'bulletins', 'b1'));
	await laptop.page.goto('/more/erase');
	await laptop.page.getByText('gehört zu nichts mehr').waitFor(patience);
	await eraseOnPage(laptop.page, /Rundbrief/);
	expect(placesOf(secret)).toEqual([]);
	await laptop.page.getByText('gehört zu nichts mehr').waitFor({ state: 'detached' });
});

test('it is not offered to anybody else, and not without a network', async () => {
	const desk = await open({ member: evening.jonas, worker: 'none' });
	await desk.page.goto('/more/erase');
	await desk.page.getByText('Endgültig löschen kann nur die Verwaltung.').waitFor();
	await laptop.page.goto('/more/erase');
	const button = laptop.page.getByRole('button', { name: /Protokoll/ });
	await button.waitFor();
	await button.click();
	const dialog = laptop.page.getByRole('dialog');
	await dialog.getByRole('checkbox').check();
	// The server takes its time, and then its answer is lost: it is asked how it ended.
	const confirm = dialog.getByRole('button', { name: 'Endgültig löschen' });
	const slow = Promise.withResolvers<null>();
	await laptop.page.route('**/erase', async (route) => {
		await slow.promise;
		await route.fetch();
		await route.abort();
	});
	await confirm.click();
	await dialog.getByText('Der Server schreibt seine Daten neu.').waitFor();
	slow.resolve(null);
	await laptop.page.getByText('Endgültig gelöscht: Protokoll').first().waitFor(patience);
	await laptop.page.unroute('**/erase');

	await button.click();
	await dialog.getByRole('checkbox').check();
	laptop.cutCable();
	await dialog.getByRole('button', { name: 'Endgültig löschen' }).click();
	await dialog.getByText(/Es wurde nichts endgültig gelöscht|nicht erreichbar/).waitFor(patience);
	await dialog.getByRole('button', { name: 'Abbrechen' }).click();
	await laptop.page.getByText('Dafür brauchst du Netz.').waitFor(patience);
});

test('removing somebody with their name erases it, and a former one’s name can be erased later', async () => {
	const { server, mara } = evening;
	await server.admit(mara, 'Zacharias Erster', 'board');
	await server.admit(mara, 'Zacharias Zweiter', 'board');
	const { page } = laptop;
	await page.goto('/more/people');
	const remove = async (name: string, erase: boolean) => {
		await page.getByRole('button', { name: `${name}: was tun?` }).click();
		await page.getByRole('menuitem', { name: 'Entfernen' }).click();
		if (erase) await page.getByRole('dialog').getByLabel('Name und Kontakt endgültig löschen').check();
		await page.getByRole('dialog').getByRole('button', { name: 'Entfernen' }).click();
		await page.getByRole('dialog').waitFor({ state: 'detached' });
	};
	await remove('Zacharias Erster', true);
	await expect.poll(() => placesOf('Zacharias Erster')).toEqual([]);

	await remove('Zacharias Zweiter', false);
	expect(placesOf('Zacharias Zweiter')).not.toEqual([]);
	const former = page.locator('section', { has: page.getByRole('heading', { name: 'Ehemalige' }) });
	await former.getByText('Zacharias Zweiter').waitFor();
	expect(await former.getByText('Zacharias Erster').count()).toBe(0);
	await former.getByRole('button', { name: 'Zacharias Zweiter: was tun?' }).click();
	await page.getByRole('menuitem', { name: 'Namen löschen' }).click();
	await page.getByText('Der Name ist gelöscht').first().waitFor();
	expect(placesOf('Zacharias Zweiter')).toEqual([]);
	await former.waitFor({ state: 'detached' });
});

test('what is stored about a person is handed out as one file, to an admin and to themselves', async () => {
	const { page } = laptop;
	await page.goto('/more/people');
	await page.getByRole('button', { name: 'Jonas: was tun?' }).click();
	const downloading = page.waitForEvent('download');
	await page.getByRole('menuitem', { name: 'Daten ausgeben' }).click();
	const download = await downloading;
	expect(download.suggestedFilename()).toBe(`mitschrift-${evening.jonas.person.id}.html`);
	const text = readFileSync(await download.path(), 'utf8');
	expect(text).toContain('Alles, was Mitschrift über Jonas gespeichert hat');
	expect(text).toContain(evening.jonas.person.id);
	expect(text).not.toContain(evening.jonas.cookie.value);

	await page.goto('/more');
	const own = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Alles über mich ausgeben' }).click();
	expect(readFileSync(await (await own).path(), 'utf8')).toContain(evening.mara.person.id);
	await page.goto('/more/audit');
	await page.getByText('Mara hat alles ausgegeben, was über Jonas gespeichert ist.').waitFor();
});
