/** Whether something is new since the last visit, while a page is shown. Loaded when it is. */
import { readBeside } from '#lib/documents/read-beside.ts';
import { entryOf, isOtherBeside, type Beside, type Listed } from '#lib/domain/beside.ts';
import type { FactSources } from '#lib/domain/facts/fact.ts';
import { parseDocumentName } from '#lib/protocol/document-name.ts';
import { createSubscriber } from 'svelte/reactivity';
import type * as Y from 'yjs';
import { othersChanged, thenOf } from './visit-changes.ts';
import type { Visit } from './visit.svelte.ts';

export class VisitNews {
	readonly #visit: Visit;
	readonly #beside: () => Beside;
	readonly #subscribe: () => void;
	/** What was written once is not unwritten: since which visit that is known. */
	#writtenSince: Visit['before'] = null;
	readonly #then = $derived.by(() => this.#visit.before && thenOf(this.#visit.before.state));

	/** @param sources of the page, where it has facts */
	constructor(visit: Visit, name: string, listed: () => Listed, sources: () => FactSources | undefined) {
		const place = parseDocumentName(name) ?? { kind: '', id: '' };
		this.#visit = visit;
		this.#beside = () => readBeside(visit.doc, entryOf(listed(), place), sources());
		visit.beside = this.#beside;
		this.#subscribe = createSubscriber((update) => {
			// With every letter that anybody writes: said once, and one's own are no news.
			const look = (_update: Uint8Array, _origin: unknown, _doc: Y.Doc, { local }: Y.Transaction) => {
				if (!local && !this.#isWritten) update();
			};
			visit.doc.on('update', look);
			return () => visit.doc.off('update', look);
		});
	}

	/** Whether somebody, anywhere, changed something since, or it shows something else. */
	get any(): boolean {
		this.#subscribe();
		const { before } = this.#visit;
		if (!before) return false;
		if (!this.#isWritten && this.#then && othersChanged(this.#visit.doc, this.#then, this.#visit.own))
			this.#writtenSince = before;
		return this.#isWritten || (before.beside !== undefined && isOtherBeside(before.beside, this.#beside()));
	}

	get #isWritten(): boolean {
		return this.#writtenSince !== null && this.#writtenSince === this.#visit.before;
	}
}
