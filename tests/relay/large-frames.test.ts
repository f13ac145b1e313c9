/** Large frames over real sockets: each has a turn of the event loop of its own, and is heard although its sender is gone. */
import { messageAck } from '#lib/protocol/messages.ts';
import { expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import { toDocument } from '../../server/relay/document-state.ts';
import { encodeUpdate } from '../../server/relay/frames.ts';
import { openRaw, type RawSocket } from './raw-socket.ts';
import { typing } from './scripted-peer.ts';
import { serveRelay } from './serve-relay.ts';

const letters = 20_000;

/** What is sent at once comes in as few pieces as the network takes. */
function sendAtOnce({ socket }: RawSocket, frames: readonly Uint8Array[]): void {
	const wire = (socket as unknown as { _socket: { cork(): void; uncork(): void } })._socket;
	wire.cork();
	for (const frame of frames) socket.send(frame);
	wire.uncork();
}

test('of all large frames that came, one is heard in a turn of the event loop', async () => {
	let [turn, counting] = [0, true];
	const count = () => void (turn++, counting && setImmediate(count));
	setImmediate(count);
	const heard: number[] = [];
	const health = {
		// Asked for each contribution, when it is heard.
		get trouble() {
			heard.push(turn);
			return null;
		},
		onChange: () => () => {},
	};
	const served = await serveRelay({ health });
	onTestFinished(async () => {
		counting = false;
		await served.stop();
	});
	const raws = await Promise.all(
		Array.from({ length: 4 }, (_, at) => openRaw(`${served.url}/agenda:a1?as=board:p${at}&ack=1`)),
	);
	heard.length = 0;
	for (const raw of raws) {
		const doc = new Y.Doc();
		sendAtOnce(
			raw,
			Array.from({ length: 6 }, () => encodeUpdate(typing(doc, 'x'.repeat(letters)))),
		);
	}
	await Promise.all(raws.map((raw) => raw.until((frame) => frame[0] === messageAck && frame[1] === 6)));
	expect([heard.length, new Set(heard).size]).toEqual([24, 24]);
});

test('who says much and goes at once has said it all', async () => {
	const served = await serveRelay();
	onTestFinished(() => served.stop());
	const raws = await Promise.all(
		Array.from({ length: 40 }, (_, at) => openRaw(`${served.url}/agenda:a1?as=board:p${at}`)),
	);
	for (const raw of raws) {
		const doc = new Y.Doc();
		sendAtOnce(
			raw,
			Array.from({ length: 2 }, () => encodeUpdate(typing(doc, 'x'.repeat(letters)))),
		);
		raw.socket.close();
	}
	await Promise.all(raws.map(({ closed }) => closed));
	// Their sockets are gone before all that they said is heard.
	while (served.relay.counts().connections > 0) await new Promise(setImmediate);
	await served.relay.close();
	expect(toDocument(await served.store.load('agenda:a1')).getText('t').length).toBe(40 * 2 * letters);
});
