import { afterEach, expect, test } from 'vitest';
import { connectStock, digest, type StockClient, untilTrue, whenSynced } from './stock-client.ts';
import { type ServedRelay, serveRelay } from './serve-relay.ts';

let served: ServedRelay;
const clients: StockClient[] = [];

afterEach(async () => {
	for (const client of clients.splice(0)) client.stop();
	await served.stop();
});

function join(as: string, name = 'agenda:a1', doc?: StockClient['doc']): StockClient {
	const client = connectStock(served.url, name, as, doc);
	clients.push(client);
	return client;
}

test('two stock clients write at once and see the same', async () => {
	served = await serveRelay();
	const [ada, ben] = [join('board:ada'), join('board:ben')];
	await Promise.all([whenSynced(ada), whenSynced(ben)]);
	ada.doc.getText('t').insert(0, 'Plakate ');
	ben.doc.getText('t').insert(0, 'Termine ');
	const both = (text: string) => text.includes('Plakate ') && text.includes('Termine ');
	await untilTrue([ada.doc, ben.doc], () => [ada, ben].every(({ doc }) => both(doc.getText('t').toJSON())));
	expect(digest(ada.doc)).toBe(digest(ben.doc));
});

test('work done offline arrives, also when one goes on typing while connecting', async () => {
	served = await serveRelay();
	const ada = join('board:ada');
	await whenSynced(ada);
	ada.provider.disconnect();
	ada.doc.getText('t').insert(0, 'offline ');
	// Sent as an update of its own before the client has answered the relay's SyncStep1: it builds on what is not there.
	ada.provider.on('status', ({ status }) => {
		if (status === 'connected') ada.doc.getText('t').insert(8, 'weiter ');
	});
	ada.provider.connect();
	await whenSynced(ada);
	const ben = join('board:ben');
	await untilTrue([ben.doc], () => ben.doc.getText('t').toJSON() === 'offline weiter ');
	expect(served.events.filter(({ event }) => event === 'closed')).toEqual([]);
});

test('each sees that the other is there, as the person of the session, and that they leave', async () => {
	served = await serveRelay();
	const [ada, ben] = [join('board:ada'), join('board:ben')];
	ada.provider.awareness.setLocalState({ user: { id: 'ben', name: 'Ben' }, cursor: 7 });
	const seen = () => ben.provider.awareness.getStates().get(ada.doc.clientID);
	await new Promise<void>((resolve) => {
		ben.provider.awareness.on('change', () => seen()?.['cursor'] === 7 && resolve());
	});
	expect(seen()).toEqual({ user: { id: 'ada' }, cursor: 7 });
	const gone = new Promise<void>((resolve) => {
		ben.provider.awareness.on('change', () => seen() === undefined && resolve());
	});
	ada.provider.disconnect();
	await gone;
});

test('what was written is there for whoever comes after a restart', async () => {
	served = await serveRelay();
	const ada = join('board:ada');
	await whenSynced(ada);
	const ben = join('board:ben');
	await whenSynced(ben);
	ada.doc.getText('t').insert(0, 'bleibt');
	await untilTrue([ben.doc], () => ben.doc.getText('t').toJSON() === 'bleibt');
	await served.relay.close();
	const again = await serveRelay({ store: served.store });
	const cleo = connectStock(again.url, 'agenda:a1', 'member:cleo');
	clients.push(cleo);
	await whenSynced(cleo);
	expect(cleo.doc.getText('t').toJSON()).toBe('bleibt');
	await again.relay.close();
});
