/**
 * Work that was taken off this device unsent: a file for the one who is here, or was last, until they have it. What there
 * is to it, `departure.ts` does, which is loaded only where something waits.
 */
import type { UnsentFile } from './unsent-file.ts';

/** The device's own part of it; see `departure.ts`. */
export type UnsentShelf = {
	/**
	 * @param personId who is in now: what is another's goes out of sight; null: nobody
	 * @returns what is in sight; `saved`, it was handed out at an earlier opening
	 */
	unsent(personId: string | null): Promise<{ file: UnsentFile; saved: boolean } | null>;
	noteUnsentSaved(): Promise<void>;
	forgetUnsent(): Promise<void>;
};

export class UnsentWork {
	readonly #waits: () => boolean;
	readonly #shelf: UnsentShelf;
	#file = $state.raw<UnsentFile | null>(null);
	#saved = $state.raw<'not' | 'now' | 'before'>('not');
	/** Counts the questions: an answer to an older one is none. */
	#asked = 0;

	/** @param waits whether anything waits here, for whomever */
	constructor(waits: () => boolean, shelf: UnsentShelf) {
		this.#waits = waits;
		this.#shelf = shelf;
	}

	/** For its author to save; null when there is none. */
	get file(): UnsentFile | null {
		return this.#file;
	}

	/** Whether it was handed out to be saved: `before`, at an earlier opening, and it is not offered unasked any more. */
	get saved(): 'not' | 'now' | 'before' {
		return this.#saved;
	}

	/** It was handed out. A browser does not tell whether it arrived, so it stays here, out of the way. */
	noteSaved(): void {
		if (this.#saved === 'not') this.#saved = 'now';
		void this.#shelf.noteUnsentSaved();
	}

	/** The author has the file, or does not want it: it goes from the device. */
	async forget(): Promise<void> {
		if (!this.#file) return;
		this.#show(null, 'not');
		await this.#shelf.forgetUnsent();
	}

	/** Something was put aside of the one who is here. */
	offer(file: UnsentFile): void {
		this.#show(file, 'not');
	}

	/** Looks for what waits for the one who is here; null: who was last. */
	async look(personId: string | null): Promise<void> {
		const before = this.#saved;
		this.#show(null, 'not');
		if (!this.#waits()) return;
		const asked = this.#asked;
		const found = await this.#shelf.unsent(personId).catch(() => null);
		const saved = before === 'now' ? 'now' : 'before';
		if (found && asked === this.#asked) this.#show(found.file, found.saved ? saved : 'not');
	}

	#show(file: UnsentFile | null, saved: 'not' | 'now' | 'before'): void {
		this.#asked++;
		this.#file = file;
		this.#saved = saved;
	}
}
