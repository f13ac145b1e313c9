/**
 * What was changed in the last moment before a page went away. A commit of IndexedDB takes a moment, and a page that is
 * left within it takes the change along; `localStorage` is written at once. So what is not committed when the page goes is
 * put there, and comes back into the document when it is opened next. Updates may come twice: that changes nothing.
 */

/** The browser's `localStorage`, or an empty one where it has none or does not let the page use it. */
export type Pocket = Record<string, string>;

export class LastWords {
	readonly #prefix: string;
	readonly #key: string;
	readonly #pocket: Pocket;
	readonly #page: EventTarget;
	readonly #change: (update: Uint8Array) => Uint8Array;
	/** Each with whether it was made on this device. */
	readonly #underWay = new Map<Uint8Array, boolean>();

	/**
	 * @param database of the document
	 * @param tab tabs that go at the same time each leave their own
	 * @param page tells with `pagehide` that it goes
	 * @param change what an update is stored as
	 */
	constructor(
		database: string,
		tab: string,
		pocket: Pocket = ownPocket(),
		page: EventTarget = globalThis,
		change = (update: Uint8Array): Uint8Array => update,
	) {
		this.#change = change;
		this.#prefix = pocketPrefix(database);
		this.#key = this.#prefix + tab;
		this.#pocket = pocket;
		this.#page = page;
		page.addEventListener?.('pagehide', this.#save);
	}

	/**
	 * Notes an update whose commit is under way, until that settles; it never rejects.
	 * @param own it was made on this device: nobody else has it
	 */
	async during<T>(update: Uint8Array, commit: Promise<T>, own = true): Promise<T> {
		this.#underWay.set(update, own);
		const outcome = await commit;
		this.#underWay.delete(update);
		return outcome;
	}

	/**
	 * What pages that are gone left behind, in the order in which it was changed.
	 * @param put stores one update; what it answers `true` to, all of one page, is forgotten here
	 */
	async takeBack(put: (update: Uint8Array) => Promise<boolean>): Promise<void> {
		for (const [key, text] of leftIn(this.#pocket, this.#prefix)) {
			const kept = await Promise.all(decode(text).map(put));
			if (kept.every(Boolean)) Reflect.deleteProperty(this.#pocket, key);
		}
	}

	close(): void {
		this.#page.removeEventListener?.('pagehide', this.#save);
	}

	readonly #save = (): void => {
		const all = [...this.#underWay];
		const own = all.filter(([, isOwn]) => isOwn);
		// What others wrote is on the server, and is kept for what stands on it.
		if (own.length > 0 && !this.#put(all)) this.#put(own);
	};

	/** @returns false when there is no room: then the commit under way is all there is */
	#put(updates: readonly [update: Uint8Array, own: boolean][]): boolean {
		try {
			this.#pocket[this.#key] = JSON.stringify(updates.map(([update]) => [...this.#change(update)]));
			return true;
		} catch {
			return false;
		}
	}
}

/** What pages that are gone left behind of one document, without taking it back. */
export function readLastWords(database: string, pocket: Pocket = ownPocket()): Uint8Array[] {
	return leftIn(pocket, pocketPrefix(database)).flatMap(([, text]) => decode(text));
}

/** Forgets what pages of one person left behind. */
export function forgetLastWords(databasePrefix: string, pocket: Pocket = ownPocket()): void {
	for (const [key] of leftIn(pocket, `last-words:${databasePrefix}`)) Reflect.deleteProperty(pocket, key);
}

/** Forgets what pages left behind of one document. */
export function forgetLastWordsOf(database: string, pocket: Pocket = ownPocket()): void {
	for (const [key] of leftIn(pocket, pocketPrefix(database))) Reflect.deleteProperty(pocket, key);
}

function pocketPrefix(database: string): string {
	return `last-words:${database}:`;
}

function leftIn(pocket: Pocket, prefix: string): [key: string, text: string][] {
	return Object.entries(pocket).filter(([key]) => key.startsWith(prefix));
}

function decode(text: string): Uint8Array[] {
	try {
		return (JSON.parse(text) as number[][]).map((bytes) => Uint8Array.from(bytes));
	} catch {
		return [];
	}
}

function ownPocket(): Pocket {
	try {
		return typeof localStorage === 'undefined' ? {} : localStorage;
	} catch {
		return {};
	}
}
