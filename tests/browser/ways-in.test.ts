/** The ways in, as people go them: a picture across the table, a code into an installed app, a phone that was lost. */
import type { NewInvitation } from '#lib/protocol/api.ts';
import { spawnSync } from 'node:child_process';
import { DatabaseSync } from 'node:sqlite';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { root, runtime } from '../../server/bin/toolchain.js';
import { actionDay, writeActionDay } from '../support/action-day.ts';
import { type Device, launchBrowser, openDevice } from '../support/browser.ts';
import { readQrCode } from '../support/qr-code.ts';
import { type Member, startTestServer, type TestServer } from '../support/server.ts';

const iPhone =
	'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148';

let browser: Browser;
let server: TestServer;
let mara: Member;
let laptop: Device;
const opened: Device[] = [];

beforeAll(async () => {
	browser = await launchBrowser();
});
afterAll(() => browser.close());

beforeEach(async () => {
	server = await startTestServer();
	mara = await server.setUp('Mara Lindner', 'Stadtverband Auenbrück');
	laptop = await open({ member: mara, worker: 'none' });
});
afterEach(async () => {
	for (const device of opened.splice(0)) {
		expect(device.faults).toEqual([]);
		await device.close();
	}
	await server.close();
});

async function open(options: Omit<Parameters<typeof openDevice>[1], 'server'>): Promise<Device> {
	const device = await openDevice(browser, { server, ...options });
	opened.push(device);
	return device;
}

/** A phone whose app was opened from the home screen: a storage of its own, and no address bar. */
async function openInstalled(): Promise<Device> {
	const phone = await open({
		size: 'phone',
		context: { userAgent: iPhone },
		init: () => Object.defineProperty(navigator, 'standalone', { value: true }),
	});
	const devtools = await phone.context.newCDPSession(phone.page);
	await devtools.send('Emulation.setEmulatedMedia', { features: [{ name: 'display-mode', value: 'standalone' }] });
	return phone;
}

async function invite(name: string): Promise<{ link: string; code: string; page: Page }> {
	const { page } = laptop;
	await page.goto('/more/people');
	await page.getByRole('button', { name: 'Einladen', exact: true }).click();
	const dialog = page.getByRole('dialog');
	await dialog.getByLabel('Name').fill(name);
	await dialog.getByRole('button', { name: 'Einladung erstellen' }).click();
	const code = await dialog.locator('[data-code]').innerText();
	return { link: await dialog.getByLabel('Link', { exact: true }).inputValue(), code, page };
}

async function typeCode(page: Page, code: string): Promise<void> {
	await page.getByLabel('Code oder Link').fill(code);
	await page.getByRole('button', { name: 'Weiter' }).click();
}

async function isIn(page: Page, name: string): Promise<void> {
	await page.getByRole('navigation').getByRole('link', { name: 'Mehr' }).click();
	await page.getByRole('heading', { name, exact: true }).waitFor();
}

describe('across the table', () => {
	it.each(['light', 'dark'] as const)('the QR code on the screen is the link, in a %s room', async (colorScheme) => {
		await laptop.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		const { link, page } = await invite('Jonas Wirth');
		const code = page.getByRole('img', { name: 'QR-Code der Einladung für Jonas Wirth' });
		expect(await readQrCode(code)).toBe(link);
		expect((await code.boundingBox())?.width).toBeGreaterThanOrEqual(280);

		const phone = await open({ size: 'phone' });
		await phone.page.goto(link.slice(laptop.origin.length));
		await phone.page.getByRole('button', { name: 'Ja, ich bin Jonas Wirth' }).click();
		await isIn(phone.page, 'Jonas Wirth');
	});

	it('on a phone the code can be scanned too', async () => {
		const phone = await open({ member: mara, size: 'phone' });
		await phone.page.goto('/more/device');
		await phone.page.getByRole('button', { name: 'Gerät hinzufügen' }).click();
		const link = await phone.page.getByLabel('Link', { exact: true }).inputValue();
		const picture = phone.page.getByRole('img', { name: /^QR-Code/ });
		expect(await readQrCode(picture)).toBe(link);
		expect((await picture.boundingBox())?.width).toBeGreaterThanOrEqual(280);
	});
});

