/** Bulletins as the pages need them: the list out of the directory, and one issue, open. */
import { bodyRoot } from '#lib/documents/body.ts';
import {
	addArticle,
	bulletinSchema,
	moveArticle,
	readBulletin,
	removeArticle,
	renameArticle,
	restoreArticle,
	type Bulletin,
} from '#lib/documents/bulletin.ts';
import { readThreads } from '#lib/documents/comments.ts';
import { addBulletin, updateEntry } from '#lib/documents/change-directory.ts';
import { markRemoved, restoreRemoved } from '#lib/documents/removed-entry.ts';
import { schemaVersionOf } from '#lib/documents/shape.ts';
import type { BulletinEntry, BulletinFacts, Language } from '#lib/domain/bulletin.ts';
import type { FactSources } from '#lib/domain/facts/fact.ts';
import { newId } from '#lib/domain/id.ts';
import { getLocale } from '#lib/i18n/paraglide/runtime.js';
import { toDocumentName, type DocumentName } from '#lib/protocol/document-name.ts';
import { accessOf } from '#lib/protocol/policy.ts';
import type { DocumentHandle } from '#lib/sync/contract.ts';
import type * as Y from 'yjs';
import type { App } from './app.svelte.ts';
import { statusPartOf, viewOf, type View } from './document-view.svelte.ts';
import type { ExportSource, Imported } from './exchange.ts';
import { readDocumentsInTurn } from './open-documents.svelte.ts';
import { attachPresence } from './presence.svelte.ts';
import { readinessOf } from './readiness.svelte.ts';

/** Whether this person may open an issue before it is published. */
export function mayReadBulletins(app: App): boolean {
	return accessOf(app.me.role, 'bulletin') !== 'none';
}

/** The list of issues, and changes to their facts. */
export class Bulletins {
	readonly #app: App;

	constructor(app: App) {
		this.#app = app;
	}

	/** Latest first. */
	get all(): BulletinEntry[] {
		return this.#app.directory.bulletins;
	}

	/** What a new one is likely to be written in: its readers are those of the last one; before the first, who writes it. */
	get language(): Language {
		return this.all[0]?.language ?? getLocale();
	}

	/** @returns undefined when there is none, or not any more */
	find(id: string): BulletinEntry | undefined {
		return this.all.find((bulletin) => bulletin.id === id);
	}

