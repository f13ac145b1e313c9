/**
 * Whose work waits on this device as a file, and whether it is in sight. It is its author's: whoever comes in after them
 * neither sees it nor can throw it away, and it is offered again when its author is back.
 */
import { flag, listOf, record, text } from '#lib/protocol/answer-shape.ts';
import { unsentKey } from './identity.ts';
import { deviceStore, Stored, type KeyValueStore } from './stored.ts';

/** `saved`: it was handed out, and is not offered unasked any more. */
const shape = listOf(record({ of: text, saved: flag, away: flag }));

type Note = { of: string; saved: boolean; away: boolean };

export class UnsentNotes {
	readonly #stored: Stored<Note[]>;

	constructor(store: KeyValueStore | null = deviceStore()) {
		this.#stored = new Stored(store, unsentKey, shape);
	}

	/** The one that is in sight. */
	get shown(): Note | null {
		return this.#read().find(({ away }) => !away) ?? null;
	}

	/** A file of the one who is here waits. */
	offer(of: string): void {
		this.#write([...this.#others(of), { of, saved: false, away: false }]);
	}

	noteSaved(of: string): void {
		this.#write([...this.#others(of), { of, saved: true, away: false }]);
	}

	forget(of: string): void {
		this.#write(this.#others(of));
	}

	/** This person is in now, and nobody else is. */
	enter(personId: string): void {
		const own = this.#read().filter(({ of }) => of === personId);
		this.#write([...this.#others(personId), ...own.map((note) => ({ ...note, away: false }))]);
	}

	#read(): Note[] {
		return this.#stored.read() ?? [];
	}

	/** Out of sight. */
	#others(personId: string): Note[] {
		const others = this.#read().filter(({ of }) => of !== personId);
		return others.map((note) => ({ ...note, away: true }));
	}

	#write(notes: Note[]): void {
		if (notes.length > 0) this.#stored.write(notes);
		else this.#stored.remove();
	}
}
