/**
 * A file of unsent work, opened again. What is in it is never put into a document as it is: it comes from a file, and it
 * stands under client ids that are not this device's. It is merged with the present document beside it, and what the
 * merged one reads is written over the present one as an edit of whoever does it, which can be taken back. So nothing
 * malformed gets in, nothing that was deleted meanwhile comes back, and what others wrote since stays.
 */
import { textLinesOf } from '#lib/documents/any-text.ts';
import { readAgenda } from '#lib/documents/agenda.ts';
import { restoreDocument, restoreShapes } from '#lib/documents/restore.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { parseDocumentName, toDocumentName, type DocumentName } from '#lib/protocol/document-name.ts';
import { accessTo } from '#lib/protocol/policy.ts';
import type { DocumentHandle } from '#lib/sync/contract.ts';
import { createSubscriber } from 'svelte/reactivity';
import * as Y from 'yjs';
import type { App } from './app.svelte.ts';
import { historyKinds, sectionsOf, type HistoryKind, type SectionNames } from './document-sections.ts';
import { documentTitle, isListed } from './document-title.ts';
import { nameOf } from './names.ts';
import { diffSections, type SectionDiff } from './section-diff.ts';
import { readUnsentFile } from './unsent-file.ts';
import { keyOfUnsent, UnsentTaken } from './unsent-taken.ts';

/** @returns null for a file that holds no unsent work */
export function openUnsentFile(app: App, text: string): UnsentDocument[] | null {
	const found = readUnsentFile(text);
	return found.length === 0 ? null : found.map(({ name, update }) => new UnsentDocument(app, name, update));
}

export class UnsentDocument {
	readonly name: DocumentName;
	readonly title: string;
	/** All its texts, to copy from. */
	readonly lines: readonly string[];
	readonly #app: App;
	readonly #update: Uint8Array;
	readonly #kind: HistoryKind | null;
	readonly #handle: DocumentHandle | null;
	readonly #agenda: DocumentHandle | null;
	readonly #subscribe: (() => void) | null;
	/** When the same was put in before, on this device. ISO 8601, UTC. */
	readonly takenBefore: string | null;
	readonly #key: string;
	readonly #remembered = new UnsentTaken();
	#takeBack = $state.raw<(() => void) | null>(null);

	constructor(app: App, name: DocumentName, update: Uint8Array) {
		this.name = name;
		this.#app = app;
		this.#update = update;
		this.title = documentTitle(name, app.directory);
		this.lines = textLinesOf(update);
		this.#key = keyOfUnsent(name, update);
		this.takenBefore = this.#remembered.when(this.#key);
		this.#kind = writableKind(app, name);
		this.#handle = this.#kind && app.workspace.open(name, { present: false });
		const agendaName = this.#kind === 'minutes' ? toDocumentName('agenda', name.split(':')[1] ?? '') : null;
		this.#agenda = agendaName && app.workspace.open(agendaName, { present: false });
		const doc = this.#handle?.doc;
		this.#subscribe =
			doc === undefined
				? null
				: createSubscriber((changed) => {
						doc.on('update', changed);
						return () => doc.off('update', changed);
					});
	}

	/** It was put into the document: there it stands under new ids, and putting it in once more would double it. */
	get taken(): boolean {
		return this.#takeBack !== null;
	}

	/** What it would change here, part by part; null where it can only be copied. */
	get differences(): SectionDiff[] | null {
		const [handle, kind] = [this.#handle, this.#kind];
		if (!handle || !kind) return null;
		this.#subscribe?.();
		const merged = mergedWith(handle.doc, this.#update);
		if (!merged) return null;
		const names: SectionNames = {
			personOf: (id) => nameOf(this.#app, id),
			itemOf: (id) => this.#titleOf(id),
			factWords: ({ text }) => text,
		};
		const [before, after] = [handle.doc, merged].map((doc) => sectionsOf(kind, doc, names, null));
		const differences = diffSections(before ?? [], after ?? []);
		merged.destroy();
		return differences;
	}

	/** Settles when the document can be compared with. */
	get ready(): Promise<void> {
		return this.#handle?.whenLoaded ?? Promise.resolve();
	}

	/** Writes it into the document, once. */
	take(): void {
		const [handle, kind] = [this.#handle, this.#kind];
		const merged = handle && mergedWith(handle.doc, this.#update);
		if (!handle || !kind || !merged || this.taken || this.takenBefore) return;
		this.#takeBack = restoreDocument(handle.doc, merged, restoreShapes[kind]);
		this.#remembered.note(this.#key, new Date());
		merged.destroy();
	}

	takeBack(): void {
		this.#takeBack?.();
		this.#takeBack = null;
		this.#remembered.forget(this.#key);
	}

	close(): void {
		this.#handle?.release();
		this.#agenda?.release();
	}

	#titleOf(itemId: string): string {
		const { items = [], removed = [] } = this.#agenda ? readAgenda(this.#agenda.doc) : {};
		return [...items, ...removed].find(({ id }) => id === itemId)?.title || m.meetings_item_untitled();
	}
}

function writableKind(app: App, name: DocumentName): HistoryKind | null {
	const kind = historyKinds.find((one) => one === parseDocumentName(name)?.kind) as HistoryKind | undefined;
	if (!kind || accessTo(app.me, name) !== 'write') return null;
	return app.isGuest || isListed(name, app.directory) ? kind : null;
}

/** @returns null for what does not apply, or only in part */
function mergedWith(doc: Y.Doc, update: Uint8Array): Y.Doc | null {
	const merged = new Y.Doc();
	try {
		Y.applyUpdate(merged, Y.encodeStateAsUpdate(doc));
		Y.applyUpdate(merged, update);
		if (merged.store.pendingStructs === null && merged.store.pendingDs === null) return merged;
	} catch {
		// It was changed on its way.
	}
	merged.destroy();
	return null;
}
