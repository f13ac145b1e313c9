/**
 * The floor under a cold load, for `replay.js` of the harness: a server that has the document's state as one piece of bytes
 * in memory when it starts, and sends it to whoever asks, at once. It keeps nothing until it is stopped, judges nothing
 * and tells nobody else. What is left is the wire, and the client that reads.
 *
 *     node tests/bench/state-server.ts PORT FOLDER
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { WebSocketServer } from 'ws';
import * as Y from 'yjs';
import { decodeFrame, encodeStep1, encodeStep2 } from '../../server/relay/frames.ts';

const [port = '0', folder = '.'] = process.argv.slice(2);
const file = path.join(folder, 'state');
let state: Uint8Array = existsSync(file) ? readFileSync(file) : Uint8Array.of(0, 0);
let doc: Y.Doc | null = null;

const nothing = Uint8Array.of(0);

new WebSocketServer({ port: Number(port), host: '127.0.0.1', perMessageDeflate: false }).on('connection', (socket) => {
	socket.send(encodeStep1(nothing));
	socket.on('message', (data) => {
		const frame = decodeFrame(data as Buffer);
		if (frame?.type === 'contribution' && frame.update.length > 2) Y.applyUpdate((doc ??= opened()), frame.update);
		if (frame?.type !== 'step1') return;
		if (doc) state = Y.encodeStateAsUpdate(doc, frame.stateVector);
		socket.send(encodeStep2(state));
	});
});

process.on('SIGTERM', () => {
	if (doc) writeFileSync(file, Y.encodeStateAsUpdate(doc));
	process.exit(0);
});

function opened(): Y.Doc {
	const made = new Y.Doc();
	Y.applyUpdate(made, state);
	return made;
}
