/** Getting in: the set-up link, invitations in every state, and answers that cannot be right. */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { launchBrowser, openDevice, type Device } from '../support/browser.ts';
import { startTestServer, type Member, type TestServer } from '../support/server.ts';

let browser: Browser;
let server: TestServer;
let device: Device;

beforeAll(async () => {
	browser = await launchBrowser();
});
afterAll(() => browser.close());

beforeEach(async () => {
	server = await startTestServer();
	device = await openDevice(browser, { server, size: 'phone', worker: 'none' });
});
afterEach(async () => {
	expect(device.faults).toEqual([]);
	await device.close();
	await server.close();
});

const heading = (name: string | RegExp) => device.page.getByRole('heading', { level: 1, name });

async function invite(admin: Member, name: string): Promise<{ id: string; token: string }> {
	const answer = await server.ask<{ id: string; token: string }>('POST', '/api/invitations', {
		as: admin,
		body: { name, role: 'member' },
	});
	expect(answer.status).toBe(201);
	return answer.body;
}

it('the set-up link names the association and lets its first administrator in, once', async () => {
	const { page } = device;
	await page.goto('/');
	await heading('Noch nicht eingerichtet').waitFor();
	await page.goto(`/setup#${server.setUpToken()}`);
	await page.getByRole('button', { name: 'Einrichten' }).click();
	expect(await page.getByText('Bitte ausfüllen.').count(), 'nothing is sent without names').toBe(2);
	expect(page.url(), 'what opens everything does not stay in the address').toBe(`${device.origin}/setup`);
	await page.getByLabel('Name des Verbands oder Vereins').fill('Stadtverband Auenbrück');
	await page.getByLabel('Dein Name').fill('  Mara Lindner  ');
	await page.getByRole('button', { name: 'Einrichten' }).click();
	await page.getByRole('navigation').getByRole('link', { name: 'Mehr' }).click();
	await page.getByRole('heading', { name: 'Mara Lindner', exact: true }).waitFor();
	await page.getByText('Stadtverband Auenbrück').waitFor();

	const stranger = await openDevice(browser, { server, worker: 'none' });
	await stranger.page.goto(`/setup#${server.setUpToken()}`);
	await stranger.page.getByText('schon eingerichtet').waitFor();
	expect(await stranger.page.getByRole('textbox').count(), 'there is nothing to fill in').toBe(0);
	await stranger.close();
});

it('a wrong set-up link is told from a used one', async () => {
	await device.page.goto('/setup#AAAAAAAAAAAAAAAAAAAAAA');
	await device.page.getByLabel('Name des Verbands oder Vereins').fill('Stadtverband');
	await device.page.getByLabel('Dein Name').fill('Mara');
	await device.page.getByRole('button', { name: 'Einrichten' }).click();
	await device.page.getByText('Dieser Einrichtungslink stimmt nicht.').waitFor();
});

