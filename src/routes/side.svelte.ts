/**
 * What stands beside a text: its suggestions or what people say about it, one at a time, in one place. Beside it where
 * there is room, else over it.
 */
import { suggestionsOf, type SuggestionsView } from '#lib/editor/review/open-review.svelte.ts';
import { VersionBefore } from '#lib/editor/review/version-before.svelte.ts';
import { keepVersion } from '#lib/state/authors.svelte.ts';
import type { Api } from '#lib/state/api.ts';
import type { OpenBulletin } from '#lib/state/bulletin.svelte.ts';
import type { Comments } from '#lib/state/comments.svelte.ts';
import { MediaQuery } from 'svelte/reactivity';

type Handle = OpenBulletin['handle'];
export type SideTab = 'suggestions' | 'comments';

export class Side {
	readonly handle: Handle;
	readonly comments: Comments;
	readonly before: VersionBefore;
	/** Who opened it goes on in it. */
	entered = false;
	readonly #suggestions: SuggestionsView;
	readonly #wide = new MediaQuery('min-width: 1180px');
	/** What the person chose; until then, and until they do anything, suggestions are there when there are any, and room. */
	#chosen = $state<SideTab | 'closed' | null>(null);

	constructor(handle: Handle, roots: () => readonly string[], comments: Comments, api: Api) {
		this.handle = handle;
		this.comments = comments;
		this.before = new VersionBefore((name) => keepVersion(api, handle.name, name));
		this.#suggestions = suggestionsOf(handle.doc, roots);
		comments.onask = () => this.show('comments');
	}

	get suggestions(): SuggestionsView['all'] {
		return this.#suggestions.all;
	}

	/** Null when there is nothing beside the text. */
	get tab(): SideTab | null {
		if (this.#chosen === 'closed') return null;
		return this.#chosen ?? (this.#wide.current && this.suggestions.length > 0 ? 'suggestions' : null);
	}

	/** There is room for it beside the text. */
	get beside(): boolean {
		return this.#wide.current && this.tab !== null;
	}

	/** Somebody is about to do something: from now on the page does not move by itself under their hands. */
	settle(): void {
		this.#chosen ??= this.tab ?? 'closed';
	}

	/** By a button that is not there any more once the list is. */
	enter(tab: SideTab): void {
		this.entered = this.#wide.current;
		this.show(tab);
	}

	show(tab: SideTab): void {
		this.#chosen = tab;
	}

	toggle(tab: SideTab): void {
		if (this.tab === tab) this.close();
		else this.show(tab);
	}

	close(): void {
		this.#chosen = 'closed';
		this.comments.leave();
	}

	readonly authorOf = (clientId: number): string | null | undefined => this.comments.authors.of(clientId);
}
