/**
 * Whose the Yjs client ids of a document are, as the server has bound them. Asked for again when an id turns up that was
 * not known, and then, ever later, until it is; without a network nothing is known, and what a document claims of its
 * authors is neither proven nor refuted.
 */
import { record, type Shape } from '#lib/protocol/answer-shape.ts';
import type { AuthorsAnswer } from '#lib/protocol/api.ts';
import type { Api } from './api.ts';

const isAuthors: Shape<AuthorsAnswer['authors']> = (value): value is AuthorsAnswer['authors'] =>
	typeof value === 'object' &&
	value !== null &&
	Object.values(value).every((each) => each === null || typeof each === 'string');
export const isAuthorsAnswer = record({ authors: isAuthors });

/**
 * How long after an answer without an id the server is asked for it again: it may have sent on what is written under it
 * before it noted whose that is. Nobody's author is known of what is older than such notes: in the end it is left at that.
 * Milliseconds.
 */
const againAfter = [1000, 5000, 30_000, 120_000];
const withoutAnswer = 30_000;

export class Authors {
	readonly #api: Api;
	readonly #path: string;
	#known = $state.raw<AuthorsAnswer['authors']>({});
	readonly #asked = new Set<number>();
	/** Answers since an id turned up that was not known. */
	#answers = 0;
	#closed = false;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(api: Api, documentName: string) {
		this.#api = api;
		this.#path = `/api/documents/${encodeURIComponent(documentName)}/authors`;
	}

	/** @returns a person id; null when it is nobody's; undefined when that is not known here */
	of(clientId: number): string | null | undefined {
		const known = this.#known[clientId];
		if (known === undefined && !this.#asked.has(clientId)) {
			this.#asked.add(clientId);
			this.#answers = 0;
			this.#askIn(0);
		}
		return known;
	}

	close(): void {
		this.#closed = true;
		clearTimeout(this.#timer);
	}

	#askIn(delay: number): void {
		clearTimeout(this.#timer);
		if (!this.#closed) this.#timer = setTimeout(() => void this.#ask(), delay);
	}

	async #ask(): Promise<void> {
		const answer = await this.#api.send('GET', this.#path, isAuthorsAnswer);
		if (answer.ok) this.#known = answer.value.authors;
		if ([...this.#asked].every((id) => this.#known[id] !== undefined)) return;
		const offline = !answer.ok && answer.error === 'offline';
		const delay = offline ? withoutAnswer : againAfter[this.#answers++];
		if (delay !== undefined) this.#askIn(delay);
	}
}

/**
 * Whose device wrote what claims to be this person's. Where several did, one of them.
 * @returns null where the claim stands or nothing is known against it; an empty text for nobody's
 */
export function enteredBy(claimed: string, clients: readonly number[], authors: Pick<Authors, 'of'>): string | null {
	const writers = clients.map((client) => authors.of(client));
	const others = writers.filter((writer) => writer !== undefined && writer !== claimed);
	return others.length === 0 ? null : (others.find((writer) => writer !== null) ?? '');
}

/** @returns whether a version of this name is on the server's disk now */
export async function keepVersion(api: Api, documentName: string, name: string): Promise<boolean> {
	const path = `/api/documents/${encodeURIComponent(documentName)}/versions`;
	const answer = await api.send('POST', path, (_value): _value is unknown => true, { name });
	return answer.ok;
}
