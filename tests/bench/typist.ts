/** One who types, a letter an update, without a document of their own: the load must not cost more than the server. */
import * as encoding from 'lib0/encoding';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import * as Y from 'yjs';
import { encodeStep1, encodeStep2, encodeUpdate } from '../../server/relay/frames.ts';
import { answerOf } from './listening.ts';

/** So much may wait to be sent. Bytes. */
const ahead = 256 * 1024;
/** Yjs (13.6, UpdateEncoderV1): a string without neighbours in a root, and one that follows a letter. */
const [firstLetter, nextLetter] = [0x04, 0x84];

let clients = 1000;

export class Typist {
	readonly #client = (clients += 1);
	readonly #socket: WebSocket;
	#clock = 0;

	constructor(socket: WebSocket) {
		this.#socket = socket;
		socket.send(encodeStep2(Y.encodeStateAsUpdate(new Y.Doc())));
	}

	type(): void {
		this.#socket.send(encodeUpdate(letter(this.#client, this.#clock++)));
	}

	/** Resolves when little waits to be sent. */
	async drained(): Promise<void> {
		while (this.#socket.bufferedAmount > ahead) await sleep(1);
	}

	/** Resolves when the server has taken in all that was typed. */
	async known(): Promise<void> {
		const answered = answerOf(this.#socket);
		this.#socket.send(encodeStep1(Y.encodeStateVector(new Map([[this.#client, this.#clock]]))));
		await answered;
	}

	close(): void {
		this.#socket.terminate();
	}
}

function letter(client: number, clock: number): Uint8Array {
	return encoding.encode((encoder) => {
		for (const number of [1, 1, client, clock]) encoding.writeVarUint(encoder, number);
		encoding.writeUint8(encoder, clock === 0 ? firstLetter : nextLetter);
		if (clock === 0) encoding.writeVarUint(encoder, 1);
		if (clock === 0) encoding.writeVarString(encoder, 'text');
		else for (const number of [client, clock - 1]) encoding.writeVarUint(encoder, number);
		encoding.writeVarString(encoder, 'x');
		encoding.writeVarUint(encoder, 0);
	});
}
