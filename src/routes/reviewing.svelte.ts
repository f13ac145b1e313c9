/** What a page needs to show the suggestions of its document: the list, whose they are, and where the list stands. */
import { suggestionsOf, type SuggestionsView } from '#lib/editor/review/open-review.svelte.ts';
import { Authors, keepVersion } from '#lib/state/authors.svelte.ts';
import type { Api } from '#lib/state/api.ts';
import type { OpenBulletin } from '#lib/state/bulletin.svelte.ts';
import { MediaQuery } from 'svelte/reactivity';

type Handle = OpenBulletin['handle'];

export class Reviewing {
	readonly handle: Handle;
	readonly #api: Api;
	readonly #authors: Authors;
	readonly #suggestions: SuggestionsView;
	readonly #wide = new MediaQuery('(min-width: 1180px)');
	/** What the person chose; until then the list is there when there is something in it, and room. */
	#chosen = $state<boolean | null>(null);

	constructor(handle: Handle, roots: () => readonly string[], api: Api) {
		this.handle = handle;
		this.#api = api;
		this.#authors = new Authors(api, handle.name);
		this.#suggestions = suggestionsOf(handle.doc, roots);
	}

	get all(): SuggestionsView['all'] {
		return this.#suggestions.all;
	}

	/** The list stands beside the text. */
	get beside(): boolean {
		return this.#wide.current && (this.#chosen ?? this.all.length > 0);
	}

	/** The list lies over the text, where there is no room beside it. */
	get above(): boolean {
		return !this.#wide.current && this.#chosen === true;
	}

	toggle(): void {
		this.#chosen = !(this.beside || this.above);
	}

	close(): void {
		this.#chosen = false;
	}

	readonly authorOf = (clientId: number): string | null | undefined => this.#authors.of(clientId);

	readonly keepVersion = (name: string): Promise<boolean> => keepVersion(this.#api, this.handle.name, name);
}
