/** Passkeys with a real browser and its virtual authenticator: added, used, required, and codes for when all is lost. */
import { DatabaseSync } from 'node:sqlite';
import path from 'node:path';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Device, launchBrowser, openDevice } from '../support/browser.ts';
import { twoFrames } from '../support/shifts.ts';
import { type Member, startTestServer, type TestServer } from '../support/server.ts';

let browser: Browser;
let server: TestServer;
let mara: Member;
let laptop: Device;
let page: Page;

beforeAll(async () => {
	browser = await launchBrowser();
});
afterAll(() => browser.close());

beforeEach(async () => {
	server = await startTestServer();
	mara = await server.setUp('Mara Lindner');
	laptop = await openDevice(browser, { server, member: mara, worker: 'none' });
	({ page } = laptop);
});
afterEach(async () => {
	expect(laptop.faults).toEqual([]);
	await laptop.close();
	await server.close();
});

type Authenticator = { devtools: CDPSession; id: string };

/** The platform's own: verifies its person, remembers its keys. */
async function giveAuthenticator(device: Device): Promise<Authenticator> {
	const devtools = await device.context.newCDPSession(device.page);
	await devtools.send('WebAuthn.enable');
	const { authenticatorId: id } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
		options: {
			protocol: 'ctap2',
			transport: 'internal',
			hasResidentKey: true,
			hasUserVerification: true,
			isUserVerified: true,
			automaticPresenceSimulation: true,
		},
	});
	return { devtools, id };
}

async function addPasskey(): Promise<void> {
	await page.goto('/more/device');
	await page.getByRole('button', { name: 'Passkey hinzufügen' }).click();
	await page.getByRole('list', { name: 'Passkeys' }).getByText('Passkey 1').waitFor();
}

async function isIn(where: Page): Promise<void> {
	await where.getByRole('navigation').getByRole('link', { name: 'Mehr' }).click();
	await where.getByRole('heading', { name: 'Mara Lindner', exact: true }).waitFor();
}

