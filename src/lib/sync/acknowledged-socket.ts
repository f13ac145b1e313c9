/**
 * The socket that y-websocket takes as its `WebSocketPolyfill`: reports to the acknowledgement, and sends what is too much
 * for one frame in pieces. The invariant: contributions leave in the order in which they were given, so what comes after
 * one that is being cut waits for it, and nothing leaves that the relay would refuse for its size. A letter is painted
 * before it leaves. What others write is given on in the order in which it came, some of it together, and where they are after
 * what they wrote.
 */
import { messageAwareness, messageSync, syncUpdate } from '#lib/protocol/messages.ts';
import type { Acknowledgement, Leaving } from './acknowledgement.ts';

/** A smaller frame is never too much: it takes two bytes at least to say anything. */
const smallFrame = 8 * 1024;

/** `leaving`: null for what is no contribution. */
type Queued = { frame: Uint8Array<ArrayBuffer>; leaving: Leaving | null };

/**
 * @param onTooLarge told of what can be sent neither as it is nor in pieces; nothing of it was sent
 * @param afterPaint does it when what was written is on screen, and soon
 * @param gather does it at once, or soon together with what comes meanwhile
 * @param asOne does it as one change of the document
 */
export function acknowledgedSocket(
	Base: typeof WebSocket,
	acknowledgement: Acknowledgement,
	onTooLarge: () => void,
	afterPaint: (work: () => void) => void,
	gather: (work: () => void) => void,
	asOne: (work: () => void) => void,
): typeof WebSocket {
	return class extends Base {
		readonly #queue: Queued[] = [];
		#news: MessageEvent<ArrayBuffer>[] = [];
		#take: (event: MessageEvent<ArrayBuffer>) => void = () => {};

		constructor(url: string | URL, protocols?: string | string[]) {
			super(url, protocols);
			acknowledgement.connected(this);
			this.addEventListener('close', () => this.#takeNews());
		}

		override send(data: Parameters<WebSocket['send']>[0]): void {
			if (!(data instanceof Uint8Array)) return super.send(data);
			const allowed = acknowledgement.sending(this, data);
			if (allowed === false) return;
			const leaving = allowed === true ? null : allowed;
			// Where a caret is comes after what was written before it.
			if (!leaving && this.#queue.length === 0) return super.send(data);
			this.#queue.push({ frame: data as Uint8Array<ArrayBuffer>, leaving });
			if (this.#queue.length === 1) afterPaint(() => void this.#sendQueued());
		}

		override set onmessage(handler: ((event: MessageEvent) => void) | null) {
			this.#take = (event) => {
				// y-websocket takes its handler away when it leaves.
				if (!handler) return;
				handler(event);
				acknowledgement.applied(this, new Uint8Array(event.data));
			};
			super.onmessage =
				handler &&
				((event: MessageEvent<ArrayBuffer>) => {
					const frame = new Uint8Array(event.data);
					if (acknowledgement.consume(this, frame)) return;
					this.#news.push(event);
					if (!isNews(frame)) this.#takeNews();
					else if (this.#news.length === 1) gather(() => this.#takeNews());
				});
		}

		override get onmessage() {
			return super.onmessage;
		}

		#takeNews(): void {
			const news = this.#news;
			this.#news = [];
			acknowledgement.hears(news);
			const take = (written: boolean) => {
				for (const event of news) {
					if (isWritten(new Uint8Array(event.data)) !== written) continue;
					try {
						this.#take(event);
					} catch (error) {
						// As if each had come by itself.
						queueMicrotask(() => {
							throw error;
						});
					}
				}
			};
			// A page shows a change after the other, each with all that follows from it: ten are one. Who hears of a caret may
			// write, and that is not of the relay.
			asOne(() => take(true));
			take(false);
		}

		/** Between two pieces the page may draw, and the socket may close. */
		async #sendQueued(): Promise<void> {
			try {
				for (let next; (next = this.#queue[0]); this.#queue.shift()) {
					const { frame: whole, leaving } = next;
					const large = leaving && whole.length >= smallFrame ? await import('./split-frame.ts') : null;
					for (const { frame, done } of large?.splitFrame(whole) ?? [{ frame: whole, done: 1 }]) {
						if (this.readyState !== this.OPEN) return;
						if (large?.isTooLarge(frame)) return onTooLarge();
						if (leaving) acknowledgement.sent(leaving, done);
						super.send(frame);
						if (done < 1) await new Promise((resolve) => setTimeout(resolve));
					}
				}
			} catch {
				// What cuts cannot be fetched now: coming back is another try.
				this.close();
			}
		}
	};
}

/** What others write, and where they are: it may come many times between two letters of one's own. */
function isNews(frame: Uint8Array): boolean {
	return frame[0] === messageAwareness || isWritten(frame);
}

function isWritten(frame: Uint8Array): boolean {
	return frame[0] === messageSync && frame[1] === syncUpdate;
}
