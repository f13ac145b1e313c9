/** Two who write and read one document, and how long what the one writes takes to the other. */
import { messageSync, syncStep1, syncStep2 } from '#lib/protocol/messages.ts';
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
		reader.on('message', (data: Buffer) => this.#hear(data));
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
		const latecomer = new Y.Doc();
		const socket = await openBench(this.#reader.url).catch(() => null);
		socket?.send(encodeStep1(Y.encodeStateVector(latecomer)));
		const answer = socket && (await Promise.race([answerOn(socket), sleep(patience).then(() => null)]));
		if (answer) Y.applyUpdate(latecomer, answer);
		for (const each of [this.#writer, this.#reader, socket]) each?.terminate();
		const words = (doc: Y.Doc) => Object.keys(doc.getMap('words').toJSON()).sort().join();
		return [this.#read, latecomer].every((doc) => words(doc) === words(this.#written));
	}

	#hear(data: Buffer): void {
		if (data[0] !== messageSync || data[1] === syncStep1) return;
		Y.applyUpdate(this.#read, decoding.readVarUint8Array(decoding.createDecoder(data.subarray(2))));
	}

	#arrived(key: string): void {
		const began = this.#waiting.get(key);
		this.#waiting.delete(key);
		if (began !== undefined) this.longest = Math.max(this.longest, performance.now() - began);
	}
}

async function answerOn(socket: WebSocket): Promise<Uint8Array> {
	for (;;) {
		const [data] = (await once(socket, 'message')) as [Buffer];
		if (data[0] !== messageSync || data[1] !== syncStep2) continue;
		return decoding.readVarUint8Array(decoding.createDecoder(data.subarray(2)));
	}
}
