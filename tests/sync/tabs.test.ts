/** Two tabs of one browser: one store, one channel, two sockets, and no tab promises what only the other one sent. */
import { IDBFactory } from 'fake-indexeddb';
import { expect, onTestFinished, test } from 'vitest';
import { serveRelay } from '../relay/serve-relay.ts';
import { openDevice, untilSaved, untilStatus, untilText, type DeviceOptions } from '../support/peers.ts';
import { serveScript } from '../support/scripted-relay.ts';

const nowhere = 'ws://127.0.0.1:9/sync';

function tabOf(indexedDB: IDBFactory, options: Partial<DeviceOptions> = {}) {
	const tab = openDevice({ url: nowhere, indexedDB, storagePrefix: 'browser', ...options });
	onTestFinished(() => tab.close());
	return tab;
}

test('without a network they still see each other, text and presence', async () => {
	const storage = new IDBFactory();
	const first = tabOf(storage).open('bulletin:b1');
	await first.whenLoaded;
	first.doc.getText('t').insert(0, 'eins');
	const second = tabOf(storage).open('bulletin:b1');
	await untilText(second, 't', 'eins');
	second.doc.getText('t').insert(4, ' zwei');
	await untilText(first, 't', 'eins zwei');
	const seen = new Promise<void>((resolve) => {
		first.awareness.on('change', () => {
			if (first.awareness.getStates().get(second.doc.clientID)?.['user']) resolve();
		});
	});
	second.awareness.setLocalStateField('user', { id: 'mara' });
	await seen;
});

test('another tab sees what was written when it is painted here, the last of a tab that closes too', async () => {
	const painted: (() => void)[] = [];
	const writing = tabOf(new IDBFactory(), { afterPaint: (work) => painted.push(work) });
	const [first, second] = [writing.open('bulletin:b1'), tabOf(new IDBFactory()).open('bulletin:b1')];
	await Promise.all([first.whenLoaded, second.whenLoaded]);
	first.doc.getText('t').insert(0, 'eins');
	expect(painted.length).toBeGreaterThan(0);
	painted.splice(0).forEach((work) => work());
	await untilText(second, 't', 'eins');
	first.doc.getText('t').insert(4, ' zwei');
	await writing.close();
	await untilText(second, 't', 'eins zwei');
});

test('a tab without storage gets from the other what is nowhere else', async () => {
	const first = tabOf(new IDBFactory()).open('bulletin:b1');
	await first.whenLoaded;
	first.doc.getText('t').insert(0, 'eins');
	const second = tabOf(new IDBFactory()).open('bulletin:b1');
	await untilText(second, 't', 'eins');
});

test('what the other tab wrote is saved only when the relay has confirmed it on this socket', async () => {
	const script = await serveScript((connection) => (connection.ask(), connection.sendContent()));
	onTestFinished(() => script.stop());
	const storage = new IDBFactory();
	const first = tabOf(storage, { url: script.url }).open('bulletin:b1');
	const mine = await script.connection(0);
	await mine.until(1);
	mine.acknowledge(1);
	await untilSaved(first);
	const second = tabOf(storage).open('bulletin:b1');
	await second.whenLoaded;
	second.doc.getText('t').insert(0, 'from the tab without a network');
	await untilText(first, 't', 'from the tab without a network');
	expect(first.status).toMatchObject({ saved: false, connection: 'online', waiting: 0 });
	await mine.until(2);
	mine.acknowledge(2);
	await untilSaved(first);
	expect(second.status).toMatchObject({ saved: false, waiting: 1 });
});

test('work that a closed tab left behind is sent by the next one, and then no longer counted', async () => {
	const served = await serveRelay();
	onTestFinished(() => served.stop());
	const storage = new IDBFactory();
	const offline = openDevice({ url: nowhere, indexedDB: storage, storagePrefix: 'browser' });
	const left = offline.open('bulletin:b1');
	await left.whenLoaded;
	left.doc.getText('t').insert(0, 'left');
	await offline.close();
	// Nobody opens the document: the background does, because its work waits.
	const next = tabOf(storage, { url: served.url });
	await untilStatus(next, ({ waiting }) => waiting === 1);
	await untilStatus(next, ({ waiting, state }) => waiting === 0 && state === 'saved');
	const other = tabOf(new IDBFactory(), { url: served.url, personId: 'jonas' }).open('bulletin:b1');
	await untilText(other, 't', 'left');
	await next.close();
	const restarted = tabOf(storage);
	const handle = restarted.open('bulletin:b1');
	await handle.whenLoaded;
	expect(handle.status.waiting).toBe(0);
	expect(handle.doc.getText('t').toJSON()).toBe('left');
});
