/** A hand-made WebSocket: sends whatever it is told, and keeps what comes. */
import { once } from 'node:events';
import { type ClientOptions, WebSocket } from 'ws';

export type RawSocket = {
	socket: WebSocket;
	frames: Uint8Array[];
	/** Settles with the close code. */
	closed: Promise<number>;
	/** Settles once a frame has come for which this is true, from the beginning. */
	until(wanted: (frame: Uint8Array) => boolean): Promise<Uint8Array>;
};

export async function openRaw(url: string, options: ClientOptions = {}): Promise<RawSocket> {
	const socket = new WebSocket(url, options);
	const frames: Uint8Array[] = [];
	socket.on('message', (data: Buffer) => frames.push(Uint8Array.from(data)));
	const closed = new Promise<number>((resolve) => socket.on('close', resolve));
	await once(socket, 'open');
	socket.on('error', () => {});
	return {
		socket,
		frames,
		closed,
		until: (wanted) =>
			new Promise((resolve, reject) => {
				const found = frames.find(wanted);
				if (found) return resolve(found);
				const look = () => {
					const last = frames.at(-1);
					if (!last || !wanted(last)) return;
					stop();
					resolve(last);
				};
				const fail = (code: number) => reject(new Error(`closed with ${code}`));
				const stop = () => socket.off('message', look).off('close', fail);
				socket.on('message', look).on('close', fail);
			}),
	};
}

/** @returns the HTTP status with which an upgrade is refused, or 101 */
export async function statusOf(url: string, options: ClientOptions = {}): Promise<number> {
	const socket = new WebSocket(url, options);
	return new Promise((resolve, reject) => {
		socket.on('unexpected-response', (_, response) => {
			resolve(response.statusCode ?? 0);
			response.destroy();
		});
		socket.on('open', () => {
			resolve(101);
			socket.terminate();
		});
		socket.on('error', (error) => (/invalid|Unexpected/i.test(error.message) ? reject(error) : undefined));
	});
}
