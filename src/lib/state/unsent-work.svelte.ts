/** Work that was taken off this device unsent: a file for the one who is here, or was last, until they have it. */
import type { UnsentFile } from './unsent-file.ts';
import type { UnsentNotes } from './unsent-notes.ts';

/** The device's own part of it; see `departure.ts`. */
export type UnsentShelf = {
	unsent(personId: string): Promise<UnsentFile | null>;
	forgetUnsent(personId: string): Promise<void>;
};

export class UnsentWork {
	readonly #notes: UnsentNotes;
	readonly #shelf: UnsentShelf;
	#file = $state.raw<UnsentFile | null>(null);
	#saved = $state.raw<'not' | 'now' | 'before'>('not');

	constructor(notes: UnsentNotes, shelf: UnsentShelf) {
		this.#notes = notes;
		this.#shelf = shelf;
		this.show();
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
		const { shown } = this.#notes;
		if (shown) this.#notes.noteSaved(shown.of);
	}

	/** The author has the file, or does not want it: it goes from the device. */
	async forget(): Promise<void> {
		const { shown } = this.#notes;
		this.#file = null;
		if (!shown) return;
		this.#notes.forget(shown.of);
		await this.#shelf.forgetUnsent(shown.of);
	}

	/** Something was taken from this person just now. */
	offer(file: UnsentFile, personId: string): void {
		this.#notes.offer(personId);
		this.#saved = 'not';
		this.#file = file;
	}

	/** It was put aside for somebody who is not here any more. */
	keepFor(personId: string): void {
		this.#notes.offer(personId);
	}

	/** This person is in: they see what is theirs. */
	enter(personId: string): void {
		const before = this.#notes.shown?.of;
		this.#notes.enter(personId);
		if (this.#notes.shown?.of !== before) this.show();
	}

	/** Looks for what waits for the one who is here, or was last. */
	show(): void {
		const { shown } = this.#notes;
		this.#file = null;
		this.#saved = shown?.saved ? 'before' : 'not';
		if (!shown) return;
		void this.#shelf.unsent(shown.of).then((file) => {
			if (this.#notes.shown?.of === shown.of) this.#file = file;
		});
	}
}
