/** Two who write and read one document, and how long what the one writes takes to the other. */
import { messageSync, syncStep1 } from '#lib/protocol/messages.ts';
import * as decoding from 'lib0/decoding';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { encodeStep1, encodeStep2, encodeUpdate } from '../../server/relay/frames.ts';

/** Milliseconds between two words, and how long the last one may take. */
const [interval, patience] = [50, 20_000];

export async function openBench(url: string): Promise<WebSocket> {
	const socket = new WebSocket(url, {
		headers: { cookie: 'mitschrift_session=bench', origin: new URL(url).origin.replace('ws:', 'http:') },
	});
	socket.on('error', () => {});
	await once(socket, 'open');
	return socket;
}

export class Talk {
	/** Milliseconds. */
	longest = 0;
	readonly #writer: WebSocket;
	readonly #reader: WebSocket;
	readonly #written = new Y.Doc();
	readonly #read = new Y.Doc();
	readonly #timer: NodeJS.Timeout;
	readonly #waiting = new Map<string, number>();

	private constructor(writer: WebSocket, reader: WebSocket) {
		this.#writer = writer;
		this.#reader = reader;
		this.#written.on('update', (update: Uint8Array) => writer.send(encodeUpdate(update)));
		this.#read.getMap('words').observe(({ keysChanged }) => {
			for (const key of keysChanged) this.#arrived(String(key));
		});
		reader.on('message', (data: Buffer) => take(this.#read, data));
		writer.send(encodeStep2(Y.encodeStateAsUpdate(this.#written)));
		reader.send(encodeStep1(Y.encodeStateVector(this.#read)));
		let count = 0;
		this.#timer = setInterval(() => {
			this.#waiting.set(`w${count}`, performance.now());
			this.#written.getMap('words').set(`w${count++}`, true);
		}, interval);
	}

	static async open(url: string, name: string): Promise<Talk> {
		return new Talk(await openBench(`${url}/${name}`), await openBench(`${url}/${name}`));
	}

	reset(): void {
		this.longest = 0;
	}

	/** @returns whether the reader, and whoever opens the document now, has all that was written */
	async close(): Promise<boolean> {
		clearInterval(this.#timer);
		for (const end = performance.now() + patience; this.#waiting.size > 0 && performance.now() < end;) await sleep(20);
		for (const began of this.#waiting.values()) this.longest = Math.max(this.longest, performance.now() - began);
		const latecomer = await this.#comeLate();
		for (const each of [this.#writer, this.#reader]) each.terminate();
		return [this.#read, latecomer].every((doc) => wordsOf(doc) === wordsOf(this.#written));
	}

	/** Who opens the document now is given SyncStep2 and, as any update, what came since that was encoded. */
	async #comeLate(): Promise<Y.Doc> {
		const doc = new Y.Doc();
		const socket = await openBench(this.#reader.url).catch(() => null);
		socket?.on('message', (data: Buffer) => take(doc, data));
		socket?.send(encodeStep1(Y.encodeStateVector(doc)));
		for (const end = performance.now() + patience; performance.now() < end; await sleep(20))
			if (wordsOf(doc) === wordsOf(this.#written)) break;
		socket?.terminate();
		return doc;
	}

	#arrived(key: string): void {
		const began = this.#waiting.get(key);
		this.#waiting.delete(key);
		if (began !== undefined) this.longest = Math.max(this.longest, performance.now() - began);
	}
}

const wordsOf = (doc: Y.Doc) => Object.keys(doc.getMap('words').toJSON()).sort().join();

function take(doc: Y.Doc, data: Buffer): void {
	if (data[0] !== messageSync || data[1] === syncStep1) return;
	Y.applyUpdate(doc, decoding.readVarUint8Array(decoding.createDecoder(data.subarray(2))));
}
