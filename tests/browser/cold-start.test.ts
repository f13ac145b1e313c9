/** Journey 6, first half: every route opens from nothing but the device. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actionDay, agendaItem, meetingId, writeActionDay } from '../support/action-day.ts';
import { openDevice, type Device } from '../support/browser.ts';
import { startTestServer, type Member, type TestServer } from '../support/server.ts';

/** A place, and something that it shows only when it really works. */
const routes: [path: string, shows: string][] = [
	['/', 'Vorstandssitzung'],
	['/meetings', 'Vorstandssitzung'],
	[`/meetings/${meetingId}`, 'Geschäftsstelle'],
	[`/meetings/${meetingId}/agenda`, agendaItem],
	[`/meetings/${meetingId}/minutes`, agendaItem],
	['/rosters', actionDay.title],
	[`/rosters/${actionDay.id}`, actionDay.station],
	['/bulletins', 'Rundbriefe'],
	['/more', 'Stadtverband Auenbrück'],
	['/more/people', 'Jonas Wirth'],
	['/more/device', 'gerade offline'],
	['/setup', 'Der richtige Link steht in der Ausgabe des Servers'],
	['/join', 'Mit einer Einladung anmelden'],
];

let server: TestServer;
let board: Member;
let laptop: Device;

beforeAll(async () => {
	server = await startTestServer();
	board = await server.setUp('Mara Lindner', 'Stadtverband Auenbrück');
	await server.admit(board, 'Jonas Wirth', 'member');
	await writeActionDay(server, board);
	laptop = await openDevice(null, { server, member: board, keeps: true });
	await laptop.page.goto('/more/device');
	await laptop.page.getByText(/^(\d+) von \1 Dokumenten sind auf diesem Gerät\.$/).waitFor();
	await laptop.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
	await laptop.goOffline();
	await laptop.restart();
});
afterAll(async () => {
	await laptop.close();
	await server.close();
});

/** What a person can read there, fields included. */
function readingOf(page: Page): Promise<string> {
	return page.locator('#content').evaluate((content: HTMLElement) => {
		const fields = [...content.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')];
		return [content.innerText, ...fields.map(({ value }) => value)].join('\n');
	});
}

describe('without a network and after a restart', () => {
	it.each(routes)('%s opens', async (path, shows) => {
		await laptop.page.goto(path);
		await expect.poll(() => readingOf(laptop.page), { timeout: 20_000 }).toContain(shows);
		expect(laptop.faults).toEqual([]);
	});

	it('says that it is offline, and that work is kept here', async () => {
		await laptop.page.goto('/');
		await laptop.page.getByText('Offline – auf diesem Gerät gespeichert').filter({ visible: true }).first().waitFor();
	});

	it('leaves the server’s own paths alone', async () => {
		const failed = await laptop.page.evaluate(() =>
			fetch('/api/session').then(
				(response) => `answered ${response.status}`,
				() => 'not reached',
			),
		);
		expect(failed).toBe('not reached');
	});
});
