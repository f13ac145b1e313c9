/** The open suggestions in all bodies of one document, read again a moment after they changed, while someone looks. */
import { readSuggestions, type Suggestion } from '#lib/documents/read-suggestions.ts';
import { createSubscriber } from 'svelte/reactivity';
import type * as Y from 'yjs';

/** A list need not follow every letter, and reading a long text takes as long as writing one. */
const afterMs = 200;

export type SuggestionsView = { readonly all: Suggestion[] };

export function suggestionsOf(doc: Y.Doc, roots: () => readonly string[]): SuggestionsView {
	let cached: { of: string; all: Suggestion[] } | null = null;
	const subscribe = createSubscriber((update) => {
		let timer: ReturnType<typeof setTimeout> | undefined;
		const changed = () => {
			timer ??= setTimeout(() => {
				timer = undefined;
				cached = null;
				update();
			}, afterMs);
		};
		doc.on('update', changed);
		return () => {
			clearTimeout(timer);
			cached = null;
			doc.off('update', changed);
		};
	});
	return {
		get all() {
			subscribe();
			const of = roots().join(' ');
			if (cached?.of !== of) cached = { of, all: roots().flatMap((root) => readSuggestions(doc, root)) };
			return cached.all;
		},
	};
}
