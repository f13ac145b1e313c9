/** A meeting or an issue that somebody has removed: who did, and whether what stands in it is still there. */
import {
	holdsContent,
	readRemoved,
	restoreRemoved,
	type KeptCollection,
	type RemovedEntry,
} from '#lib/documents/removed-entry.ts';
import { toDocumentName } from '#lib/protocol/document-name.ts';
import { accessOf } from '#lib/protocol/policy.ts';
import type { App } from './app.svelte.ts';
import { viewOf, type View } from './document-view.svelte.ts';
import { readDocuments } from './open-documents.svelte.ts';

const kinds = { bulletins: ['bulletin'], meetings: ['minutes', 'closed', 'agenda'] } as const;

/** Call while a component initialises. */
export class Removed {
	readonly #app: App;
	readonly #collection: KeptCollection;
	readonly #id: string;
	readonly #entry: View<RemovedEntry | null>;
	readonly #isKept: () => boolean;

	constructor(app: App, collection: KeptCollection, id: string) {
		this.#app = app;
		this.#collection = collection;
		this.#id = id;
		const { doc } = app.directoryHandle;
		this.#entry = viewOf(doc, () => readRemoved(doc, collection, id), { roots: [collection] });
		const readable = kinds[collection].filter((kind) => !app.isGuest && accessOf(app.me.role, kind) !== 'none');
		const names = readable.map((kind) => toDocumentName(kind, id));
		const readings = readDocuments(app, () => (this.entry ? names : []), holdsContent);
		this.#isKept = () => names.some((name) => readings.of(name)?.current === true);
	}

	/** Null when nothing of it is known. */
	get entry(): RemovedEntry | null {
		return this.#entry.current;
	}

	/** Something stands in it, here or at the server: it was not erased. */
	get isKept(): boolean {
		return this.#isKept();
	}

	/** This person may bring it back. */
	get mayRestore(): boolean {
		return this.#app.writes && this.entry !== null;
	}

	restore(): void {
		restoreRemoved(this.#app.directoryHandle.doc, this.#collection, this.#id);
	}
}
