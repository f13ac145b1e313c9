/** What comes of a document, counted and not kept: how many letters, however the server put them together. */
import { messageSync, syncStep1, syncStep2 } from '#lib/protocol/messages.ts';
import * as decoding from 'lib0/decoding';
import type { WebSocket } from 'ws';
import * as Y from 'yjs';

export class Listening {
	letters = 0;

	to(socket: WebSocket): void {
		socket.on('message', (data: Buffer) => {
			if (data[0] !== messageSync || data[1] === syncStep1) return;
			const update = decoding.readVarUint8Array(decoding.createDecoder(data.subarray(2)));
			const { from, to } = Y.parseUpdateMeta(update);
			for (const [client, end] of to) this.letters += end - (from.get(client) ?? 0);
		});
	}
}

/** Resolves with the next answer to a SyncStep1. */
export function answerOf(socket: WebSocket): Promise<void> {
	return new Promise((resolve) => {
		const hear = (data: Buffer) => {
			if (data[0] !== messageSync || data[1] !== syncStep2) return;
			socket.off('message', hear);
			resolve();
		};
		socket.on('message', hear);
	});
}
