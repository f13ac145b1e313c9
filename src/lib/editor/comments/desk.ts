/** What an editor needs to know of comments, and to whom it says that one was pressed or is to begin. */
import { getContext, setContext } from 'svelte';
import type { RelativePosition } from 'yjs';

export type CommentDraft = {
	/** The body's name. */
	fragment: string;
	quote: string;
	/** Where the words are, whatever is written around them. */
	place: { from: RelativePosition; to: RelativePosition } | null;
	/** Gives the focus back to the text, where its selection is. */
	back: () => void;
};

export interface CommentDesk {
	/** Threads whose words are to be marked. */
	readonly openIds: ReadonlySet<string>;
	/** The one that is being looked at. */
	readonly active: string | null;
	/** What is being written and not said yet. */
	readonly draft: CommentDraft | null;
	pick(id: string): void;
	begin(draft: CommentDraft): void;
	/** @returns a function that stops listening */
	onchange(listener: () => void): () => void;
}

const key = Symbol('comments');

export function provideCommentDesk(desk: CommentDesk): void {
	setContext(key, desk);
}

/** Null where nothing is commented on. */
export function useCommentDesk(): CommentDesk | null {
	return getContext<CommentDesk | undefined>(key) ?? null;
}
