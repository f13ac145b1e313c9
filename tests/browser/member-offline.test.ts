/** Journey 3: a member's phone in the cellar. */
import { limits } from '#lib/protocol/limits.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { actionDay, meetingId, writeActionDay } from '../support/action-day.ts';
import { openDevice, type Device } from '../support/browser.ts';
import { cookieHeader, startTestServer, type Member, type TestServer } from '../support/server.ts';

let server: TestServer;
let board: Member;
let member: Member;
let phone: Device;

beforeAll(async () => {
	server = await startTestServer();
	board = await server.setUp('Mara Lindner', 'Stadtverband Auenbrück');
	member = await server.admit(board, 'Jonas Wirth', 'member');
	await writeActionDay(server, board);
	phone = await openDevice(null, { server, member, size: 'phone', keeps: true });
});
afterAll(async () => {
	await phone.close();
	await server.close();
});

/** What the page says of the device: all that this role may see has been fetched. */
async function untilEverythingIsHere(): Promise<void> {
	const { page } = phone;
	await page.goto('/more/device');
	await page.getByText(/^(\d+) von \1 Dokumenten sind auf diesem Gerät\.$/).waitFor();
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
}

it('reads a roster never opened before, after a restart without network', async () => {
	await untilEverythingIsHere();
	await phone.goOffline();
	await phone.restart();
	const { page } = phone;
	await page.goto('/');
	await page.getByRole('navigation').getByRole('link', { name: 'Schichten' }).click();
	await page.getByRole('link', { name: actionDay.title }).click();
	await page.getByRole('heading', { level: 1, name: actionDay.title }).waitFor();
	await page.getByText(actionDay.note).filter({ visible: true }).first().waitFor();
	await page.getByText('Mara Lindner').filter({ visible: true }).first().waitFor();
	await page
		.getByText(/^Offline/)
		.filter({ visible: true })
		.first()
		.waitFor();
	expect(phone.faults).toEqual([]);
});

it('offers no way to minutes, and an address typed by hand shows nothing of them', async () => {
	const { page } = phone;
	await page.goto(`/meetings/${meetingId}`);
	await page.getByRole('heading', { name: 'Vorstandssitzung' }).waitFor();
	expect(await page.getByRole('link', { name: 'Protokoll' }).count()).toBe(0);
	await page.goto(`/meetings/${meetingId}/minutes`);
	await page
		.getByText(/Vorstand/)
		.first()
		.waitFor();
	expect(await page.getByRole('textbox').count(), 'nothing to write in').toBe(0);
	await page.goto('/');
	const stored = await page.evaluate(readWholeDevice);
	expect(stored, 'the roster is on the device').toContain(`roster:${actionDay.id}`);
	expect(stored, 'minutes are not').not.toContain(`minutes:${meetingId}`);
	expect(phone.faults).toEqual([]);
});

it('is refused minutes by a hand-made WebSocket, and listed none', async () => {
	expect((await server.documents(member)).map(({ name }) => name)).not.toContain(`minutes:${meetingId}`);
	expect((await server.documents(board)).map(({ name }) => name)).toContain(`minutes:${meetingId}`);
	expect(await statusOf(`minutes:${meetingId}`, member)).toBe(403);
	expect(await statusOf(`minutes:${meetingId}`, null)).toBe(401);
	expect(await statusOf(`minutes:${meetingId}`, board), 'the address is right').toBe(101);
});

/** What the server answers to somebody who asks for a document's connection. */
function statusOf(name: string, as: Member | null): Promise<number | undefined> {
	const headers = { origin: server.origin, ...(as && { cookie: cookieHeader(as) }) };
	const socket = new WebSocket(`${server.origin.replace('http', 'ws')}/sync/${name}`, {
		headers,
		maxPayload: limits.frameBytes,
	});
	const answer = Promise.withResolvers<number | undefined>();
	socket.on('unexpected-response', (_request, response) => answer.resolve(response.statusCode));
	socket.on('open', () => answer.resolve(101));
	socket.on('error', answer.reject);
	return answer.promise.finally(() => socket.terminate());
}

/** Names, keys and strings of everything in IndexedDB, as one text. */
async function readWholeDevice(): Promise<string> {
	const found: string[] = [];
	for (const { name } of await indexedDB.databases()) {
		if (!name) continue;
		const db = await new Promise<IDBDatabase>((resolve, reject) => {
			const request = indexedDB.open(name);
			request.onsuccess = () => resolve(request.result);
			request.onerror = () => reject(request.error);
		});
		found.push(name);
		for (const store of db.objectStoreNames) {
			const objects = db.transaction(store).objectStore(store);
			const read = <T>(request: IDBRequest<T>) =>
				new Promise<T>((resolve, reject) => {
					request.onsuccess = () => resolve(request.result);
					request.onerror = () => reject(request.error);
				});
			found.push(JSON.stringify(await read(objects.getAllKeys())), JSON.stringify(await read(objects.getAll())));
		}
		db.close();
	}
	return found.join('\n');
}
