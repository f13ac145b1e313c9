/**
 * The version that is stored before all suggestions are accepted, one at a time. It outlives the list in which that was
 * pressed: who closes the list and opens it again sees it there, and does not press a second time.
 */

/** `long`: for longer than one waits without asking. */
export type Storing = 'no' | 'yes' | 'long';

/** Milliseconds. */
const longAfterMs = 3000;

export class VersionBefore {
	readonly #store: (name: string) => Promise<boolean>;
	#storing = $state<Storing>('no');

	/** @param store settles with whether a version of that name is on the server's disk */
	constructor(store: (name: string) => Promise<boolean>) {
		this.#store = store;
	}

	get storing(): Storing {
		return this.#storing;
	}

	/** @returns whether it is on the server's disk; null, and nothing is done, while one is on its way */
	async store(name: string): Promise<boolean | null> {
		if (this.#storing !== 'no') return null;
		this.#storing = 'yes';
		const timer = setTimeout(() => (this.#storing = 'long'), longAfterMs);
		try {
			return await this.#store(name);
		} finally {
			clearTimeout(timer);
			this.#storing = 'no';
		}
	}
}
