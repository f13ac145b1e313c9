/**
 * `node tests/bench/revocation.ts`: how long it takes from asking that a person be removed until the last of their
 * sockets is closed, over many people with several documents open, while others type. The promise is a second.
 */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { encodeUpdate } from '../../server/relay/frames.ts';
import { cookieHeader, startTestServer, type Member } from '../support/server.ts';

const people = Number(process.argv[2] ?? 200);
const documents = ['agenda:a', 'minutes:b', 'roster:c', 'bulletin:d', 'directory:main'];
const promised = 1000;

const server = await startTestServer({ build: null });
const admin = await server.setUp();
const stopTyping = await typeAlong(admin);
const times: number[] = [];
for (let count = 0; count < people; count++) {
	const member = await server.admit(admin, `Person ${count}`, 'board');
	const sockets = await Promise.all(documents.map((name) => open(member, name)));
	const closings = sockets.map((socket) => once(socket, 'close'));
	const begun = performance.now();
	void server.ask('DELETE', `/api/people/${member.person.id}`, { as: admin });
	await Promise.all(closings);
	times.push(performance.now() - begun);
}
stopTyping();
await server.close();

times.sort((a, b) => a - b);
const at = (share: number) => Number((times[Math.ceil(times.length * share) - 1] ?? 0).toFixed(1));
console.table([{ people, sockets: people * documents.length, 'p50 ms': at(0.5), 'p99 ms': at(0.99), 'max ms': at(1) }]);
if (at(0.99) > promised) process.exitCode = 1;

async function open(member: Member, name: string): Promise<WebSocket> {
	const headers = { cookie: cookieHeader(member), origin: server.origin };
	const socket = new WebSocket(`ws://localhost:${server.port}/sync/${name}`, { headers });
	await once(socket, 'open');
	return socket;
}

/** Twenty writers, a letter each every tenth of a second. */
async function typeAlong(member: Member): Promise<() => void> {
	const writers = await Promise.all(
		Array.from({ length: 20 }, async (_, at) => {
			const socket = await open(member, documents[at % 4] ?? 'agenda:a');
			const doc = new Y.Doc();
			doc.on('update', (update: Uint8Array) => socket.send(encodeUpdate(update)));
			const timer = setInterval(() => doc.getText('t').insert(0, 'x'), 100);
			return () => (clearInterval(timer), socket.terminate());
		}),
	);
	return () => writers.forEach((stop) => stop());
}
