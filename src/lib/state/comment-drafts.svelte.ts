/**
 * What one person has begun to say about one text, and not said yet. It is kept as long as the app runs: whatever is closed,
 * and whoever settles what it answers, only a person gives words up.
 */
import type { RelativePosition } from 'yjs';
import type { Typed } from './mentions.ts';

export type CommentDraft = {
	/** The body's name. */
	fragment: string;
	quote: string;
	/** Where the words are, whatever is written around them. */
	place: { from: RelativePosition; to: RelativePosition } | null;
	/** Gives the focus back to the text, where its selection is. */
	back: () => void;
};

/** What is written into a field, and where: a new thread, an answer, or another wording of a remark. */
export type DraftKey = `new:${string}` | `answer:${string}` | `edit:${string}`;

export function keyOf({ fragment, quote }: Pick<CommentDraft, 'fragment' | 'quote'>): DraftKey {
	return `new:${fragment} ${quote}`;
}

export class CommentDrafts {
	readonly #words = new Map<DraftKey, Typed>();
	/** Those that have a field. */
	#open = $state.raw<ReadonlySet<DraftKey>>(new Set());
	#begun = $state.raw<readonly CommentDraft[]>([]);
	/** Whose field has the focus, or is to have it once it is there (again). */
	wanted = $state<DraftKey | null>(null);

	/** New threads, the one that was begun last at the end. */
	get begun(): readonly CommentDraft[] {
		return this.#begun;
	}

	isOpen(key: DraftKey): boolean {
		return this.#open.has(key);
	}

	/** Where something is begun at these words already, one goes on with that. */
	begin(draft: CommentDraft): void {
		const key = keyOf(draft);
		this.#leaveEmpty((other) => other.startsWith('new:') && other !== key);
		this.#begun = [...this.#begun.filter((other) => keyOf(other) !== key), draft];
		this.open(key);
	}

	open(key: DraftKey): void {
		this.#open = new Set([...this.#open, key]);
		this.wanted = key;
	}

	/** @returns undefined when nothing was written yet */
	wordsOf(key: DraftKey): Typed | undefined {
		return this.#words.get(key);
	}

	keep(key: DraftKey, typed: Typed): void {
		if (typed.text.trim() === '') this.#words.delete(key);
		else this.#words.set(key, typed);
	}

	/** It was said, or given up. @returns what takes that back; null when there are no words to bring back */
	end(key: DraftKey): (() => void) | null {
		const typed = this.#words.get(key);
		const draft = this.#begun.find((begun) => keyOf(begun) === key);
		this.#words.delete(key);
		this.#begun = this.#begun.filter((begun) => begun !== draft);
		this.#open = new Set([...this.#open].filter((open) => open !== key));
		if (this.wanted === key) this.wanted = null;
		if (!typed) return null;
		return () => {
			this.keep(key, typed);
			if (draft) this.begin(draft);
			else this.open(key);
		};
	}

	/** Nobody looks at them any more: a field in which nothing was written is closed. */
	leave(): void {
		this.#leaveEmpty(() => true);
		this.wanted = null;
	}

	/** The page is left, and its editors with it. */
	forgetEditors(): void {
		this.leave();
		this.#begun = this.#begun.map((draft) => ({ ...draft, back: noEditor }));
	}

	#leaveEmpty(among: (key: DraftKey) => boolean): void {
		for (const key of this.#open) if (among(key) && !this.#words.has(key)) this.end(key);
	}
}

const noEditor = () => undefined;

const all = new Map<string, CommentDrafts>();

/** The same ones each time the document is opened. */
export function draftsOf(personId: string, documentName: string): CommentDrafts {
	const key = `${personId} ${documentName}`;
	const drafts = all.get(key) ?? new CommentDrafts();
	all.set(key, drafts);
	return drafts;
}
