/**
 * The floor under `fanout` and `presence`: the least that a Node relay can do which loses nothing that anyone saw. Each
 * message is written to a file before the others get it, and the file is synced at most every 100 ms; presence is handed
 * on every 50 ms, all of it in one message. Nobody is asked who they are, nothing is judged, nothing is acknowledged, and
 * what is in the file cannot be told apart again.
 *
 *     node tests/bench/least-server.ts PORT FOLDER
 */
import { fdatasync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { type WebSocket, WebSocketServer } from 'ws';
import { joinEntries } from '../../server/relay/awareness-codec.ts';
import { decodeFrame, encodeAwareness, encodeStep2 } from '../../server/relay/frames.ts';
import { writeFrame } from '../../server/relay/wire-frame.ts';

const [port = '0', folder = '.'] = process.argv.slice(2);
const [syncEvery, presenceEvery] = [100, 50];

type Room = { sockets: Map<WebSocket, Duplex>; presence: Uint8Array[] };
type Duplex = Parameters<typeof writeFrame>[0];

const file = openSync(path.join(folder, 'written'), 'a');
const rooms = new Map<string, Room>();
let syncs = false;

new WebSocketServer({ port: Number(port), host: '127.0.0.1', perMessageDeflate: false }).on(
	'connection',
	(socket, request) => {
		const name = request.url ?? '';
		const room: Room = rooms.get(name) ?? { sockets: new Map(), presence: [] };
		rooms.set(name, room);
		room.sockets.set(socket, request.socket);
		socket.on('close', () => room.sockets.delete(socket));
		socket.on('message', (data) => hear(room, socket, new Uint8Array(data as Buffer)));
	},
);

function hear(room: Room, socket: WebSocket, bytes: Uint8Array): void {
	const frame = decodeFrame(bytes);
	if (frame?.type === 'step1') socket.send(encodeStep2(Uint8Array.of(0, 0)));
	if (frame?.type === 'awareness') tellSoon(room, frame.update);
	if (frame?.type !== 'contribution' || frame.step2) return;
	writeSync(file, bytes);
	if (!syncs) setTimeout(sync, syncEvery);
	syncs = true;
	for (const [other, wire] of room.sockets) if (other !== socket) writeFrame(wire, bytes);
}

function sync(): void {
	syncs = false;
	fdatasync(file, () => {});
}

/** What of it one said oneself is not left out: it would take longer. */
function tellSoon(room: Room, update: Uint8Array): void {
	if (room.presence.push(update) > 1) return;
	setTimeout(() => {
		// Each says one entry, behind their number.
		const all = encodeAwareness(joinEntries(room.presence.splice(0).map((one) => one.subarray(1))));
		for (const wire of room.sockets.values()) writeFrame(wire, all);
	}, presenceEvery);
}
