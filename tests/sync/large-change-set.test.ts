/** What was written in weeks without a network may be more than one frame carries: it reaches the relay nevertheless. */
import { expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import { toDocument } from '../../server/relay/document-state.ts';
import { serveRelay } from '../relay/serve-relay.ts';
import { openDevice, socketAs, untilSaved, untilStatus } from '../support/peers.ts';

const megabyte = 1024 * 1024;

/** Twelve megabytes: texts, one of them longer than a frame, and many small changes that build on each other. */
function writeALot(doc: Y.Doc): number {
	const before = new Y.Doc();
	for (let at = 0; at < 12_000; at++) before.getText('t').insert(at % 2 === 0 ? 0 : before.getText('t').length, 'ab');
	for (let at = 0; at < 9000; at++) before.getText('t').delete(at, 1);
	// Another tab's work, which this one goes on with.
	Y.applyUpdate(doc, Y.encodeStateAsUpdate(before), 'tab');
	doc.getText('t').insert(5, 'ü'.repeat(3 * megabyte));
	for (let at = 0; at < 12; at++) doc.getMap('m').set(`notes${at}`, 'x'.repeat(megabyte / 2));
	for (let at = 0; at < 3000; at++) doc.getText('t').insert(at * 2, 'z');
	return 1 + 12 + 3000;
}

function contentOf(doc: Y.Doc): unknown {
	return [doc.getText('t').toJSON(), doc.getMap('m').toJSON()];
}

test('twelve megabytes written without a network are saved, and others get them', { timeout: 120_000 }, async () => {
	const served = await serveRelay();
	onTestFinished(() => served.stop());
	let online = false;
	// After each message of the relay: a page is told of several together, of how many depends on the machine.
	const waiting: number[] = [];
	function note(): void {
		if (!online || mara.status.waiting === waiting.at(-1)) return;
		waiting.push(mara.status.waiting);
		if (waiting.length === 4) mara.doc.getMap('m').set('meanwhile', true);
	}
	const Socket = socketAs('board', 'mara') as new (url: string) => WebSocket;
	class SometimesSocket extends Socket {
		constructor(url: string) {
			super(online ? url : url.replace(/:\d+/, ':1'));
			this.addEventListener('message', () => queueMicrotask(note));
		}
	}
	const workspace = openDevice({ url: served.url, WebSocket: SometimesSocket as typeof WebSocket });
	onTestFinished(() => workspace.close());
	const mara = workspace.open('minutes:m1');
	await mara.whenLoaded;
	const changes = writeALot(mara.doc);
	expect(Y.encodeStateAsUpdate(mara.doc).length).toBeGreaterThan(12 * megabyte);
	await untilStatus(mara, ({ connection }) => connection === 'offline');
	expect(mara.status).toMatchObject({ waiting: changes + 1, saved: false });

	online = true;
	await untilStatus(mara, ({ waiting }) => waiting < changes);
	expect(mara.status.saved).toBe(false);
	expect(await untilSaved(mara)).toMatchObject({ waiting: 0, refusal: null, connection: 'online' });

	// It went down step by step, but for what was written meanwhile.
	expect(waiting.length).toBeGreaterThan(30);
	expect(waiting.filter((count, at) => count > (waiting[at - 1] ?? Infinity)).length).toBeLessThanOrEqual(1);
	expect(served.events.filter(({ event }) => event === 'closed')).toEqual([]);
	expect(contentOf(toDocument(await served.store.load('minutes:m1')))).toEqual(contentOf(mara.doc));
	const jonas = openDevice({ url: served.url, personId: 'jonas' });
	onTestFinished(() => jonas.close());
	const his = jonas.open('minutes:m1');
	await untilSaved(his);
	expect(contentOf(his.doc)).toEqual(contentOf(mara.doc));
});
