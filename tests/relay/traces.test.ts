/**
 * Real histories, replayed through the relay by several connections at once, and followed by Yrs, a second implementation
 * that is not ours: two people writing one text at the same time, and one text that three devices write in turn.
 */
import { messageAck, messageSync, syncStep1 } from '#lib/protocol/messages.ts';
import * as decoding from 'lib0/decoding';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { toDocument } from '../../server/relay/document-state.ts';
import { encodeStep1, encodeUpdate } from '../../server/relay/frames.ts';
import { openRaw, type RawSocket } from './raw-socket.ts';
import { createYjsReplica, createYrsReplica, type Replica } from './replicas.ts';
import { soon } from './room-setting.ts';
import { serveRelay } from './serve-relay.ts';
import { connectStock, whenSynced } from './stock-client.ts';

type Trace = {
	endContent: string;
	numAgents: number;
	txns: { parents: number[]; agent: number; patches: [at: number, removed: number, inserted: string][] }[];
};

type Patches = [at: number, removed: number, inserted: string][];

const folder = join(import.meta.dirname, '../../../shared/fixtures/traces');
const missing = !existsSync(folder);
if (missing) console.log(`skipped: ${folder} is not here`);

const read = (name: string): unknown =>
	JSON.parse(gunzipSync(readFileSync(join(folder, `${name}.json.gz`))).toString());

/** Every transaction's update, made by its agent on exactly what the agent had seen. */
function toUpdates({ txns, numAgents }: Trace): Uint8Array[] {
	const agents = Array.from({ length: numAgents }, () => ({ doc: new Y.Doc(), known: new Set<number>() }));
	// Where both typed at one place at once, Yjs puts the lower client first, and so does the trace.
	agents.forEach(({ doc }, agent) => (doc.clientID = agent + 1));
	const updates: Uint8Array[] = [];
	for (const [index, { parents, agent, patches }] of txns.entries()) {
		const { doc, known } = agents[agent] as (typeof agents)[number];
		for (const missed of ancestors(parents, known, txns)) {
			Y.applyUpdate(doc, updates[missed] as Uint8Array);
			known.add(missed);
		}
		doc.once('update', (update: Uint8Array) => updates.push(update));
		doc.transact(() => {
			for (const [at, removed, inserted] of patches) {
				if (removed > 0) doc.getText('t').delete(at, removed);
				if (inserted) doc.getText('t').insert(at, inserted);
			}
		});
		known.add(index);
	}
	return updates;
}

/** @returns what is not known yet, oldest first */
function ancestors(parents: number[], known: ReadonlySet<number>, txns: Trace['txns']): number[] {
	const found = new Set<number>();
	const waiting = [...parents];
	for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
		if (known.has(at) || found.has(at)) continue;
		found.add(at);
		waiting.push(...(txns[at]?.parents ?? []));
	}
	return [...found].sort((a, b) => a - b);
}

test.skipIf(missing)('friendsforever: 26,078 edits of two people', { timeout: 240_000 }, async () => {
	const trace = read('friendsforever') as Trace;
	const updates = toUpdates(trace);
	expect(updates).toHaveLength(trace.txns.length);
	const served = await serveRelay({ compaction: soon });
	const url = `${served.url}/agenda:a1?as=board`;
	const raws = [await openRaw(`${url}:ada&ack=1`), await openRaw(`${url}:ben&ack=1`)];
	const follower = new Device(createYrsReplica(9), await openRaw(`${url}:dora`));
	const sent = raws.map(() => 0);
	// The order of the file: an agent never says anything before the relay has what it builds on.
	for (const [at, { agent }] of trace.txns.entries()) {
		const before = trace.txns[at - 1]?.agent ?? agent;
		if (before !== agent) await durable(raws[before], sent[before] ?? 0);
		raws[agent]?.socket.send(encodeUpdate(updates[at] as Uint8Array));
		sent[agent] = (sent[agent] ?? 0) + 1;
	}
	for (const [at, raw] of raws.entries()) await durable(raw, sent[at] ?? 0);

	await follower.until(trace.endContent);
	const cleo = connectStock(served.url, 'agenda:a1', 'member:cleo');
	await whenSynced(cleo);
	expect(cleo.doc.getText('t').toJSON()).toBe(trace.endContent);
	await served.relay.close();
	const stored = await served.store.load('agenda:a1');
	expect(toDocument(stored).getText('t').toJSON()).toBe(trace.endContent);
	expect(stored.snapshot).not.toBeNull();
	cleo.stop();
	await served.stop();
});

