/**
 * Whose client id is whose in one document. The invariant: everything that came under an id since it belongs to a person
 * came over connections of that person. An id belongs to whoever writes first under it, on disk with that update, and
 * nobody else's new content is taken under it.
 *
 * Two ids are nobody's for good: one that was written under before ids were bound, and one under which others brought
 * something while the server lacked what devices had (see `Recovery`): an honest device does that then, and a forger
 * cannot be told from it. Anybody may go on under them, and no authorship is read from them.
 */
import type { Authors } from '../storage/contract.ts';

/**
 * Devices may hold what is not here any more: a backup was put back, the machine fell, the disk failed after others saw
 * what it was to keep. They bring it, whoever wrote it, and to refuse that would lose it.
 */
export type Recovery = {
	readonly needed: boolean;
	/** Something was lost just now. */
	begin(): void;
};

export type AuthorshipSurroundings = {
	recovery: Recovery;
	/** Whether somebody else than this person is here under the client id, and has brought all they have of it. */
	heldByAnother(client: number, person: string): boolean;
};

export function createRecovery(): Recovery {
	let needed = false;
	return {
		get needed() {
			return needed;
		},
		begin: () => void (needed = true),
	};
}

export class Authorship {
	readonly #around: AuthorshipSurroundings;
	readonly #authors: Map<number, string | null>;
	#found: [client: number, person: string | null][] = [];

	constructor(authors: Authors, around: AuthorshipSurroundings) {
		this.#authors = new Map(authors);
		this.#around = around;
	}

	/**
	 * Whether the person may add content under the client id. What follows for the id is only noted: see `take`.
	 * @param known how much is here under it, as a clock
	 */
	mayWrite(client: number, known: number, person: string): boolean {
		const author = this.#authors.get(client);
		if (author === person) return true;
		if (this.#around.heldByAnother(client, person)) return false;
		if (typeof author === 'string' && !this.#around.recovery.needed) return false;
		const next = author === undefined && known === 0 ? person : null;
		if (next !== author) this.#found.push([client, next]);
		return true;
	}

	/** Whether the id is this person's. */
	isOf(client: number, person: string): boolean {
		return this.#authors.get(client) === person;
	}

	/** Takes over what another relay, or the store, knows. */
	learn(authors: Iterable<readonly [client: number, person: string | null]>): void {
		for (const [client, person] of authors) {
			const known = this.#authors.get(client);
			this.#authors.set(client, known === undefined || known === person ? person : null);
		}
	}

	/** Whether the person may call the id their own. */
	mayClaim(client: number, person: string): boolean {
		const author = this.#authors.get(client) ?? person;
		return author === person || this.#around.recovery.needed;
	}

	/** The update that was asked about last was taken. @returns what is to be written with it */
	take(): [client: number, person: string | null][] {
		if (this.#found.length === 0) return this.#found;
		const found = this.#found;
		this.#found = [];
		for (const [client, person] of found) this.#authors.set(client, person);
		return found;
	}

	/** The update that was asked about last was not taken. */
	drop(): void {
		if (this.#found.length > 0) this.#found = [];
	}
}
