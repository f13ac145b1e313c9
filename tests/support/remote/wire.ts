/** Messages over a TCP connection: copies of what was said, which come later, in order, or not at all. */
import type { Socket } from 'node:net';
import { deserialize, serialize } from 'node:v8';

/** What was sent and is not heard yet, by the port of the side that connected; and who connects again just now. */
export type Traffic = Map<unknown, number>;

export class Wire {
	readonly #socket: Socket;
	readonly #traffic: Traffic;
	readonly #port: number;

	/** @param port of the side that connected */
	constructor(socket: Socket, port: number, traffic: Traffic, hear: (message: never) => void) {
		this.#socket = socket.setNoDelay();
		this.#port = port;
		this.#traffic = traffic;
		// The other end may have been there first, and said something.
		if (!traffic.has(port)) traffic.set(port, 0);
		let unread = Buffer.alloc(0);
		socket.on('data', (chunk: Buffer) => {
			unread = Buffer.concat([unread, chunk]);
			while (unread.length >= 4 && unread.length >= 4 + unread.readUInt32LE()) {
				const end = 4 + unread.readUInt32LE();
				const message = deserialize(unread.subarray(4, end)) as never;
				unread = unread.subarray(end);
				hear(message);
				this.#count(-1);
			}
		});
		socket.on('error', () => {});
		socket.on('close', () => traffic.delete(port));
	}

	send(message: unknown): void {
		const body = serialize(message);
		const head = Buffer.alloc(4);
		head.writeUInt32LE(body.length);
		this.#count(1);
		this.#socket.write(Buffer.concat([head, body]));
	}

	cut(): void {
		this.#socket.destroy();
	}

	#count(change: 1 | -1): void {
		const before = this.#traffic.get(this.#port);
		if (before !== undefined) this.#traffic.set(this.#port, before + change);
	}
}