describe('into an installed app', () => {
	it('a fresh one asks for the code, and from there to a roster it is less than a minute', async () => {
		await writeActionDay(server, mara);
		const { code } = await invite('Jonas Wirth');
		const { page } = await openInstalled();
		const begun = performance.now();
		await page.goto('/');
		await page.getByRole('heading', { level: 1, name: 'Willkommen bei Mitschrift' }).waitFor();
		await page.getByText('Noch keine Einladung?').waitFor();
		// As somebody types it who reads it off another screen: small letters, an o for the zero.
		await page.getByLabel('Code oder Link').pressSequentially(code.toLowerCase().replaceAll('0', 'o'), { delay: 120 });
		await page.getByRole('button', { name: 'Weiter' }).click();
		await page.getByRole('button', { name: 'Ja, ich bin Jonas Wirth' }).click();
		await page.getByRole('link', { name: 'Schichten', exact: true }).click();
		await page.getByRole('link', { name: actionDay.title }).first().click();
		await page.getByText(actionDay.note).filter({ visible: true }).first().waitFor();
		const seconds = (performance.now() - begun) / 1000;
		console.info(`first visit to reading a roster, by code: ${seconds.toFixed(1)} s`);
		expect(seconds).toBeLessThan(60);
	});

	it('the browser beside it is told to install first, and the code works there once', async () => {
		const { link, code } = await invite('Jonas Wirth');
		const safari = await open({ size: 'phone', context: { userAgent: iPhone } });
		await safari.page.goto(link.slice(laptop.origin.length));
		await safari.page.getByText('gib den Code ein, der bei deiner Einladung steht').waitFor();
		const app = await openInstalled();
		await app.page.goto('/');
		await typeCode(app.page, code);
		await app.page.getByRole('button', { name: 'Ja, ich bin Jonas Wirth' }).click();
		await isIn(app.page, 'Jonas Wirth');
		await safari.page.reload();
		await safari.page.getByText('Diese Einladung wurde schon benutzt.').waitFor();
	});

	it('a code that nobody was given, and one that is none, are told apart', async () => {
		const { page } = await openInstalled();
		await page.goto('/');
		await typeCode(page, '7K2QM 9XH4');
		await page.getByText('So sieht kein Code aus').waitFor();
		await typeCode(page, '7K2QM 9XH4P');
		await page.getByRole('heading', { name: 'Diesen Code kennt der Server nicht' }).waitFor();
		await page.getByText('Eingegeben ist 7K2QM 9XH4P.').waitFor();
	});
});

