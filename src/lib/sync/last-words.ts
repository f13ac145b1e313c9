/**
 * What was changed in the last moment before a page went away. A commit of IndexedDB takes a moment, and a page that is
 * left within it takes the change along; `localStorage` is written at once. So what is not committed when the page goes is
 * put there, and comes back into the document when it is opened next. Updates may come twice: that changes nothing.
 */
import { fromBase64, toBase64 } from 'lib0/buffer';
import * as Y from 'yjs';

/** The browser's, or nothing where it has none or does not let the page use it. */
export type Pocket = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

export class LastWords {
	readonly #prefix: string;
	readonly #key: string;
	readonly #pocket: Pocket | null;
	readonly #page: EventTarget;
	readonly #underWay = new Set<Uint8Array>();

	/**
	 * @param database of the document
	 * @param tab tabs that go at the same time each leave their own
	 * @param page tells with `pagehide` that it goes
	 */
	constructor(database: string, tab: string, pocket: Pocket | null = ownPocket(), page: EventTarget = globalThis) {
		this.#prefix = pocketPrefix(database);
		this.#key = this.#prefix + tab;
		this.#pocket = pocket;
		this.#page = page;
		page.addEventListener?.('pagehide', this.#save);
	}

	/** Notes an update whose commit is under way, until that settles. */
	async during<T>(update: Uint8Array, commit: Promise<T>): Promise<T> {
		this.#underWay.add(update);
		try {
			return await commit;
		} finally {
			this.#underWay.delete(update);
		}
	}

	/**
	 * What pages that are gone left behind.
	 * @param put stores it; what it answers `true` to is forgotten here
	 */
	async takeBack(put: (update: Uint8Array) => Promise<boolean>): Promise<void> {
		for (const key of keysOf(this.#pocket, this.#prefix)) {
			const update = decode(this.#pocket?.getItem(key));
			if (!update || (await put(update))) this.#pocket?.removeItem(key);
		}
	}

	close(): void {
		this.#page.removeEventListener?.('pagehide', this.#save);
	}

	readonly #save = (): void => {
		if (this.#underWay.size === 0) return;
		try {
			this.#pocket?.setItem(this.#key, toBase64(Y.mergeUpdates([...this.#underWay])));
		} catch {
			// There is no room: the commit under way is all there is.
		}
	};
}

/** Forgets what pages of one person left behind. */
export function forgetLastWords(databasePrefix: string, pocket: Pocket | null = ownPocket()): void {
	for (const key of keysOf(pocket, `last-words:${databasePrefix}`)) pocket?.removeItem(key);
}

function pocketPrefix(database: string): string {
	return `last-words:${database}:`;
}

function keysOf(pocket: Pocket | null, prefix: string): string[] {
	if (!pocket) return [];
	const all = Array.from({ length: pocket.length }, (_, at) => pocket.key(at));
	return all.flatMap((key) => (key?.startsWith(prefix) ? [key] : []));
}

function decode(text: string | null | undefined): Uint8Array | null {
	try {
		const update = fromBase64(text ?? '');
		Y.decodeUpdate(update);
		return update;
	} catch {
		return null;
	}
}

function ownPocket(): Pocket | null {
	try {
		return typeof localStorage === 'undefined' ? null : localStorage;
	} catch {
		return null;
	}
}
