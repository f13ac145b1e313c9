/**
 * The comments of one open document: read from it, changed in it, and which of them is being looked at. Who said something
 * is a claim of the document; where the server knows that another person's device wrote it, that is said.
 */
import {
	addRemark,
	addThread,
	editRemark,
	readThreads,
	removeRemark,
	resolveThread,
	restoreRemark,
	type Remark,
	type Thread,
} from '#lib/documents/comments.ts';
import type { placeComment } from './place-comment.ts';
import { waitsFor } from '#lib/documents/talks.ts';
import { newId } from '#lib/domain/id.ts';
import type { DocumentHandle } from '#lib/sync/contract.ts';
import type { Api } from './api.ts';
import { Authors, enteredBy } from './authors.svelte.ts';
import { draftsOf, keyOf, type CommentDraft, type CommentDrafts, type DraftKey } from './comment-drafts.svelte.ts';
import { viewOf, type View } from './document-view.svelte.ts';

export type { Remark, Thread };

/** How soon a thread stands where its words went. Milliseconds. */
const placesWithin = 300;

export class Comments {
	readonly me: string;
	/** Somebody wants to see them. Set by who shows them. */
	onask: () => void = () => undefined;
	readonly #handle: DocumentHandle;
	readonly authors: Authors;
	readonly drafts: CommentDrafts;
	readonly #now: () => number;
	readonly #threads: View<Thread[]>;
	readonly #listeners = new Set<() => void>();
	readonly #off: () => void;
	#shown = '';
	#shownDraft: CommentDraft | null = null;
	#active = $state<string | null>(null);

	constructor(handle: DocumentHandle, me: string, api: Api, now: () => number = Date.now) {
		this.#handle = handle;
		this.me = me;
		this.authors = new Authors(api, handle.name);
		this.drafts = draftsOf(me, handle.name);
		this.#now = now;
		this.#threads = viewOf(handle.doc, readThreads, { roots: ['threads', 'remarks'], elsewhereWithin: placesWithin });
		const changed = () => this.#tell();
		for (const root of ['threads', 'remarks']) handle.doc.getMap(root).observeDeep(changed);
		this.#off = () => {
			for (const root of ['threads', 'remarks']) handle.doc.getMap(root).unobserveDeep(changed);
		};
	}

	get threads(): Thread[] {
		return this.#threads.current;
	}

	get openCount(): number {
		return this.threads.filter(({ resolvedBy }) => resolvedBy === null).length;
	}

	/** In how many threads somebody waits for this person. */
	get forMe(): number {
		return this.threads.filter((thread) => this.waitsForMe(thread)).length;
	}

	waitsForMe(thread: Thread): boolean {
		return waitsFor(thread, this.me);
	}

	/** Open threads about one body. */
	countOf(root: string): number {
		return this.threads.filter((thread) => thread.root === root && thread.resolvedBy === null && !thread.orphaned)
			.length;
	}

	get openIds(): ReadonlySet<string> {
		// Asked by editors outside of any rendering: read as it stands.
		const open = readThreads(this.#handle.doc).filter(({ resolvedBy }) => resolvedBy === null);
		return new Set(open.map(({ id }) => id));
	}

	/** Nobody looks at them any more. */
	leave(): void {
		this.drafts.leave();
		this.#activate(null);
	}

	get active(): string | null {
		return this.#active;
	}

	/** The one that was begun last. */
	get draft(): CommentDraft | null {
		return this.drafts.begun.at(-1) ?? null;
	}

	/** Somebody writes an answer in it, or another wording. */
	isWrittenIn({ id, remarks }: Pick<Thread, 'id' | 'remarks'>): boolean {
		return this.drafts.isOpen(`answer:${id}`) || remarks.some((remark) => this.drafts.isOpen(`edit:${remark.id}`));
	}

	/** Something is begun and not said yet. */
	get isBegun(): boolean {
		return this.draft !== null || this.threads.some((thread) => this.isWrittenIn(thread));
	}

	get writes(): boolean {
		return this.#handle.access === 'write';
	}

	pick(id: string): void {
		this.onask();
		this.#activate(id);
	}

	begin(draft: CommentDraft): void {
		if (!this.writes) return;
		this.onask();
		this.drafts.begin(draft);
		this.#activate(null);
	}

	/** @returns what takes it back; null when there are no words to bring back */
	giveUpDraft(key: DraftKey): (() => void) | null {
		const back = this.drafts.end(key);
		this.#tell();
		return (
			back &&
			(() => {
				back();
				this.#tell();
			})
		);
	}

	/**
	 * Says the first thing about the words of the draft.
	 * @param place puts the mark on them
	 */
	say(draft: CommentDraft, words: string, place: typeof placeComment): void {
		const id = newId();
		const { doc } = this.#handle;
		place(doc, draft, id);
		addThread(doc, { id, root: draft.fragment, quote: draft.quote }, this.#remark(words));
		this.drafts.end(keyOf(draft));
		this.#activate(id);
	}

	answer(threadId: string, words: string): void {
		addRemark(this.#handle.doc, threadId, this.#remark(words));
	}

	edit(remarkId: string, words: string): void {
		editRemark(this.#handle.doc, remarkId, this.me, words);
	}

	/** @returns what takes it back */
	remove(remarkId: string): () => void {
		removeRemark(this.#handle.doc, remarkId, this.me);
		return () => restoreRemark(this.#handle.doc, remarkId, this.me);
	}

	resolve(threadId: string): void {
		resolveThread(this.#handle.doc, threadId, this.me);
	}

	reopen(threadId: string): void {
		resolveThread(this.#handle.doc, threadId, null);
	}

	/**
	 * Whose device wrote what claims to be another's; null where the claim stands, empty where that is nobody's.
	 * @param person who the claimed author is
	 */
	enteredBy({ by, writers }: Remark, person = by): string | null {
		return enteredBy(person, writers, this.authors);
	}

	/** Whose device wrote that another called it settled; as above. */
	resolvedFor({ resolvedBy, resolvedUnheard, resolvedWriters }: Thread): string | null {
		const by = resolvedBy ?? resolvedUnheard;
		return by === null ? null : enteredBy(by, resolvedWriters, this.authors);
	}

	/** Whose device chose what it is shown as being about, where that was chosen more than once; as above. */
	placedBy({ place }: Thread): string | null {
		const beginner = this.authors.of(place.client);
		const movers = place.marks.map((client) => this.authors.of(client));
		const others = [
			...place.again.map((client) => this.authors.of(client) ?? null),
			// Unlike words, marks are set again by honest hands too, and by the beginner's other devices.
			...(beginner === undefined ? [] : movers.filter((mover) => mover !== undefined && mover !== beginner)),
		];
		return others.length === 0 ? null : (others.find((other) => other !== null) ?? '');
	}

	onchange(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	close(): void {
		this.#off();
		this.drafts.forgetEditors();
		this.authors.close();
		this.#listeners.clear();
	}

	#remark(words: string) {
		return { id: newId(), by: this.me, at: this.#now(), text: words };
	}

	#activate(id: string | null): void {
		this.#active = id;
		this.#tell();
	}

	/** Only what an editor shows is worth drawing anew for. */
	#tell(): void {
		const shown = [this.#active, ...this.openIds].join(' ');
		const { draft } = this;
		if (shown === this.#shown && draft === this.#shownDraft) return;
		[this.#shown, this.#shownDraft] = [shown, draft];
		for (const listener of this.#listeners) listener();
	}
}
