/** "Saved" is said only of what the relay has on disk. */
import { expect, onTestFinished, test } from 'vitest';
import { untilSaved, openDevice, untilStatus, untilText } from '../support/peers.ts';
import { serveRelay } from '../relay/serve-relay.ts';

async function relay() {
	const served = await serveRelay();
	onTestFinished(() => served.stop());
	return served;
}

function device(options: Parameters<typeof openDevice>[0]) {
	const workspace = openDevice(options);
	onTestFinished(() => workspace.close());
	return workspace;
}

test('two people write and both are told that it is saved', async () => {
	const { url } = await relay();
	const mara = device({ url }).open('bulletin:b1');
	const jonas = device({ url, personId: 'jonas' }).open('bulletin:b1');
	mara.doc.getText('t').insert(0, 'Hallo');
	expect(mara.status).toMatchObject({ waiting: 1, saved: false });
	await untilText(jonas, 't', 'Hallo');
	await untilSaved(mara);
	await untilSaved(jonas);
	jonas.doc.getText('t').insert(5, ' du');
	expect(jonas.status).toMatchObject({ waiting: 1, saved: false });
	await untilText(mara, 't', 'Hallo du');
	expect(await untilSaved(jonas)).toMatchObject({ waiting: 0, everSynced: true, keeping: 'kept' });
});

test('a reader is saved when the content has arrived, and contributes nothing', async () => {
	const { url } = await relay();
	const mara = device({ url }).open('roster:r1');
	mara.doc.getText('t').insert(0, 'Stand');
	await untilSaved(mara);
	const member = device({ url, role: 'member', personId: 'kim' }).open('roster:r1');
	await untilText(member, 't', 'Stand');
	expect(await untilSaved(member)).toMatchObject({ connection: 'online', refusal: null });
});

test('offline the changes are counted, also after a restart', async () => {
	const { url, stop } = await serveRelay();
	await stop();
	const { IDBFactory } = await import('fake-indexeddb');
	const indexedDB = new IDBFactory();
	const first = openDevice({ url, indexedDB, storagePrefix: 'd' });
	const handle = first.open('minutes:m1');
	await handle.whenLoaded;
	handle.doc.getText('t').insert(0, 'a');
	handle.doc.getText('t').insert(1, 'b');
	await untilStatus(first, ({ state }) => state === 'offline');
	expect(first.status.waiting).toBe(2);
	await first.close();
	const second = device({ url, indexedDB, storagePrefix: 'd' });
	await untilStatus(second, ({ waiting }) => waiting === 2);
	expect(second.status.state).not.toBe('saved');
	const again = second.open('minutes:m1');
	await again.whenLoaded;
	expect(again.doc.getText('t').toJSON()).toBe('ab');
	expect(again.status).toMatchObject({ waiting: 2, saved: false });
});
