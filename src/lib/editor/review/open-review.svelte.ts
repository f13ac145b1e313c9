/** The open suggestions in all bodies of one document, read again a moment after they changed, while someone looks. */
import { readSuggestions, type Suggestion } from '#lib/documents/read-suggestions.ts';
import { createSubscriber } from 'svelte/reactivity';
import type * as Y from 'yjs';

/** A list need not follow every letter, and reading a long text takes as long as writing one. */
const afterMs = 200;

export type SuggestionsView = { readonly all: Suggestion[] };

export function suggestionsOf(doc: Y.Doc, roots: () => readonly string[]): SuggestionsView {
	let cached: { of: string; all: Suggestion[]; told: string } | null = null;
	const read = (of: string) => {
		const all = roots().flatMap((root) => readSuggestions(doc, root));
		return { of, all, told: JSON.stringify(all) };
	};
	const subscribe = createSubscriber((update) => {
		let timer: ReturnType<typeof setTimeout> | undefined;
		const look = () => {
			timer = undefined;
			const next = read(roots().join(' '));
			if (next.told === cached?.told) return;
			cached = next;
			update();
		};
		const changed = () => {
			timer ??= setTimeout(look, afterMs);
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
			if (cached?.of !== of) cached = read(of);
			return cached.all;
		},
	};
}
