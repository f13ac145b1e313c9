/** What was deleted is not on a device any more after its next sync: its rows are read past the app, byte by byte. */
import { databasePrefixOf } from '#lib/sync/device-database.ts';
import { SeenStates } from '#lib/sync/seen-states.ts';
import { IDBFactory } from 'fake-indexeddb';
import { expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import { serveRelay } from '../relay/serve-relay.ts';
import { fetchFrom, openDevice, untilSaved, untilText } from '../support/peers.ts';

const secret = 'Geheimnis der Kassenprüfung';

function textOf(value: unknown): string {
	if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
	if (typeof value !== 'object' || value === null) return String(value);
	return Object.values(value).map(textOf).join(' ');
}

/** Every byte of every row of a device, as text. */
async function bytesOf(factory: IDBFactory, prefix: string): Promise<string> {
	const found: string[] = [];
	for (const { name } of await factory.databases()) {
		if (!name?.startsWith(prefix)) continue;
		const db = await new Promise<IDBDatabase>((resolve) => {
			const opening = factory.open(name);
			opening.onsuccess = () => resolve(opening.result);
		});
		for (const store of db.objectStoreNames) {
			const rows = await new Promise<unknown[]>((resolve) => {
				const all = db.transaction(store).objectStore(store).getAll();
				all.onsuccess = () => resolve(all.result as unknown[]);
			});
			for (const row of rows) found.push(textOf(row));
		}
		db.close();
	}
	return found.join('\n');
}

test('a device that was away when something was deleted has it no more after its next sync', async () => {
	const served = await serveRelay();
	onTestFinished(() => served.stop());
	const [desk, phone] = [new IDBFactory(), new IDBFactory()];
	const open = (indexedDB: IDBFactory, person: string) =>
		openDevice({ url: served.url, indexedDB, storagePrefix: person, personId: person });

	const writer = open(desk, 'ada');
	const written = writer.open('minutes:m1');
	await untilSaved(written);
	written.doc.getText('t').insert(0, `Anfang ${secret} Ende`);
	await untilSaved(written);
	const reader = open(phone, 'ben');
	const seen = reader.open('minutes:m1');
	await untilText(seen, 't', `Anfang ${secret} Ende`);
	await untilSaved(seen);
	await reader.close();
	expect(await bytesOf(phone, databasePrefixOf('ben', 'ben'))).toContain(secret);

	written.doc.getText('t').delete(7, secret.length + 1);
	await untilSaved(written);
	await writer.close();

	const again = open(phone, 'ben');
	const synced = again.open('minutes:m1');
	await untilText(synced, 't', 'Anfang Ende');
	await untilSaved(synced);
	await again.close();
	const left = await bytesOf(phone, databasePrefixOf('ben', 'ben'));
	expect(left).toContain('Anfang');
	expect(left).not.toContain('Geheimnis');
	expect(await bytesOf(desk, databasePrefixOf('ada', 'ada')), 'nor where it was deleted').not.toContain('Geheimnis');
});

test('what a page can still undo is in its memory and not on the device', async () => {
	const served = await serveRelay();
	onTestFinished(() => served.stop());
	const desk = new IDBFactory();
	const writer = openDevice({ url: served.url, indexedDB: desk, storagePrefix: 'ada', personId: 'ada' });
	const written = writer.open('minutes:m1');
	await untilSaved(written);
	const text = written.doc.getText('t');
	const undoing = new Y.UndoManager(text, { captureTimeout: 0 });
	text.insert(0, `Anfang ${secret} Ende`);
	text.delete(7, secret.length + 1);
	await untilSaved(written);
	// As the other documents do when they are released, and this one after a while.
	await expect
		.poll(() => bytesOf(desk, databasePrefixOf('ada', 'ada')), { timeout: 15_000 })
		.not.toContain('Geheimnis');
	undoing.undo();
	expect(text.toJSON()).toBe(`Anfang ${secret} Ende`);
	await writer.close();
	expect(await bytesOf(desk, databasePrefixOf('ada', 'ada')), 'what was undone is kept again').toContain('Geheimnis');
});

test('a page that ended before its rows were rewritten is made up for at the next start', async () => {
	const served = await serveRelay();
	onTestFinished(() => served.stop());
	const desk = new IDBFactory();
	const open = () => openDevice({ url: served.url, indexedDB: desk, storagePrefix: 'ada', personId: 'ada' });
	const first = open();
	const written = first.open('minutes:m1');
	await untilSaved(written);
	written.doc.getText('t').insert(0, `Anfang ${secret}`);
	written.doc.getText('t').delete(7, secret.length);
	await untilSaved(written);
	// As it was when the page was killed: nobody closed it.
	await expect.poll(() => bytesOf(desk, databasePrefixOf('ada', 'ada'))).toContain('Geheimnis');
	const left = open();
	const again = left.open('minutes:m1');
	await untilSaved(again);
	await left.close();
	expect(await bytesOf(desk, databasePrefixOf('ada', 'ada'))).not.toContain('Geheimnis');
	await first.close();
});

test('once it is erased at the server, what the device kept of its last visits goes too, and an open visit brings nothing back', async () => {
	const served = await serveRelay();
	onTestFinished(() => served.stop());
	const phone = new IDBFactory();
	const seen = new SeenStates({ prefix: databasePrefixOf('ben', 'ben'), factory: () => phone });
	const listed: { name: string; version: number; erased?: { at: string; version: number } } = {
		name: 'minutes:m1',
		version: 1,
	};
	const device = () =>
		openDevice({
			url: served.url,
			indexedDB: phone,
			storagePrefix: 'ben',
			personId: 'ben',
			fetch: fetchFrom({
				'/api/documents': () => ({ status: 200, body: { documents: [listed] } }),
			}),
		});
	const first = device();
	const handle = first.open('minutes:m1');
	await untilSaved(handle);
	handle.doc.getText('t').insert(0, `Anfang ${secret}`);
	await untilSaved(handle);
	const then = { state: Y.encodeStateAsUpdate(handle.doc), at: 1 };
	await seen.write({ name: 'minutes:m1', before: then, last: then });
	handle.doc.getText('t').delete(7, secret.length);
	await untilSaved(handle);
	await first.close();
	expect(await bytesOf(phone, databasePrefixOf('ben', 'ben')), 'a visit is kept').toContain('Geheimnis');

	const erased = { at: '2025-01-09T18:00:00.000Z', version: 1 };
	listed.erased = erased;
	const next = device();
	await expect.poll(() => bytesOf(phone, databasePrefixOf('ben', 'ben'))).not.toContain('Geheimnis');
	expect(await seen.read('minutes:m1')).toMatchObject({ before: null, last: null, erased: erased.at });
	await next.close();
	// The page of before knows of no erasure.
	await seen.write({ name: 'minutes:m1', before: then, last: { state: Y.encodeStateAsUpdate(new Y.Doc()), at: 2 } });
	expect(await bytesOf(phone, databasePrefixOf('ben', 'ben'))).not.toContain('Geheimnis');
	await seen.close();
});
