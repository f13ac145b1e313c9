/**
 * A real relay process on a real file, killed while two people write: before a commit, after it, after the
 * acknowledgement, wherever the seed's moment falls. What was acknowledged, and what anybody saw, is there afterwards.
 */
import { messageAck, messageSync, syncUpdate } from '#lib/protocol/messages.ts';
import * as decoding from 'lib0/decoding';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { toDocument } from '../../server/relay/document-state.ts';
import { encodeUpdate } from '../../server/relay/frames.ts';
import { openStore } from '../../server/storage/store-files.ts';
import { createRandom } from '../support/random.ts';
import { openRaw, type RawSocket } from './raw-socket.ts';
import { typing } from './scripted-peer.ts';

const kills = Number(process.env['KILLS'] ?? 25);
const seed = Number(process.env['SEED'] ?? 7);
const folder = mkdtempSync(join(tmpdir(), 'mitschrift-kill-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function start(path: string): Promise<{ child: ChildProcess; url: string }> {
	const child = spawn(process.execPath, [join(import.meta.dirname, 'relay-process.ts'), path], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const [said] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
	return { child, url: `ws://127.0.0.1:${said.toString().trim()}/sync/agenda:a1?ack=1` };
}

function lastAck(frames: Uint8Array[]): number {
	return frames.reduce((last, frame) => {
		const decoder = decoding.createDecoder(frame);
		return decoding.readVarUint(decoder) === messageAck ? decoding.readVarUint(decoder) : last;
	}, 0);
}

function seen(frames: Uint8Array[]): Uint8Array[] {
	return frames
		.filter((frame) => frame[0] === messageSync && frame[1] === syncUpdate)
		.map((frame) => {
			const decoder = decoding.createDecoder(frame.slice(2));
			return decoding.readVarUint8Array(decoder);
		});
}

/** One mark per contribution, in a map of the writer's own, so that each can be looked for. */
function write({ socket }: RawSocket, doc: Y.Doc, count: number): void {
	let update = new Uint8Array();
	doc.once('update', (emitted: Uint8Array) => (update = emitted.slice()));
	doc.getMap('m').set(`${doc.clientID}-${count}`, count);
	socket.send(encodeUpdate(update));
}

async function logged(path: string): Promise<Y.Doc> {
	const store = await openStore(path);
	const doc = toDocument(await store.load('agenda:a1'));
	await store.close();
	return doc;
}

async function killOnce(round: number): Promise<number> {
	const random = createRandom(seed + round);
	const path = join(folder, `${round}.sqlite`);
	const { child, url } = await start(path);
	const gone = once(child, 'exit');
	const raws = [await openRaw(url), await openRaw(url)];
	const docs = [new Y.Doc(), new Y.Doc()];
	const moment = random.nat(40);
	const acknowledged = raws[0]?.until((frame) => frame[0] === messageAck && (frame[1] ?? 0) >= moment);
	for (let count = 1; count <= 60; count++) raws.forEach((raw, at) => write(raw, docs[at] as Y.Doc, count));
	await acknowledged;
	for (let turns = random.nat(4); turns > 0; turns--) await new Promise(setImmediate);
	child.kill('SIGKILL');
	await gone;
	await Promise.all(raws.map(({ closed }) => closed));

	const after = await logged(path);
	raws.forEach((raw, at) => {
		for (let count = 1; count <= lastAck(raw.frames); count++) {
			expect(after.getMap('m').get(`${docs[at]?.clientID}-${count}`)).toBe(count);
		}
		const visible = new Y.Doc();
		for (const update of seen(raw.frames)) Y.applyUpdate(visible, update);
		expect(after.getMap('m').toJSON()).toMatchObject(visible.getMap('m').toJSON());
	});
	return lastAck(raws[0]?.frames ?? []);
}

test(`${kills} kills lose nothing that was acknowledged or seen (SEED=${seed})`, { timeout: 900_000 }, async () => {
	const reached: number[] = [];
	for (let round = 0; round < kills; round++) reached.push(await killOnce(round));
	expect(reached.some((count) => count > 0)).toBe(true);
});

test('SIGTERM in the middle of writing loses nothing that was acknowledged, and lets go of the file', async () => {
	const path = join(folder, 'term.sqlite');
	const { child, url } = await start(path);
	const gone = once(child, 'exit');
	const raw = await openRaw(url);
	const doc = new Y.Doc();
	for (let count = 1; count <= 200; count++) write(raw, doc, count);
	await raw.until((frame) => frame[0] === messageAck);
	child.kill('SIGTERM');
	expect(await gone).toEqual([0, null]);
	await raw.closed;
	const after = (await logged(path)).getMap('m');
	for (let count = 1; count <= lastAck(raw.frames); count++) expect(after.get(`${doc.clientID}-${count}`)).toBe(count);
});

test('a second relay on the same file refuses to start', async () => {
	const path = join(folder, 'two.sqlite');
	const { child } = await start(path);
	const second = spawn(process.execPath, [join(import.meta.dirname, 'relay-process.ts'), path]);
	const complaint: Buffer[] = [];
	second.stderr.on('data', (data: Buffer) => complaint.push(data));
	const [code] = (await once(second, 'close')) as [number];
	expect(code).not.toBe(0);
	expect(Buffer.concat(complaint).toString()).toContain('in use by another running server');
	const gone = once(child, 'exit');
	child.kill('SIGKILL');
	await gone;
});

test('a writer who was cut off comes back to the restarted relay and nothing is missing or doubled', async () => {
	const path = join(folder, 'back.sqlite');
	const before = await start(path);
	const doc = new Y.Doc();
	const raw = await openRaw(before.url);
	raw.socket.send(encodeUpdate(typing(doc, 'vorher ')));
	await raw.until((frame) => frame[0] === messageAck);
	const gone = once(before.child, 'exit');
	before.child.kill('SIGKILL');
	await gone;
	typing(doc, 'währenddessen');
	const after = await start(path);
	const again = await openRaw(after.url);
	again.socket.send(encodeUpdate(Y.encodeStateAsUpdate(doc)));
	await again.until((frame) => frame[0] === messageAck);
	const stopped = once(after.child, 'exit');
	after.child.kill('SIGTERM');
	await stopped;
	expect((await logged(path)).getText('t').toJSON()).toBe('vorher währenddessen');
});
