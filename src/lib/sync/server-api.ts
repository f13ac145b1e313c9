/** The two questions that sync asks the server over HTTP. A server that cannot be reached answers null. */
import { listOf, number, orMissing, record, text } from '#lib/protocol/answer-shape.ts';
import type { DocumentsAnswer, SessionAnswer } from '#lib/protocol/api.ts';
import { parseDocumentName, type DocumentName } from '#lib/protocol/document-name.ts';
import { accessTo } from '#lib/protocol/policy.ts';
import type { Refusal } from './contract.ts';

const erasure = record({ at: text, version: number });
const documentsShape = record({
	documents: listOf(record({ name: text, version: number, erased: orMissing(erasure) })),
});

/** `erased`: when what had been deleted from it was erased last; null: never. */
export type Listed = { name: DocumentName; version: number; erased: string | null };

export class ServerApi {
	readonly #fetch: typeof fetch;
	readonly #base: string;
	#asking: Promise<SessionAnswer | 'signed-out' | null> | null = null;

	/** @param base '' for the page's own origin */
	constructor(request: typeof fetch, base: string) {
		this.#fetch = request;
		this.#base = base;
	}

	/** What the role may read; names that this app does not know are left out. */
	async documents(): Promise<Listed[] | 'signed-out' | null> {
		const answer = await this.#get<DocumentsAnswer>('/api/documents');
		if (answer === 'signed-out' || answer === null) return answer;
		if (!documentsShape(answer)) return null;
		return answer.documents.flatMap(({ name, version, erased }) => {
			const parsed = parseDocumentName(name);
			return parsed ? [{ name: parsed.name, version, erased: erased?.at ?? null }] : [];
		});
	}

	/** Why a connection was refused before it was one, or null when no reason is known that would stay. */
	async whyRefused(name: DocumentName): Promise<Refusal | null> {
		// Many documents are refused at once for one reason: they ask once.
		this.#asking ??= this.#get<SessionAnswer>('/api/session').finally(() => (this.#asking = null));
		const session = await this.#asking;
		if (session === null || session === 'signed-out') return session;
		const access = session.person ? accessTo(session.person, name) : 'none';
		if (access === 'none') return 'forbidden';
		if (access === 'write') return null;
		const listed = await this.documents();
		if (listed === null || listed === 'signed-out') return listed;
		return listed.some((document) => document.name === name) ? null : 'not-found';
	}

	async #get<T>(path: string): Promise<T | 'signed-out' | null> {
		try {
			const answer = await this.#fetch(this.#base + path, { headers: { accept: 'application/json' } });
			if (answer.status === 401) return 'signed-out';
			return answer.ok ? ((await answer.json()) as T) : null;
		} catch {
			return null;
		}
	}
}
