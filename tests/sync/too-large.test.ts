/**
 * A single value that no frame carries, and that nothing in the app makes: the device that has it says so, keeps it and
 * everything else, and does not try it again and again. Once it is deleted all the rest is saved.
 */
import { IDBFactory } from 'fake-indexeddb';
import { expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import { toDocument } from '../../server/relay/document-state.ts';
import { connectStock, untilTrue } from '../relay/stock-client.ts';
import { type ServedRelay, serveRelay } from '../relay/serve-relay.ts';
import { openDevice, socketAs, untilSaved, untilStatus, untilText } from '../support/peers.ts';

const large = 'x'.repeat(5 * 1024 * 1024);

async function relay(): Promise<ServedRelay> {
	const served = await serveRelay();
	onTestFinished(() => served.stop());
	return served;
}

/** A device that counts how often it connects. */
function counting(served: ServedRelay) {
	const made = { sockets: 0 };
	const Socket = socketAs('board', 'mara') as new (url: string) => WebSocket;
	class CountedSocket extends Socket {
		constructor(url: string) {
			super(url);
			made.sockets++;
		}
	}
	const workspace = openDevice({ url: served.url, WebSocket: CountedSocket as typeof WebSocket });
	onTestFinished(() => workspace.close());
	return { mara: workspace.open('minutes:m1'), workspace, made };
}

const contentOf = async ({ store }: ServedRelay) => toDocument(await store.load('minutes:m1'));

test.each<[string, (doc: Y.Doc) => void, (doc: Y.Doc) => void]>([
	['a string', (doc) => doc.getMap('m').set('big', large), (doc) => doc.getMap('m').delete('big')],
	[
		'an object in a text',
		(doc) => doc.getText('big').insertEmbed(0, { image: large }),
		(doc) => doc.getText('big').delete(0, 1),
	],
])('%s: said, kept, not tried for ever, and what is beside it is saved without it', async (_, make, remove) => {
	const served = await relay();
	const { mara, workspace, made } = counting(served);
	await untilSaved(mara);
	const undo = new Y.UndoManager([mara.doc.getMap('m'), mara.doc.getText('big')]);
	make(mara.doc);
	await untilStatus(mara, ({ refusal }) => refusal === 'too-large');
	const connected = made.sockets;
	mara.doc.getText('t').insert(0, 'daneben');
	expect(mara.status).toMatchObject({ waiting: 2, saved: false, connection: 'offline', refusal: 'too-large' });
	expect(workspace.status.state).toBe('offline');
	await untilStatus(mara, ({ keeping }) => keeping === 'kept');

	const jonas = openDevice({ url: served.url, personId: 'jonas' });
	onTestFinished(() => jonas.close());
	const his = jonas.open('minutes:m1');
	for (let count = 0; count < 20; count++) {
		his.doc.getText('his').insert(0, 'y');
		await untilSaved(his);
	}
	expect(made.sockets).toBe(connected);
	expect(served.events.filter(({ event, details }) => event === 'closed' || details['error'])).toEqual([]);

	remove(mara.doc);
	expect(await untilSaved(mara)).toMatchObject({ waiting: 0, refusal: null });
	const after = await contentOf(served);
	expect([after.getText('t').toJSON(), after.getMap('m').toJSON()]).toEqual(['daneben', {}]);
	expect(after.getText('his').length).toBe(20);
	expect(Y.encodeStateAsUpdate(after).length).toBeLessThan(10_000);
	// The page still keeps it, to undo that: then it is the same again.
	undo.undo();
	await untilStatus(mara, ({ refusal }) => refusal === 'too-large');
});

test('the page when it is opened again says the same, and has lost nothing', async () => {
	const served = await relay();
	const storage = new IDBFactory();
	const open = () => openDevice({ url: served.url, indexedDB: storage, storagePrefix: 'same' });
	const first = open();
	const before = first.open('minutes:m1');
	await untilSaved(before);
	before.doc.getMap('m').set('big', large);
	await untilStatus(before, ({ refusal }) => refusal === 'too-large');
	await first.close();
	const second = open();
	onTestFinished(() => second.close());
	const again = second.open('minutes:m1');
	await untilStatus(again, ({ refusal }) => refusal === 'too-large');
	expect(again.doc.getMap('m').get('big')).toBe(large);
	expect(again.status).toMatchObject({ saved: false, waiting: 1 });
});

test('a stock client with more than a frame: closed with 1009, keeps it, disturbs nobody, and is heard once it has less', async () => {
	const served = await relay();
	const doc = new Y.Doc();
	doc.getMap('m').set('big', large);
	const stock = connectStock(served.url, 'minutes:m1', 'board:stock', doc);
	onTestFinished(() => stock.stop());
	const codes: number[] = [];
	const closed = (times: number) =>
		new Promise<void>((resolve) => {
			stock.provider.on('connection-close', (event) => {
				if (event) codes.push(event.code);
				if (codes.length === times) resolve();
			});
		});
	await closed(2);
	expect(codes).toEqual([1009, 1009]);
	const device = openDevice({ url: served.url });
	onTestFinished(() => device.close());
	const mara = device.open('minutes:m1');
	mara.doc.getText('t').insert(0, 'Beschluss');
	await untilSaved(mara);
	expect(doc.getMap('m').get('big')).toBe(large);
	doc.getMap('m').delete('big');
	doc.getText('u').insert(0, 'danach');
	await untilText(mara, 'u', 'danach');
	await untilTrue([doc], () => doc.getText('t').toJSON() === 'Beschluss');
	expect(new Set(codes)).toEqual(new Set([1009]));
});