/** A device that reads what comes, and says what it writes. */
class Device {
	readonly replica: Replica;
	readonly raw: RawSocket;
	#read = 0;

	constructor(replica: Replica, raw: RawSocket) {
		this.replica = replica;
		this.raw = raw;
		raw.socket.send(encodeStep1(replica.stateVector()));
	}

	/** Reads until the text is this. */
	async until(text: string): Promise<void> {
		for (;;) {
			const come = this.raw.frames.slice(this.#read);
			this.#read += come.length;
			for (const frame of come) {
				if (frame[0] !== messageSync || frame[1] === syncStep1) continue;
				this.replica.apply(decoding.readVarUint8Array(decoding.createDecoder(frame.subarray(2))));
			}
			if (this.replica.content().text === text) return;
			while (this.raw.frames.length === this.#read) await new Promise(setImmediate);
		}
	}

	write(patches: Patches): void {
		for (const [at, removed, inserted] of patches) {
			if (removed > 0) this.raw.socket.send(encodeUpdate(this.replica.remove(at, removed)));
			if (inserted) this.raw.socket.send(encodeUpdate(this.replica.insert(at, inserted)));
		}
	}
}

/** What the text is after some patches. */
function patched(text: string, patches: Patches): string {
	return patches.reduce((before, [at, removed, inserted]) => {
		return before.slice(0, at) + inserted + before.slice(at + removed);
	}, text);
}

test.skipIf(missing)('sveltecomponent: three devices in turn, one of them Yrs', { timeout: 240_000 }, async () => {
	const { txns } = read('sveltecomponent') as { txns: { patches: Patches }[] };
	const patches = txns.flatMap((txn) => txn.patches).slice(0, Number(process.env['PATCHES'] ?? 6000));
	const endContent = patched('', patches);
	const served = await serveRelay();
	const open = async (replica: Replica, person: string) =>
		new Device(replica, await openRaw(`${served.url}/agenda:a1?as=board:${person}&ack=1`));
	const devices = [
		await open(createYjsReplica(1), 'ada'),
		await open(createYrsReplica(2), 'ben'),
		await open(createYjsReplica(3), 'cleo'),
	];
	let text = '';
	const turn = 400;
	for (let at = 0; at < patches.length; at += turn) {
		const device = devices[(at / turn) % devices.length] as Device;
		await device.until(text);
		const own = patches.slice(at, at + turn);
		device.write(own);
		text = patched(text, own);
	}
	await Promise.all(devices.map((device) => device.until(endContent)));
	await served.relay.close();
	const stored = await served.store.load('agenda:a1');
	expect(toDocument(stored).getText('t').toJSON()).toBe(endContent);
	expect([...(await served.store.authors('agenda:a1')).values()].sort()).toEqual(['ada', 'ben', 'cleo']);
	await served.stop();
});

/** Settles when the connection's first `count` contributions are on disk; forgets the frames that came until then. */
async function durable(raw: RawSocket | undefined, count: number): Promise<void> {
	if (!raw || count === 0) return;
	const ack = await raw.until((frame) => frame[0] === messageAck && readCount(frame) >= count);
	raw.frames.splice(0, raw.frames.length, ack);
}

function readCount(frame: Uint8Array): number {
	return decoding.readVarUint(decoding.createDecoder(frame.subarray(1)));
}
