/**
 * The history of one document: its versions, what differs between them and now, and going back to one. The list is the
 * server's and needs a network; what changed since this device's last visit does not.
 */
import { factNow, factThen, type Beside, type Entry, type FactWords } from '#lib/domain/beside.ts';
import { restoreDocument, restorePart, restoreShapes } from '#lib/documents/restore.ts';
import { listOf, orNull, record, text, type Shape } from '#lib/protocol/answer-shape.ts';
import type { VersionAnswer, VersionsAnswer } from '#lib/protocol/api.ts';
import type { FactSources } from '#lib/domain/facts/fact.ts';
import type { DocumentName } from '#lib/protocol/document-name.ts';
import type { DocumentHandle } from '#lib/sync/contract.ts';
import { createSubscriber } from 'svelte/reactivity';
import * as Y from 'yjs';
import type { Api, ApiResult, Failure } from './api.ts';
import { statusOf, type View } from './document-view.svelte.ts';
import { sectionsOf, type HistoryKind, type Section, type SectionNames } from './document-sections.ts';
import { Comparison, type Sides } from './comparison.svelte.ts';
import type { SectionDiff } from './section-diff.ts';
import { beforeThisVisit, type seenStatesOf } from './visit.svelte.ts';

export type Version = VersionAnswer;

const versionAnswer: Shape<VersionAnswer> = record({ id: text, name: orNull(text), at: text, personId: orNull(text) });
const versionsAnswer: Shape<VersionsAnswer> = record({ versions: listOf(versionAnswer) });

/** `offline` and the like, or that not everything is at the server yet. */
export type RestoreFailure = Failure | 'not-saved-yet';

export type HistoryParts = {
	api: Api;
	name: DocumentName;
	kind: HistoryKind;
	handle: DocumentHandle;
	seen: Pick<ReturnType<typeof seenStatesOf>, 'read'>;
	names: Pick<SectionNames, 'personOf' | 'itemOf'>;
	/** What the directory says of it. */
	entry: () => Entry;
	/** Where facts are read, and how one that does not hold is written. */
	facts: { readonly sources: FactSources };
	factWords: (words: FactWords) => string;
	now: () => number;
	/** Lets go of the documents that were opened for this. */
	release: () => void;
};

/** `before` null: there was nothing; `after` null: as it is now. `beside`: what it showed then from elsewhere, where that is known. */
type Compared = { before: Y.Doc | null; after: Y.Doc | null; beside?: Beside | undefined };

/** Whoever reads need not see every letter come that others write. Milliseconds. */
const readAfter = 150;

export class DocumentHistory {
	readonly #parts: HistoryParts;
	readonly #subscribe: () => void;
	readonly #states = new Map<string, Y.Doc>();
	readonly #status: View<DocumentHandle['status']>;
	#versions = $state.raw<readonly Version[] | null>(null);
	#failure = $state.raw<Failure | null>(null);
	#chosen = $state.raw<string | null>(null);
	#against = $state.raw<'now' | 'before'>('now');
	#compared = $state.raw<Compared | null>(null);
	#visit = $state.raw<{ doc: Y.Doc; at: number; beside?: Beside | undefined } | null | undefined>(undefined);

