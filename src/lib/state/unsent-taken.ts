/**
 * What was put into documents from files of unsent work on this device. It stands there under new ids, so nothing in the
 * document tells that it came from the file: the device remembers it, and does not offer it again. It keeps no word of it.
 */
import { digestOf } from '#lib/documents/update-digest.ts';
import { listOf, record, text } from '#lib/protocol/answer-shape.ts';
import { deviceStore, Stored, type KeyValueStore } from './stored.ts';

type Taken = { key: string; at: string };

/** Older ones are forgotten: a file is opened twice on the same evening, or by mistake in the same week. */
const mostRemembered = 100;

export class UnsentTaken {
	readonly #stored: Stored<Taken[]>;

	constructor(store: KeyValueStore | null = deviceStore()) {
		this.#stored = new Stored(store, 'mitschrift.unsent-taken', listOf(record({ key: text, at: text })));
	}

	/** @returns when it was put in, ISO 8601 in UTC; null: it was not, or was taken back */
	when(key: string): string | null {
		return this.#all().find((taken) => taken.key === key)?.at ?? null;
	}

	note(key: string, now: Date): void {
		this.#stored.write([{ key, at: now.toISOString() }, ...this.#without(key)].slice(0, mostRemembered));
	}

	forget(key: string): void {
		this.#stored.write(this.#without(key));
	}

	#without(key: string): Taken[] {
		return this.#all().filter((taken) => taken.key !== key);
	}

	#all(): Taken[] {
		return this.#stored.read() ?? [];
	}
}

/** The same for the same work in the same document, whichever file it is in. */
export function keyOfUnsent(name: string, update: Uint8Array): string {
	return `${name} ${digestOf(update)}`;
}
