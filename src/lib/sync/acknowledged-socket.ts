/**
 * The socket that y-websocket takes as its `WebSocketPolyfill`: reports to the acknowledgement, and sends what is too much
 * for one frame in pieces. The invariant: contributions leave in the order in which they were given, so what comes after
 * one that is being cut waits for it, and nothing leaves that the relay would refuse for its size.
 */
import type { Acknowledgement, Leaving } from './acknowledgement.ts';

/** A smaller frame is never too much: it takes two bytes at least to say anything. */
const smallFrame = 8 * 1024;

type Queued = { frame: Uint8Array<ArrayBuffer>; leaving: Leaving };

/** @param onTooLarge told of what can be sent neither as it is nor in pieces; nothing of it was sent */
export function acknowledgedSocket(
	Base: typeof WebSocket,
	acknowledgement: Acknowledgement,
	onTooLarge: () => void,
): typeof WebSocket {
	return class extends Base {
		readonly #queue: Queued[] = [];

		constructor(url: string | URL, protocols?: string | string[]) {
			super(url, protocols);
			acknowledgement.connected(this);
		}

		override send(data: Parameters<WebSocket['send']>[0]): void {
			if (!(data instanceof Uint8Array)) return super.send(data);
			const allowed = acknowledgement.sending(this, data);
			if (allowed === false) return;
			if (allowed === true) return super.send(data);
			const frame = data as Uint8Array<ArrayBuffer>;
			if (this.#queue.length === 0 && frame.length < smallFrame) return this.#sendPiece(frame, allowed, 1);
			this.#queue.push({ frame, leaving: allowed });
			if (this.#queue.length === 1) void this.#sendQueued();
		}

		override set onmessage(handler: ((event: MessageEvent) => void) | null) {
			super.onmessage =
				handler &&
				((event: MessageEvent<ArrayBuffer>) => {
					const frame = new Uint8Array(event.data);
					if (acknowledgement.consume(this, frame)) return;
					handler(event);
					acknowledgement.applied(this, frame);
				});
		}

		override get onmessage() {
			return super.onmessage;
		}

		#sendPiece(frame: Uint8Array<ArrayBuffer>, leaving: Leaving, done: number): void {
			acknowledgement.sent(leaving, done);
			super.send(frame);
		}

		/** Between two pieces the page may draw, and the socket may close. */
		async #sendQueued(): Promise<void> {
			try {
				const { splitFrame, isTooLarge } = await import('./split-frame.ts');
				for (let next = this.#queue[0]; next; next = this.#queue[0]) {
					for (const { frame, done } of splitFrame(next.frame)) {
						if (this.readyState !== this.OPEN) return;
						if (isTooLarge(frame)) return onTooLarge();
						this.#sendPiece(frame, next.leaving, done);
						if (done < 1) await new Promise((resolve) => setTimeout(resolve));
					}
					this.#queue.shift();
				}
			} catch {
				// What cuts cannot be fetched now: coming back is another try.
				this.close();
			}
		}
	};
}