describe('devices', () => {
	it('one more is paired from one that is in, named, and a lost one signed out from another', async () => {
		const jonas = await server.admit(mara, 'Jonas Wirth', 'board');
		const desk = await open({ member: jonas });
		const { page } = desk;
		await page.goto('/more/device');
		await page.getByRole('button', { name: 'Gerät hinzufügen' }).click();
		const code = await page.getByRole('dialog').locator('[data-code]').innerText();
		const phone = await openInstalled();
		await phone.page.goto('/');
		await typeCode(phone.page, code);
		await phone.page.getByRole('button', { name: 'Ja, ich bin Jonas Wirth' }).click();
		await isIn(phone.page, 'Jonas Wirth');
		await page.getByRole('dialog').getByRole('button', { name: 'Schließen' }).click();

		const list = page.getByRole('list', { name: 'Deine Geräte' });
		await list.getByText('iPhone', { exact: true }).waitFor();
		expect(await list.getByRole('listitem').count()).toBe(2);
		await page.getByRole('button', { name: 'iPhone: was tun?' }).click();
		await page.getByRole('menuitem', { name: 'Umbenennen' }).click();
		await page.getByRole('dialog').getByLabel('Name des Geräts').fill('Telefon');
		await page.getByRole('button', { name: 'Speichern' }).click();
		await list.getByText('Telefon', { exact: true }).waitFor();

		await page.getByRole('button', { name: 'Telefon: was tun?' }).click();
		await page.getByRole('menuitem', { name: 'Abmelden' }).click();
		await page.getByRole('dialog').getByRole('button', { name: 'Abmelden' }).click();
		await list.getByText('Telefon', { exact: true }).waitFor({ state: 'detached' });
		expect(await list.getByRole('listitem').count()).toBe(1);
		// Its socket was closed, so the phone asks by itself, and learns that it is out.
		await phone.page.getByLabel('Code oder Link').waitFor();
		expect((await server.ask('GET', '/api/session', { as: jonas })).status).toBe(200);
	});

	it('an administrator sees everyone’s and signs one out', async () => {
		const jonas = await server.admit(mara, 'Jonas Wirth', 'board');
		const { page } = laptop;
		await page.goto('/more/devices');
		await page.getByRole('heading', { name: 'Jonas Wirth', exact: true }).waitFor();
		const card = page.locator('section', { has: page.getByRole('heading', { name: 'Jonas Wirth', exact: true }) });
		await card.getByRole('button', { name: /was tun/ }).click();
		await page.getByRole('menuitem', { name: 'Abmelden' }).click();
		await page
			.getByRole('dialog', { name: /von Jonas Wirth abmelden/ })
			.getByRole('button', { name: 'Abmelden' })
			.click();
		await page.getByRole('heading', { name: 'Jonas Wirth', exact: true }).waitFor({ state: 'detached' });
		expect((await server.ask('GET', '/api/session', { as: jonas })).status).toBe(401);
	});

	it('one whose session ran out keeps what it had not sent, and sends it once it is paired again', async () => {
		await writeActionDay(server, mara);
		const jonas = await server.admit(mara, 'Jonas Wirth', 'board');
		const phone = await open({ member: jonas, size: 'phone' });
		const { page } = phone;
		await page.goto('/meetings/meeting1/agenda');
		await page.getByLabel('Neuer TOP').waitFor();
		phone.cutCable();
		await page.getByLabel('Neuer TOP').fill('Heizung im Büro');
		await page.getByLabel('Neuer TOP').press('Enter');
		await page.getByRole('button', { name: /1 wartet/ }).waitFor();
		silence(jonas);
		phone.mendCable();
		await page.getByRole('heading', { level: 1, name: 'Die Anmeldung ist beendet' }).waitFor();
		const again = await server.ask<NewInvitation>('POST', '/api/invitations', {
			as: mara,
			body: { personId: jonas.person.id },
		});
		await typeCode(page, again.body.code);
		await page.getByRole('button', { name: 'Ja, ich bin Jonas Wirth' }).click();
		await laptop.page.goto('/meetings/meeting1/agenda');
		const titles = () =>
			laptop.page.locator('main textarea').evaluateAll((all) => all.map((one) => (one as HTMLTextAreaElement).value));
		await expect.poll(titles, { timeout: 30_000 }).toContain('Heizung im Büro');
	});

	/** As if the device had not been heard of for a hundred days. */
	function silence({ person }: Member): void {
		const database = new DatabaseSync(path.join(server.folder, 'mitschrift.sqlite'), { timeout: 5000 });
		const then = Date.now() - 100 * 24 * 3_600_000;
		database.prepare('UPDATE device SET seen_at = ? WHERE person_id = ?').run(then, person.id);
		database.close();
	}
});

it('the last administrator, locked out, gets in by a command on the server', async () => {
	await server.ask('DELETE', '/api/session', { as: mara });
	await laptop.page.goto('/');
	await laptop.page.getByRole('heading', { level: 1, name: 'Willkommen bei Mitschrift' }).waitFor();
	const env = { ...process.env, MITSCHRIFT_DATA: server.folder, MITSCHRIFT_ORIGIN: laptop.origin };
	const { stdout } = spawnSync(runtime, ['server/let-in.ts'], { cwd: root, env, encoding: 'utf8' });
	await laptop.page.getByLabel('Code oder Link').fill(stdout.split('\n')[0] ?? '');
	await laptop.page.getByRole('button', { name: 'Weiter' }).click();
	await laptop.page.getByRole('button', { name: 'Ja, ich bin Mara Lindner' }).click();
	await isIn(laptop.page, 'Mara Lindner');
});
