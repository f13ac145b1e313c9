/**
 * Tabs of one browser show each other's changes at once, with or without a network.
 *
 * y-websocket has a channel for that, but what comes through it carries the provider's origin, exactly as what comes
 * from the relay: this tab would not send it, and call saved what only the other tab's socket may have sent. Here it
 * carries an origin of its own, so this tab's socket contributes it too (the relay takes the same update twice without
 * harm) and this tab is saved only when the relay has confirmed it on this tab's own socket. Only the tab in which a
 * person made a change counts it as waiting.
 */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import { applyAwarenessUpdate, encodeAwarenessUpdate, type Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';

type Message = { name: DocumentName } & (
	| { type: 'hello'; vector: Uint8Array }
	| { type: 'update'; update: Uint8Array }
	| { type: 'awareness'; client: number; update: Uint8Array }
);

export class Tabs {
	readonly #channel: BroadcastChannel | null;
	readonly #afterPaint: (work: () => void) => void;
	/** What the others are to hear when it is painted here. */
	readonly #waiting: Message[] = [];
	readonly #attached = new Map<DocumentName, { doc: Y.Doc; awareness: Awareness }>();

	/**
	 * @param name one channel per person and association
	 * @param afterPaint does it when what was written is on screen, and soon
	 */
	constructor(name: string, afterPaint: (work: () => void) => void) {
		this.#afterPaint = afterPaint;
		this.#channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(name);
		if (this.#channel) this.#channel.onmessage = (event: MessageEvent<Message>) => this.#receive(event.data);
	}

	/** Whether a transaction's origin is another tab. */
	isOrigin(origin: unknown): boolean {
		return origin === this;
	}

	/** @returns a function that detaches */
	attach(name: DocumentName, doc: Y.Doc, awareness: Awareness): () => void {
		this.#attached.set(name, { doc, awareness });
		const shareAwareness = (_changes: unknown, origin: unknown) => {
			if (origin === 'local') this.#postPresence(name, awareness);
		};
		awareness.on('update', shareAwareness);
		this.#post({ name, type: 'hello', vector: Y.encodeStateVector(doc) });
		return () => {
			this.#attached.delete(name);
			awareness.off('update', shareAwareness);
		};
	}

	/** Shows a change that was made in this tab to the others. */
	share(name: DocumentName, update: Uint8Array): void {
		this.#post({ name, type: 'update', update });
	}

	close(): void {
		this.#attached.clear();
		this.#say();
		this.#channel?.close();
	}

	#receive(message: Message): void {
		const attached = this.#attached.get(message.name);
		if (!attached) return;
		const { doc, awareness } = attached;
		if (message.type === 'update') Y.applyUpdate(doc, message.update, this);
		else if (message.type === 'awareness') this.#showPresence(awareness, message);
		else {
			this.share(message.name, Y.encodeStateAsUpdate(doc, message.vector));
			if (awareness.getLocalState()) this.#postPresence(message.name, awareness);
		}
	}

	#showPresence(awareness: Awareness, { client, update }: Message & { type: 'awareness' }): void {
		// The relay stamps presence with clocks of its own, far ahead of a tab's: forget one that is not shown any more.
		if (!awareness.getStates().has(client)) awareness.meta.delete(client);
		applyAwarenessUpdate(awareness, update, this);
	}

	#postPresence(name: DocumentName, awareness: Awareness): void {
		const client = awareness.clientID;
		this.#post({ name, type: 'awareness', client, update: encodeAwarenessUpdate(awareness, [client]) });
	}

	#post(message: Message): void {
		if (this.#waiting.push(message) === 1) this.#afterPaint(() => this.#say());
	}

	#say(): void {
		for (const message of this.#waiting.splice(0)) this.#channel?.postMessage(message);
	}
}
