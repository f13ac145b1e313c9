/** People who write one body together, each on a device that can go offline and come back. */
import { receiveWithoutWriting } from '#lib/protocol/receive-without-writing.ts';
import * as Y from 'yjs';

export class Device {
	readonly doc = new Y.Doc();
	readonly #others: Device[] = [];
	#online = true;

	constructor(clientId: number) {
		this.doc.clientID = clientId;
		receiveWithoutWriting(this.doc);
		this.doc.on('update', (update: Uint8Array, origin: unknown) => {
			if (!this.#online || origin === 'network') return;
			for (const other of this.#others) if (other.#online) Y.applyUpdate(other.doc, update, 'network');
		});
	}

	meet(others: readonly Device[]): void {
		this.#others.push(...others.filter((other) => other !== this));
	}

	get online(): boolean {
		return this.#online;
	}

	goOffline(): void {
		this.#online = false;
	}

	/** Fetches what was missed and brings what was made, both of which others get at once. */
	comeBack(): void {
		this.#online = true;
		for (const other of this.#others.filter(({ online }) => online)) {
			Y.applyUpdate(other.doc, Y.encodeStateAsUpdate(this.doc, Y.encodeStateVector(other.doc)), 'network');
			Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(other.doc, Y.encodeStateVector(this.doc)), 'network');
		}
	}
}
