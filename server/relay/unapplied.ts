/**
 * What a document lacks of what was taken, and all there is while there is no document: its bytes, and what came since.
 * These go on from each other.
 */
import { PackedUpdates } from './packed-updates.ts';
import { putTogether, putUpdatesTogether } from './update-merge.ts';
import { type Scan, scanUpdate } from './update-scan.ts';

/** How far a document may lag behind. Catching up costs about as much per update as the scan. */
const maxLag = { updates: 4096, bytes: 1024 * 1024 };

/** Without a document, so many bytes are kept. */
const maxLoose = 2 * 1024 * 1024;

/** So much is put together, or as much as there is together already: a letter's update is thirty bytes, beside others one. */
const worthTidying = 2 * 1024;

export class Unapplied {
	/** While there is no document: what stands for it, beside what came since. */
	#whole: Uint8Array | null = null;
	readonly #since = new PackedUpdates();
	/** So much of it was put together. Bytes. */
	#tidied = 0;

	/** What stands for the document; null while there is one. */
	get whole(): Uint8Array | null {
		return this.#whole;
	}

	/** These bytes are all there is. */
	become(whole: Uint8Array): void {
		this.clear();
		this.#whole = whole;
	}

	add(update: Uint8Array): void {
		this.#since.add(update);
	}

	/** It was applied. */
	clear(): void {
		this.#whole = null;
		this.#forget();
	}

	toArray(): Uint8Array[] {
		const since = this.#since.toArray();
		return this.#whole ? [this.#whole, ...since] : since;
	}

	/** @returns null when the scan does not read them all */
	scans(): readonly Scan[] | null {
		return scansOf(this.toArray());
	}

	/** @returns all there is as one update, where it can be had without a document */
	together(): Uint8Array | null {
		if (!this.#whole || this.#since.length === 0) return this.#whole;
		const scans = this.scans();
		const whole = scans && putTogether(scans);
		if (whole) this.become(whole);
		return whole;
	}

	/** To be called after adding. @returns whether it is to be applied now */
	isLong(hasDocument: boolean): boolean {
		const { length, byteLength } = this.#since;
		if (hasDocument) return length >= maxLag.updates || byteLength >= maxLag.bytes;
		if (byteLength >= maxLoose) return true;
		if (byteLength >= this.#tidied + Math.max(this.#tidied, worthTidying)) this.#tidy();
		return false;
	}

	/** The updates that came since as few as can be. */
	#tidy(): void {
		const together = putUpdatesTogether(this.#since.toArray());
		this.#forget();
		for (const update of together) this.#since.add(update);
		this.#tidied = this.#since.byteLength;
	}

	#forget(): void {
		this.#since.clear();
		this.#tidied = 0;
	}
}

/** @returns null when one of them is not read */
export function scansOf(updates: readonly Uint8Array[]): readonly Scan[] | null {
	const scans = updates.map(scanUpdate);
	return scans.includes(null) ? null : (scans as Scan[]);
}