	/** @returns its id */
	create(facts: BulletinFacts): string {
		const id = newId();
		addBulletin(this.#doc, { ...facts, id, status: 'draft' });
		return id;
	}

	update(id: string, change: Partial<BulletinFacts>): void {
		updateEntry(this.#doc, 'bulletins', id, change);
	}

	/** Asks the others to read it, or takes that back. What is published is not said here. */
	say(id: string, status: 'draft' | 'review'): void {
		updateEntry(this.#doc, 'bulletins', id, { status });
	}

	/** The articles stay where they are, so that taking the removal back brings all of them back. */
	remove(id: string): void {
		markRemoved(this.#doc, 'bulletins', id, this.#app.me.id, Date.now());
	}

	restore(bulletin: BulletinEntry): void {
		if (!restoreRemoved(this.#doc, 'bulletins', bulletin.id)) addBulletin(this.#doc, bulletin);
	}

	get #doc() {
		return this.#app.directoryHandle.doc;
	}
}

/** What lists last said, as long as the page runs: an issue of fifty pages is read a tenth of a second long. */
const lastCounts = new WeakMap<App, Map<DocumentName, number>>();
function lastCountsOf(app: App): Map<DocumentName, number> {
	const known = lastCounts.get(app) ?? new Map<DocumentName, number>();
	lastCounts.set(app, known);
	return known;
}

/**
 * How many articles the issues have, while the component that calls this is on screen: the latest as they change, the
 * others as they were when it was their turn. What was said of one that nobody here has opened since is said until it is
 * read again, in no hurry: who comes back to the list presses on, and reading would be in the way.
 * @returns null for an issue that is not on this device (yet)
 */
export function articleCounts(
	app: App,
	whenIdle: (work: () => void) => void,
	held = 12,
): (id: string) => number | null {
	const names = () => app.directory.bulletins.map(({ id }) => toDocumentName('bulletin', id));
	const read = (doc: Y.Doc) => ({ count: readBulletin(doc).articles.length, written: schemaVersionOf(doc) > 0 });
	const last = lastCountsOf(app);
	const turn = (name: DocumentName, at: number) =>
		new Promise<void>((resolve) => {
			setTimeout(() => whenIdle(resolve), last.has(name) ? 500 : at === 0 ? 150 : 0);
		});
	const readings = readDocumentsInTurn(app, names, read, turn, held);
	return (id) => {
		const name = toDocumentName('bulletin', id);
		const reading = readings.of(name);
		if (!reading?.loaded) return last.get(name) ?? null;
		const { written, count } = reading.current;
		if (!written) return null;
		last.set(name, count);
		return count;
	};
}

type Body = Pick<DocumentHandle, 'doc' | 'awareness' | 'access' | 'whenLoaded'>;

/** One issue, open. Whoever makes one closes it. */
export class OpenBulletin {
	readonly handle: DocumentHandle;
	readonly #me: string;
	readonly #bulletin: View<Bulletin>;
	readonly #version: View<number>;
	readonly #loaded: View<boolean>;
	readonly #ready: View<boolean>;
	readonly #known: View<boolean>;
	readonly #offline: View<boolean>;
	readonly #refused: View<boolean>;
	readonly #unsaved: View<boolean>;
	readonly #present: View<string[]>;
	readonly #writing: Body;
	readonly #reading: Body;

	constructor(app: App, id: string) {
		const name = toDocumentName('bulletin', id);
		lastCountsOf(app).delete(name);
		this.handle = app.workspace.open(name);
		this.#me = app.me.id;
		this.#bulletin = viewOf(this.handle.doc, readBulletin, { roots: ['articles'] });
		this.#version = viewOf(this.handle.doc, schemaVersionOf, { roots: ['meta'] });
		this.#loaded = statusPartOf(this.handle, ({ loaded }) => loaded);
		this.#ready = readinessOf(this.handle);
		this.#known = statusPartOf(this.handle, ({ loaded, everSynced }) => loaded && everSynced);
		this.#offline = statusPartOf(this.handle, ({ connection }) => connection === 'offline');
		this.#refused = statusPartOf(this.handle, ({ refusal }) => refusal === 'outdated');
		this.#unsaved = statusPartOf(this.handle, ({ waiting }) => waiting > 0);
		this.#present = attachPresence(this.handle, app.me.id);
		const { doc, awareness, whenLoaded } = this.handle;
		this.#writing = { doc, awareness, whenLoaded, access: 'write' };
		this.#reading = { ...this.#writing, access: 'read' };
	}

	get articles(): Bulletin['articles'] {
		return this.#bulletin.current.articles;
	}

	get loaded(): boolean {
		return this.#loaded.current;
	}

	/** Its page may show it. On a first visit that is when the relay has answered: until then nobody knows that it is empty. */
	get ready(): boolean {
		return this.#ready.current;
	}

	/** Whether it is known what there is: a device that never heard of its content, and the relay, does not know that it is empty. */
	get known(): boolean {
		return this.#known.current;
	}

	/** Nobody can be asked what there is. */
	get offline(): boolean {
		return this.#offline.current;
	}

	/** Made by a newer version of the app: to read only, so that nothing of it gets lost. */
	get outdated(): boolean {
		return this.#version.current > bulletinSchema || this.#refused.current;
	}

	/** Changes made here are not at the server yet. */
	get unsaved(): boolean {
		return this.#unsaved.current;
	}

	get writes(): boolean {
		return this.handle.access === 'write' && !this.outdated;
	}

	/** What the articles' editors work on: always the same two objects, so that nothing is opened anew. */
	get body(): Body {
		return this.writes ? this.#writing : this.#reading;
	}

	/** Person ids. */
	get present(): string[] {
		return this.#present.current;
	}

	/** The name under which an article's text stands. */
	fragmentOf(articleId: string): string {
		return bodyRoot(articleId);
	}

	/** What of it can be taken out, all of it or one article. */
	exportSource(
		title: string,
		facts: FactSources,
		articles: readonly Bulletin['articles'][number][] = this.articles,
	): ExportSource {
		const sections = articles.map((article) => ({ title: article.title, fragment: bodyRoot(article.id) }));
		const fragments = new Set(sections.map(({ fragment }) => fragment));
		const threads = readThreads(this.handle.doc).filter(({ root }) => fragments.has(root));
		return { title, doc: this.handle.doc, sections, threads, facts };
	}

	/** @returns what takes it back */
	async import(imported: Imported, chosen: ReadonlySet<number>, into: string | null): Promise<() => void> {
		const { putImport } = await import('./exchange.ts');
		return putImport(this.handle.doc, imported, chosen, into);
	}

	/** @returns the new article's id */
	add(title = ''): string {
		const id = newId();
		addArticle(this.handle.doc, { id, title });
		return id;
	}

	rename(id: string, title: string): void {
		renameArticle(this.handle.doc, id, title);
	}

	move(id: string, before: string | null): void {
		moveArticle(this.handle.doc, id, before);
	}

	remove(id: string): void {
		removeArticle(this.handle.doc, id, { by: this.#me, at: Date.now() });
	}

	restore(id: string): void {
		restoreArticle(this.handle.doc, id);
	}

	close(): void {
		this.handle.release();
	}
}
