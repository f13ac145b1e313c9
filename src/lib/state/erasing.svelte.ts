/**
 * Erasing for good, as an admin does it. What is marked as removed is deleted in the document itself, by this device;
 * only when the server has that on its disk is it asked to forget what was deleted. A document whose meeting, roster or
 * issue is gone is emptied, and only when the directory that says so is the server's.
 */
import { emptyDocument, forgetRemoved } from '#lib/documents/forget-removed.ts';
import { listOf, number, orMissing, record, text, type Shape } from '#lib/protocol/answer-shape.ts';
import type { DocumentsAnswer, ListedDocument } from '#lib/protocol/api.ts';
import { parseDocumentName, type DocumentName } from '#lib/protocol/document-name.ts';
import { accessOf } from '#lib/protocol/policy.ts';
import type { DocumentHandle } from '#lib/sync/contract.ts';
import { createApi, nothing, type Api, type Failure } from './api.ts';
import type { App } from './app.svelte.ts';
import { documentTitle, isListed } from './document-title.ts';
import { statusOf, type View } from './document-view.svelte.ts';
import type { Session } from './session.svelte.ts';

export type Erasable = {
	name: DocumentName;
	title: string;
	/** Nothing names it any more: all of it goes. */
	whole: boolean;
	/** When it was erased last. ISO 8601, UTC; null: never. */
	erasedAt: string | null;
};

/** `unknown`: it was asked for, no answer came, and nobody could be asked how it ended. */
export type ErasingFailure = Failure | 'not-saved' | 'unknown';

const erasure = record({ at: text, version: number });
const answer: Shape<DocumentsAnswer> = record({
	documents: listOf(record({ name: text, version: number, erased: orMissing(erasure) })),
});

/** Milliseconds until it counts as not saved. */
const patience = 15_000;

/** The server rewrites all its data: with much of it, and a slow disk, that is minutes. */
const rewritingMs = 10 * 60_000;

export class Erasing {
	readonly #app: App;
	readonly #session: Session;
	readonly #patientApi: Pick<Api, 'send'>;
	readonly #directory: View<DocumentHandle['status']>;
	#listed = $state.raw<readonly ListedDocument[] | null>(null);
	#failure = $state.raw<Failure | null>(null);

	constructor(
		app: App,
		session: Session,
		patientApi: Pick<Api, 'send'> = createApi({ timeLimitMs: rewritingMs, person: () => app.me.id }),
	) {
		this.#patientApi = patientApi;
		this.#app = app;
		this.#session = session;
		this.#directory = statusOf(app.directoryHandle);
	}

	/** What is gone first, then by title; null until the server answered, and while the directory may not be its own. */
	get documents(): readonly Erasable[] | null {
		if (!this.#directory.current.saved) return null;
		const found = this.#listed?.flatMap((document) => this.#toErasable(document));
		return found?.sort((a, b) => Number(b.whole) - Number(a.whole) || a.title.localeCompare(b.title, 'de')) ?? null;
	}

	get failure(): Failure | null {
		return this.#failure;
	}

	/** @returns whether the server answered */
	async load(): Promise<boolean> {
		const result = await this.#session.api.send('GET', '/api/documents', answer);
		this.#failure = result.ok ? null : result.error;
		if (result.ok) this.#listed = result.value.documents;
		return result.ok;
	}

	/** @returns why not all of it is erased, or null */
	async erase({ name, whole }: Pick<Erasable, 'name' | 'whole'>): Promise<ErasingFailure | null> {
		const { workspace, directoryHandle } = this.#app;
		const handle = workspace.open(name, { present: false });
		try {
			if (!(await isSaved(directoryHandle)) || !(await isSaved(handle))) return 'not-saved';
			// What was confirmed was the one or the other.
			if (whole === isListed(name, this.#app.directory)) return 'not-saved';
			if (whole) emptyDocument(handle.doc);
			else forgetRemoved(handle.doc);
			if (!(await isSaved(handle))) return 'not-saved';
			const path = `/api/documents/${encodeURIComponent(name)}/erase`;
			const before = this.#erasedAt(name);
			const result = await this.#patientApi.send('POST', path, nothing);
			if (result.ok) return null;
			if (result.error !== 'offline') return result.error;
			return (await this.load()) && this.#erasedAt(name) !== before ? null : 'unknown';
		} finally {
			handle.release();
			await this.load();
		}
	}

	/** As the server said last. */
	#erasedAt(name: DocumentName): string | undefined {
		return this.#listed?.find((listed) => listed.name === name)?.erased?.at;
	}

	#toErasable({ name, version, erased }: ListedDocument): Erasable[] {
		const parsed = parseDocumentName(name);
		if (!parsed || accessOf(this.#app.me.role, parsed.kind) !== 'write') return [];
		const whole = !isListed(name, this.#app.directory);
		// Empty, and nobody wrote in it since.
		if (whole && erased?.version === version) return [];
		const title = documentTitle(name, this.#app.directory);
		return [{ name: parsed.name, title, whole, erasedAt: erased?.at ?? null }];
	}
}

function isSaved(handle: DocumentHandle): Promise<boolean> {
	return new Promise((resolve) => {
		const settle = (saved: boolean) => {
			clearTimeout(timer);
			stop();
			resolve(saved);
		};
		const look = () => {
			const { saved, refusal } = handle.status;
			if (saved || refusal !== null) settle(saved);
		};
		const timer = setTimeout(() => settle(false), patience);
		const stop = handle.onStatus(look);
		look();
	});
}