it('an administrator invites, and the link lets exactly one device in, as that person', async () => {
	const admin = await server.setUp('Mara Lindner', 'Stadtverband Auenbrück');
	const laptop = await openDevice(browser, { server, member: admin, worker: 'none' });
	await laptop.page.goto('/more/people');
	await laptop.page.getByRole('button', { name: 'Einladen', exact: true }).click();
	const dialog = laptop.page.getByRole('dialog');
	await dialog.getByRole('button', { name: 'Einladung erstellen' }).click();
	await dialog.getByText('Bitte ausfüllen.').waitFor();
	await dialog.getByLabel('Name').fill('Jonas Wirth');
	await dialog.getByRole('button', { name: 'Einladung erstellen' }).click();
	await dialog.getByRole('img', { name: 'QR-Code der Einladung für Jonas Wirth' }).waitFor();
	const link = await dialog.getByLabel('Link', { exact: true }).inputValue();
	const path = link.slice(laptop.origin.length);
	expect(path).toMatch(/^\/join#[\w-]{20,}$/);

	const { page } = device;
	await page.goto(path);
	await heading('Willkommen, Jonas Wirth').waitFor();
	await page.getByText('„Stadtverband Auenbrück“').waitFor();
	await page.getByRole('button', { name: 'Ja, ich bin Jonas Wirth' }).click();
	await page.getByRole('navigation').getByRole('link', { name: 'Mehr' }).click();
	await page.getByRole('heading', { name: 'Jonas Wirth', exact: true }).waitFor();

	const second = await openDevice(browser, { server, worker: 'none' });
	await second.page.goto(path);
	await second.page.getByText('Diese Einladung wurde schon benutzt.').waitFor();
	await second.close();

	await dialog.getByRole('button', { name: 'Fertig' }).click();
	await laptop.page.reload();
	await laptop.page.getByText('Jonas Wirth').waitFor();
	await laptop.page.getByText('Keine Einladung ist offen.').waitFor();
	expect(laptop.faults).toEqual([]);
	await laptop.close();
});

it('unknown, withdrawn and expired invitations each say so, and what to do', async () => {
	const admin = await server.setUp();
	const { page } = device;
	await page.goto('/join#AAAAAAAAAAAAAAAAAAAAAA');
	await page.getByText('Diese Einladung kennt der Server nicht.').waitFor();
	await page.getByText('Bitte die Person, die dich eingeladen hat, um eine neue Einladung.').waitFor();

	const withdrawn = await invite(admin, 'Cem');
	await server.ask('DELETE', `/api/invitations/${withdrawn.id}`, { as: admin });
	await page.goto(`/join#${withdrawn.token}`);
	await page.getByText('Diese Einladung kennt der Server nicht.').waitFor();

	// The answer of a server whose clock is five days further; that it gives it is shown where its clock can be set.
	const expired = await invite(admin, 'Ada');
	await page.route('**/api/join/preview', (route) => route.fulfill({ status: 410, json: { error: 'link-expired' } }));
	await page.goto(`/join#${expired.token}`);
	await page.getByText('Diese Einladung ist abgelaufen.').waitFor();
});

it('a link can be pasted, and what is no link is told', async () => {
	const admin = await server.setUp();
	const { token } = await invite(admin, 'Jonas Wirth');
	const { page } = device;
	await page.goto('/');
	await heading('Willkommen bei Mitschrift').waitFor();
	for (const [text, words] of [
		['', 'Gib hier den Code ein.'],
		['hallo', 'So sieht kein Code aus'],
		['https://example.org/', 'Das ist kein Einladungslink.'],
	] as const) {
		await page.getByLabel('Code oder Link').fill(text);
		await page.getByRole('button', { name: 'Weiter' }).click();
		await page.getByText(words).waitFor();
	}
	await page.getByLabel('Code oder Link').fill(`Dein Link: ${device.origin}/join#${token} Bis bald!`);
	await page.getByRole('button', { name: 'Weiter' }).click();
	await heading('Willkommen, Jonas Wirth').waitFor();
});

it('without a network an invitation is not lost: trying again works', async () => {
	const admin = await server.setUp();
	const { token } = await invite(admin, 'Jonas Wirth');
	await device.close();
	// One that has the app still when it is offline.
	device = await openDevice(browser, { server, size: 'phone' });
	const { page } = device;
	await page.goto('/');
	await heading('Willkommen bei Mitschrift').waitFor();
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
	await device.goOffline();
	await page.goto(`/join#${token}`);
	await page.getByText('Der Server ist gerade nicht erreichbar.').waitFor();
	await device.goOnline();
	await page.getByRole('button', { name: 'Noch einmal versuchen' }).click();
	await heading('Willkommen, Jonas Wirth').waitFor();
});

it('people are renamed and removed with words that are true, and the last administrator stays', async () => {
	const admin = await server.setUp('Mara Lindner');
	await server.admit(admin, 'Jonas Wirth', 'board');
	const laptop = await openDevice(browser, { server, member: admin, worker: 'none' });
	const { page } = laptop;
	await page.goto('/more/people');
	await page.getByRole('button', { name: 'Jonas Wirth: was tun?' }).click();
	await page.getByRole('menuitem', { name: 'Bearbeiten' }).click();
	await page.getByRole('dialog').getByLabel('Name').fill('Jonas Wirth-Engel');
	await page.getByRole('dialog').getByLabel('Kontakt').fill('0151 2345678');
	await page.getByRole('button', { name: 'Speichern' }).click();
	await page.getByText('Jonas Wirth-Engel ist gespeichert.').first().waitFor();
	await page.getByText('0151 2345678').waitFor();

	await page.getByRole('button', { name: 'Mara Lindner: was tun?' }).click();
	await page.getByRole('menuitem', { name: 'Entfernen' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Entfernen' }).click();
	await page.getByText('Es muss jemand in der Verwaltung bleiben.').waitFor();
	await page.getByRole('dialog').getByRole('button', { name: 'Abbrechen' }).click();

	await page.getByRole('button', { name: 'Jonas Wirth-Engel: was tun?' }).click();
	await page.getByRole('menuitem', { name: 'Entfernen' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Entfernen' }).click();
	await page.getByText('Jonas Wirth-Engel ist entfernt.').first().waitFor();
	await page.getByText('0151 2345678').waitFor({ state: 'detached' });
	expect(laptop.faults).toEqual([]);
	await laptop.close();
});

it('the next person on a device sees nothing of the one before', async () => {
	const admin = await server.setUp('Mara Lindner');
	const { token } = await invite(admin, 'Jonas Wirth');
	const shared = await openDevice(browser, { server, member: admin, worker: 'none' });
	const { page } = shared;
	await page.goto('/more');
	await page.getByRole('heading', { name: 'Mara Lindner', exact: true }).waitFor();
	await page.goto(`/join#${token}`);
	await page.getByText('Auf diesem Gerät ist Mara Lindner angemeldet.').waitFor();
	await page.getByRole('button', { name: 'Ja, ich bin Jonas Wirth' }).click();
	await page.getByRole('navigation').getByRole('link', { name: 'Mehr' }).click();
	await page.getByRole('heading', { name: 'Jonas Wirth', exact: true }).waitFor();
	await expect
		.poll(() => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name)))
		.not.toContainEqual(expect.stringContaining(admin.person.id));
	expect(shared.faults).toEqual([]);
	await shared.close();
});

it('signing out empties the device, and does not pretend to without a network', async () => {
	const admin = await server.setUp('Mara Lindner');
	const laptop = await openDevice(browser, { server, member: admin, worker: 'none' });
	const { page } = laptop;
	await page.goto('/more/device');
	const open = page.getByRole('button', { name: 'Abmelden' });
	const confirm = page.getByRole('dialog').getByRole('button', { name: 'Abmelden' });
	await open.waitFor();
	laptop.cutCable();
	await open.click();
	await confirm.click();
	await page.getByText('Abmelden geht nur mit Netz').waitFor();
	laptop.mendCable();
	// Another tab, whose line is down while this one has one, has noted what it could not send.
	await page.evaluate(async () => {
		const { name = '' } = (await indexedDB.databases()).find(({ name }) => name?.endsWith('directory:main')) ?? {};
		const db = await new Promise<IDBDatabase>((resolve, reject) => {
			const request = indexedDB.open(name);
			request.onsuccess = () => resolve(request.result);
			request.onerror = reject;
		});
		const writing = db.transaction('custom', 'readwrite');
		writing.objectStore('custom').put({ count: 2 }, 'waiting:other');
		await new Promise((resolve) => (writing.oncomplete = resolve));
		db.close();
	});
	await confirm.click();
	await page.getByText('2 Änderungen sind noch nicht am Server und gingen verloren.').waitFor();
	expect((await server.ask('GET', '/api/session', { as: admin })).status).toBe(200);
	await confirm.click();
	await page.getByRole('heading', { name: 'Willkommen bei Mitschrift' }).waitFor();
	await expect
		.poll(() => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name)))
		.not.toContainEqual(expect.stringContaining(admin.person.id));
	expect(await page.evaluate(() => localStorage.getItem('mitschrift.identity'))).toBeNull();
	expect((await server.ask('GET', '/api/session', { as: admin })).status).toBe(401);
	await laptop.close();
});
