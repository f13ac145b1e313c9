/** Role × kind × message, over real sockets: what the table does not allow has no effect, whoever made the client. */
import { closeCodes } from '#lib/protocol/close-codes.ts';
import { documentKinds, toDocumentName } from '#lib/protocol/document-name.ts';
import { messageAck, messageQueryAwareness, messageSync, syncStep2 } from '#lib/protocol/messages.ts';
import { accessTo, type Holder, roles } from '#lib/protocol/policy.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { encodeEntries } from '../../server/relay/awareness-codec.ts';
import { encodeAwareness, encodeStep1, encodeStep2, encodeUpdate } from '../../server/relay/frames.ts';
import { openRaw, statusOf } from './raw-socket.ts';
import { rawFrame, typing } from './scripted-peer.ts';
import { type ServedRelay, serveRelay } from './serve-relay.ts';

let served: ServedRelay;
beforeAll(async () => {
	served = await serveRelay();
});
afterAll(() => served.stop());

const nameOf = (kind: (typeof documentKinds)[number]) =>
	toDocumentName(kind, kind === 'directory' || kind === 'register' ? 'main' : 'a1');
const urlOf = (kind: (typeof documentKinds)[number], as: string) => `${served.url}/${nameOf(kind)}?as=${as}&ack=1`;

/** Everyone whom the policy tells apart, and how the test relay is told who they are. */
const holders: [string, Holder][] = [
	...roles.map((role): [string, Holder] => [`${role}:x`, { role }]),
	['guest:x:a1', { role: 'guest', guestOf: { meetingId: 'a1', minutes: false } }],
	['guest:x:a1:minutes', { role: 'guest', guestOf: { meetingId: 'a1', minutes: true } }],
	['guest:x:a2:minutes', { role: 'guest', guestOf: { meetingId: 'a2', minutes: true } }],
];
const initial = typing(new Y.Doc(), 'da');
const isStep2 = (frame: Uint8Array) => frame[0] === messageSync && frame[1] === syncStep2;
const isAck = (frame: Uint8Array) => frame[0] === messageAck;

const harmless = {
	SyncStep1: encodeStep1(Y.encodeStateVector(new Y.Doc())),
	Awareness: encodeAwareness(encodeEntries([{ client: 1, clock: 1, state: '{}' }])),
	QueryAwareness: rawFrame(messageQueryAwareness),
};
const contributions = {
	SyncStep2: () => encodeStep2(typing(new Y.Doc(), 'x')),
	'empty SyncStep2': () => encodeStep2(Y.encodeStateAsUpdate(new Y.Doc())),
	Update: () => encodeUpdate(typing(new Y.Doc(), 'x')),
};

describe.each(holders)('%s', (as, holder) => {
	describe.each(documentKinds)('%s', (kind) => {
		const access = accessTo(holder, nameOf(kind));

		beforeAll(async () => {
			if (!(await served.store.exists(nameOf(kind)))) {
				await served.store.append([{ name: nameOf(kind), updates: [initial] }]).durable;
			}
		});

		if (access === 'none') {
			test('is refused before any WebSocket exists', async () => {
				expect(await statusOf(urlOf(kind, as))).toBe(403);
			});
			return;
		}

		test.each(Object.entries(harmless))('may send %s', async (_, frame) => {
			const raw = await openRaw(urlOf(kind, as));
			raw.socket.send(frame);
			raw.socket.send(harmless.SyncStep1);
			await raw.until(isStep2);
			raw.socket.terminate();
		});

		test.each(Object.entries(contributions))(`${access === 'write' ? 'may' : 'may not'} send %s`, async (_, make) => {
			const before = await served.store.load(nameOf(kind));
			const raw = await openRaw(urlOf(kind, as));
			raw.socket.send(make());
			if (access === 'write') {
				expect(await raw.until(isAck)).toEqual(rawFrame(messageAck, 1));
				raw.socket.terminate();
			} else {
				expect(await raw.closed).toBe(closeCodes.forbidden);
				expect(await served.store.load(nameOf(kind))).toEqual(before);
			}
		});
	});
});

test('nobody without a session gets in', async () => {
	expect(await statusOf(`${served.url}/agenda:a1`)).toBe(401);
});