it('one is added and named, signs in after signing out and on another device, and removed it does not', async () => {
	const here = await giveAuthenticator(laptop);
	await addPasskey();
	await page.getByRole('button', { name: 'Passkey 1: was tun?' }).click();
	await page.getByRole('menuitem', { name: 'Umbenennen' }).click();
	await page.getByRole('dialog').getByLabel('Name des Passkeys').fill('Laptop');
	await page.getByRole('button', { name: 'Speichern' }).click();
	await page.getByRole('list', { name: 'Passkeys' }).getByText('Laptop').waitFor();

	await page.getByRole('button', { name: 'Abmelden', exact: true }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Abmelden' }).click();
	await page.getByRole('button', { name: 'Mit Passkey anmelden' }).click();
	await isIn(page);

	// A phone with the same passkey, as a password manager brings it along.
	const phone = await openDevice(browser, { server, size: 'phone', worker: 'none' });
	const there = await giveAuthenticator(phone);
	const { credentials } = await here.devtools.send('WebAuthn.getCredentials', { authenticatorId: here.id });
	expect(credentials).toHaveLength(1);
	for (const credential of credentials)
		await there.devtools.send('WebAuthn.addCredential', { authenticatorId: there.id, credential });
	await phone.page.goto('/');
	await phone.page.getByRole('button', { name: 'Mit Passkey anmelden' }).click();
	await isIn(phone.page);
	expect(phone.faults).toEqual([]);
	await phone.close();

	await page.goto('/more/device');
	await page.getByRole('button', { name: 'Laptop: was tun?' }).click();
	await page.getByRole('menuitem', { name: 'Entfernen' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Entfernen' }).click();
	await page.getByRole('list', { name: 'Passkeys' }).waitFor({ state: 'detached' });
	await page.getByRole('button', { name: 'Abmelden', exact: true }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Abmelden' }).click();
	await page.getByRole('button', { name: 'Mit Passkey anmelden' }).click();
	await page.getByText('Der Server hat diesen Passkey nicht angenommen.').waitFor();
});

it('who goes on while the names are still on their way stays where they went', async () => {
	await giveAuthenticator(laptop);
	await addPasskey();
	await page.getByRole('button', { name: 'Abmelden', exact: true }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Abmelden' }).click();
	const signIn = page.getByRole('button', { name: 'Mit Passkey anmelden' });
	await page.waitForURL('/');
	const names = Promise.withResolvers<null>();
	await page.route('**/api/people', async (route) => {
		await names.promise;
		await route.continue();
	});
	await signIn.click();
	await isIn(page);
	const answered = page.waitForResponse('**/api/people');
	names.resolve(null);
	await (await answered).finished();
	await page.evaluate(twoFrames);
	await page.unrouteAll({ behavior: 'wait' });
	expect(new URL(page.url()).pathname).toBe('/more');
});

it('a lost one is taken away by an administrator, on record, and signs its person in nowhere', async () => {
	const jonas = await server.admit(mara, 'Jonas Wirth', 'board');
	const phone = await openDevice(browser, { server, size: 'phone', member: jonas, worker: 'none' });
	await giveAuthenticator(phone);
	await phone.page.goto('/more/device');
	await phone.page.getByRole('button', { name: 'Passkey hinzufügen' }).click();
	await phone.page.getByRole('list', { name: 'Passkeys' }).getByText('Passkey 1').waitFor();
	await phone.page.getByRole('button', { name: 'Abmelden', exact: true }).click();
	await phone.page.getByRole('dialog').getByRole('button', { name: 'Abmelden' }).click();
	await phone.page.getByRole('button', { name: 'Mit Passkey anmelden' }).waitFor();

	await page.goto('/more/devices');
	await page.getByRole('button', { name: 'Passkey 1: was tun?' }).click();
	await page.getByRole('menuitem', { name: 'Entfernen' }).click();
	const dialog = page.getByRole('dialog', { name: 'Passkey 1 von Jonas Wirth entfernen?' });
	await dialog.getByRole('button', { name: 'Entfernen' }).click();
	await page.getByRole('button', { name: 'Passkey 1: was tun?' }).waitFor({ state: 'detached' });
	await page.goto('/more/audit');
	await page.getByText('Mara Lindner hat einen Passkey entfernt: Jonas Wirth.').waitFor();

	await phone.page.getByRole('button', { name: 'Mit Passkey anmelden' }).click();
	await phone.page.getByText('Der Server hat diesen Passkey nicht angenommen.').waitFor();
	expect(phone.faults).toEqual([]);
	await phone.close();
});

it('a device that does not verify its person adds none, and says that nothing changed', async () => {
	const { devtools, id } = await giveAuthenticator(laptop);
	await devtools.send('WebAuthn.setUserVerified', { authenticatorId: id, isUserVerified: false });
	await page.goto('/more/device');
	await page.getByRole('button', { name: 'Passkey hinzufügen' }).click();
	await page.getByText('Es wurde nichts geändert').waitFor();
	expect(await page.getByRole('list', { name: 'Passkeys' }).count()).toBe(0);
});

it('required ones are announced, and after the last day there is one page until one is added', async () => {
	await giveAuthenticator(laptop);
	await page.goto('/more/association');
	await page.getByLabel('Vorstand und Verwaltung brauchen einen Passkey').check();
	await page.getByText(/^Nötig ab /).waitFor();
	await page.goto('/');
	await page.getByRole('heading', { name: 'Bitte füge einen Passkey hinzu' }).waitFor();
	await page.getByText(/Du hast Zeit bis /).waitFor();

	letTheTimeRunOut();
	await page.reload();
	await page.getByRole('heading', { level: 1, name: 'Jetzt brauchst du einen Passkey' }).waitFor();
	expect(await page.getByRole('navigation').count()).toBe(0);
	expect((await server.ask('GET', '/api/people', { as: mara })).status).toBe(403);
	await page.getByRole('button', { name: 'Passkey hinzufügen' }).click();
	await isIn(page);
	expect((await server.ask('GET', '/api/people', { as: mara })).status).toBe(200);
});

it('recovery codes are shown once, and one of them lets in when every device is lost', async () => {
	await page.goto('/more/device');
	await page.getByText('Du hast keine.').waitFor();
	await page.getByRole('button', { name: 'Codes erstellen' }).click();
	const dialog = page.getByRole('dialog');
	await dialog.getByRole('button', { name: 'Codes erstellen' }).click();
	const shown = dialog.getByRole('list', { name: 'Wiederherstellungscodes' }).getByRole('listitem');
	await shown.first().waitFor();
	// In another window new ones are made meanwhile: these must not be kept as good.
	await server.ask('POST', '/api/passkeys/recovery-codes', { as: mara });
	await dialog.getByRole('button', { name: 'Ich habe sie aufbewahrt' }).click();
	await dialog.getByText('Diese Codes gelten nicht mehr').waitFor();
	expect(await shown.count()).toBe(0);
	await dialog.getByRole('button', { name: 'Neue Codes erstellen' }).click();
	await shown.first().waitFor();
	const codes = await shown.allInnerTexts();
	expect(codes).toHaveLength(10);
	const download = page.waitForEvent('download');
	await dialog.getByRole('button', { name: 'Als Datei' }).click();
	expect((await download).suggestedFilename()).toBe('mitschrift-codes.txt');
	await dialog.getByRole('button', { name: 'Ich habe sie aufbewahrt' }).click();
	await page.getByText('10 Codes sind noch unbenutzt.').waitFor();
	await page.reload();
	await page.getByText('10 Codes sind noch unbenutzt.').waitFor();
	expect(await page.content()).not.toContain(codes[0]);

	await server.ask('DELETE', '/api/session', { as: mara });
	const phone = await openDevice(browser, { server, size: 'phone', worker: 'none' });
	await phone.page.goto('/');
	await phone.page.getByLabel('Code oder Link').fill(codes[3]?.toLowerCase() ?? '');
	await phone.page.getByRole('button', { name: 'Weiter' }).click();
	await phone.page.getByRole('button', { name: 'Ja, ich bin Mara Lindner' }).click();
	await isIn(phone.page);
	await phone.page.goto('/more/device');
	await phone.page.getByText('9 Codes sind noch unbenutzt.').waitFor();
	await phone.close();
});

it('under another address than the server’s own it is said where they work', async () => {
	await page.route('**/api/passkeys', (route) =>
		route.fulfill({ json: { passkeys: [], codesLeft: 0, host: 'notizen.example.org' } }),
	);
	await page.goto('/more/device');
	await page.getByText('Passkeys gehen nur unter notizen.example.org.').waitFor();
	expect(await page.getByRole('button', { name: 'Passkey hinzufügen' }).count()).toBe(0);
});

/** As if the two weeks were over. */
function letTheTimeRunOut(): void {
	const database = new DatabaseSync(path.join(server.folder, 'mitschrift.sqlite'), { timeout: 5000 });
	const yesterday = new Date(Date.now() - 24 * 3_600_000).toISOString();
	database.prepare(`UPDATE setting SET value = ? WHERE key = 'passkeysFrom'`).run(yesterday);
	database.close();
}
