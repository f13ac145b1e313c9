/** What was deleted is not on a device any more after its next sync: its rows are read past the app, byte by byte. */
import { databasePrefixOf } from '#lib/sync/device-database.ts';
import { IDBFactory } from 'fake-indexeddb';
import { expect, onTestFinished, test } from 'vitest';
import { serveRelay } from '../relay/serve-relay.ts';
import { openDevice, untilSaved, untilText } from '../support/peers.ts';

const secret = 'Geheimnis der Kassenprüfung';

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
			for (const row of rows) if (row instanceof Uint8Array) found.push(Buffer.from(row).toString('utf8'));
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
