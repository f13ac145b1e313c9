/**
 * Whose the Yjs client ids of a document are, as the server has bound them. Asked for again when an id turns up that was
 * not known; without a network nothing is known, and what a document claims of its authors is neither proven nor refuted.
 */
import { record, type Shape } from '#lib/protocol/answer-shape.ts';
import type { AuthorsAnswer } from '#lib/protocol/api.ts';
import type { Api } from './api.ts';

const isAuthors: Shape<AuthorsAnswer['authors']> = (value): value is AuthorsAnswer['authors'] =>
	typeof value === 'object' &&
	value !== null &&
	Object.values(value).every((each) => each === null || typeof each === 'string');
const isAnswer = record({ authors: isAuthors });

export class Authors {
	readonly #api: Api;
	readonly #path: string;
	#known = $state.raw<AuthorsAnswer['authors']>({});
	readonly #asked = new Set<number>();

	constructor(api: Api, documentName: string) {
		this.#api = api;
		this.#path = `/api/documents/${encodeURIComponent(documentName)}/authors`;
	}

	/** @returns a person id; null when it is nobody's; undefined when that is not known here */
	of(clientId: number): string | null | undefined {
		const known = this.#known[clientId];
		if (known === undefined && !this.#asked.has(clientId)) {
			this.#asked.add(clientId);
			queueMicrotask(() => void this.#ask());
		}
		return known;
	}

	async #ask(): Promise<void> {
		const answer = await this.#api.send('GET', this.#path, isAnswer);
		if (answer.ok) this.#known = answer.value.authors;
	}
}

/** @returns whether a version of this name is on the server's disk now */
export async function keepVersion(api: Api, documentName: string, name: string): Promise<boolean> {
	const path = `/api/documents/${encodeURIComponent(documentName)}/versions`;
	const answer = await api.send('POST', path, (_value): _value is unknown => true, { name });
	return answer.ok;
}