	readonly #comparison = new Comparison();
	readonly #before = $derived.by(() => {
		const { before, beside } = this.#compared ?? {};
		return before ? this.#sectionsThen(before, beside) : [];
	});
	readonly #sides = $derived.by((): Sides | null => {
		const states = this.#compared;
		if (!states) return null;
		if (states.after === null) this.#subscribe();
		const after = states.after ? this.#sectionsThen(states.after, undefined) : this.#sectionsNow(states);
		return { of: states, before: this.#before, after };
	});

	constructor(parts: HistoryParts) {
		this.#parts = parts;
		this.#status = statusOf(parts.handle);
		this.#subscribe = createSubscriber((update) => {
			let timer: ReturnType<typeof setTimeout> | undefined;
			const changed = () => {
				timer ??= setTimeout(() => {
					timer = undefined;
					update();
				}, readAfter);
			};
			parts.handle.doc.on('update', changed);
			return () => {
				clearTimeout(timer);
				parts.handle.doc.off('update', changed);
			};
		});
	}

	/** Newest first; null until the server has answered. */
	get versions(): readonly Version[] | null {
		return this.#versions;
	}

	get failure(): Failure | null {
		return this.#failure;
	}

	/** When the visit before this one ended; null on a first visit, undefined until it is known. */
	get visitAt(): number | null | undefined {
		return this.#visit === undefined ? undefined : (this.#visit?.at ?? null);
	}

	get ready(): boolean {
		return this.#status.current.loaded;
	}

	get offline(): boolean {
		return this.#failure === 'offline';
	}

	async load(): Promise<void> {
		const answer = await this.#parts.api.send('GET', this.#path, versionsAnswer);
		this.#failure = answer.ok ? null : answer.error;
		// A document that the server has not got yet has no versions.
		if (answer.ok || answer.error === 'not-found') this.#versions = answer.ok ? answer.value.versions : [];
		if (!answer.ok && answer.error === 'not-found') this.#failure = null;
	}

	async loadVisit(): Promise<void> {
		const { seen, name, now } = this.#parts;
		const before = beforeThisVisit(await seen.read(name), now());
		const doc = before && docFrom(before.state);
		this.#visit = before && doc ? { doc, at: before.at, beside: before.beside } : null;
	}

	/** A version's id, `visit`, or null. */
	get chosen(): string | null {
		return this.#chosen;
	}

	get against(): 'now' | 'before' {
		return this.#against;
	}

	/** Null while nothing is chosen, and while a version is being fetched or compared. */
	get differences(): SectionDiff[] | null {
		return this.#comparison.differences;
	}

	/** Call it in an effect: it runs again when what is compared has changed. */
	compare(): void {
		this.#comparison.compare(this.#sides);
	}

	/** Shows what differs between a version, or the last visit, and now or the version before. */
	async choose(chosen: string, against: 'now' | 'before' = this.#against): Promise<void> {
		this.#chosen = chosen;
		this.#against = against;
		this.#compared = null;
		const compared = await this.#statesFor(chosen, against);
		// Something else may have been chosen meanwhile.
		if (this.#chosen === chosen && this.#against === against) this.#compared = compared;
	}

	async #statesFor(chosen: string, against: 'now' | 'before'): Promise<Compared | null> {
		if (chosen === 'visit')
			return this.#visit ? { before: this.#visit.doc, after: null, beside: this.#visit.beside } : null;
		const state = await this.#stateOf(chosen);
		if (!state) return null;
		if (against === 'now') return { before: state, after: null };
		const versions = this.#versions ?? [];
		const earlier = versions[versions.findIndex(({ id }) => id === chosen) + 1];
		const before = earlier ? await this.#stateOf(earlier.id) : null;
		return earlier && !before ? null : { before, after: state };
	}

	async #stateOf(versionId: string): Promise<Y.Doc | null> {
		const known = this.#states.get(versionId);
		if (known) return known;
		const answer = await this.#parts.api.fetchBytes(`${this.#path}/${encodeURIComponent(versionId)}`);
		const doc = answer.ok ? docFrom(answer.value) : null;
		this.#failure = answer.ok ? (doc ? null : 'server') : answer.error;
		if (doc) this.#states.set(versionId, doc);
		return doc;
	}

	#sectionsThen(doc: Y.Doc, beside: Beside | undefined): Section[] {
		const { kind, names, facts, factWords } = this.#parts;
		const words: SectionNames['factWords'] = (fact) => factWords(factThen(fact, beside, facts.sources));
		return sectionsOf(kind, doc, { ...names, factWords: words }, beside?.entry ?? null);
	}

	#sectionsNow({ beside }: Compared): Section[] {
		const { kind, handle, names, entry, facts, factWords } = this.#parts;
		const words: SectionNames['factWords'] = (fact) => factWords(factNow(fact, facts.sources));
		return sectionsOf(kind, handle.doc, { ...names, factWords: words }, beside ? entry() : null);
	}

	async name(label: string): Promise<ApiResult<Version> | { ok: false; error: RestoreFailure }> {
		if (!this.#parts.handle.status.saved) return { ok: false, error: 'not-saved-yet' };
		const answer = await this.#parts.api.send('POST', this.#path, versionAnswer, { name: label });
		if (answer.ok) this.#versions = [answer.value, ...(this.#versions ?? [])];
		return answer;
	}

	/**
	 * Writes an old state over the present one, after that was kept as a version.
	 * @param partId null for the whole document
	 * @returns what takes it back, or why nothing was changed
	 */
	async restore(
		partId: string | null,
		label: string,
	): Promise<{ ok: true; undo: () => void } | { ok: false; error: RestoreFailure }> {
		const old =
			this.#chosen === null ? null : this.#chosen === 'visit' ? this.#visit?.doc : await this.#stateOf(this.#chosen);
		if (!old) return { ok: false, error: this.#failure ?? 'not-found' };
		const kept = await this.name(label);
		if (!kept.ok) return kept;
		const { handle, kind } = this.#parts;
		const shape = restoreShapes[kind];
		if (partId === null) return { ok: true, undo: restoreDocument(handle.doc, old, shape) };
		const belongs = (id: string, record: Y.Map<unknown>) => id === partId || record.get('itemId') === partId;
		return { ok: true, undo: restorePart(handle.doc, old, shape, partId, belongs) };
	}

	close(): void {
		this.#comparison.compare(null);
		for (const doc of this.#states.values()) doc.destroy();
		this.#visit?.doc.destroy();
		this.#parts.release();
	}

	get #path(): string {
		return `/api/documents/${encodeURIComponent(this.#parts.name)}/versions`;
	}
}

/** @returns null for bytes that are no document's */
function docFrom(state: Uint8Array): Y.Doc | null {
	const doc = new Y.Doc();
	try {
		Y.applyUpdate(doc, state);
		return doc;
	} catch {
		doc.destroy();
		return null;
	}
}
