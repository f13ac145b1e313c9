/**
 * Tells those who hear the text into which suggestion the caret has come: once, when it stays there for a moment, and
 * never what one has just written or struck oneself.
 */
import { readAuthored, suggestionKey, type Authored } from '#lib/documents/suggestion.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { Mark, Node } from 'prosemirror-model';
import type { EditorState } from 'prosemirror-state';
import { insertionsOf, strikesOf } from './marks.ts';

/** What goes quickly from place to place is not talked about. */
export const staysFor = 300;

export type CaretOptions = {
	/** The person id of who writes here. */
	me: string | undefined;
	nameOf: (personId: string) => string;
	/** Receives the words, and which suggestions they are of. */
	say: (said: { words: string; of: string }) => void;
};

type Passage = { inserted: string[]; struck: string[]; of: string };

export class CaretWords {
	readonly #options: CaretOptions;
	#of = '';
	/** Something was said of the suggestion in which the caret is: its end is to be said too. */
	#told = false;
	#doc: Node | null = null;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(options: CaretOptions) {
		this.#options = options;
	}

	/** @param state null when the caret is not in this text */
	look(state: EditorState | null): void {
		const { me } = this.#options;
		const passage = state && passageAt(state);
		const changed = state !== null && this.#doc !== null && state.doc !== this.#doc;
		this.#doc = state?.doc ?? null;
		const of = passage?.of ?? '';
		if (of === this.#of) return;
		this.#of = of;
		clearTimeout(this.#timer);
		const people = passage ? [...passage.inserted, ...passage.struck] : [];
		const own = changed && people.every((by) => by === me);
		if (own || state === null || (!passage && !this.#told)) return this.#tell('', of);
		this.#timer = setTimeout(() => this.#tell(this.#wordsFor(passage), of), staysFor);
	}

	#tell(words: string, of: string): void {
		this.#told = words !== '' && of !== '';
		this.#options.say({ words, of });
	}

	close(): void {
		clearTimeout(this.#timer);
	}

	#wordsFor(passage: Passage | null): string {
		if (!passage) return m.review_at_end();
		const inserted = passage.inserted.map((by) => m.review_at_inserted({ name: this.#nameOf(by) }));
		const struck = passage.struck.map((by) => m.review_at_struck({ name: this.#nameOf(by) }));
		return [...inserted, ...struck].join(', ');
	}

	#nameOf(by: string): string {
		return by === this.#options.me ? m.review_at_you() : this.#options.nameOf(by);
	}
}

/** Of the letter behind the caret, which is what is read out; at a paragraph's end of the one before. */
function passageAt({ selection: { $from, $head, empty } }: EditorState): Passage | null {
	const { nodeBefore, nodeAfter } = empty ? $head : $from;
	const node = nodeAfter ?? nodeBefore;
	if (!node) return null;
	const inserted = authorsOf(insertionsOf(node), node.attrs['ins']);
	const struck = authorsOf(strikesOf(node), node.attrs['del']);
	if (inserted.length + struck.length === 0) return null;
	const key = (all: Authored[]) => all.map(suggestionKey).join();
	const people = (all: Authored[]) => [...new Set(all.map(({ by }) => by))];
	return { inserted: people(inserted), struck: people(struck), of: `${key(inserted)}/${key(struck)}` };
}

/** What is no text holds who inserted or struck it in an attribute. */
function authorsOf(marks: readonly Mark[], held: unknown): Authored[] {
	const authored = readAuthored(held);
	return [...marks.map(({ attrs }) => attrs as Authored), ...(authored ? [authored] : [])];
}
