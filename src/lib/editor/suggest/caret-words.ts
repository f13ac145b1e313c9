/**
 * Tells those who hear the text into which suggestion the caret has come: once, when it stays there for a moment, and
 * never what one has just written or struck oneself.
 */
import { readAuthored, suggestionKey, type Authored } from '#lib/documents/suggestion.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { Mark, Node } from 'prosemirror-model';
import type { EditorState } from 'prosemirror-state';
import { stopAt, type Kind } from './stops.ts';
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

/** Of which people what is here, in the order in which it is said. */
type Passage = { here: { kind: Kind; by: string }[]; of: string };

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
		const own = changed && (passage?.here ?? []).every(({ by }) => by === me);
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
		return passage.here.map(({ kind, by }) => said[kind]({ name: this.#nameOf(by) })).join(', ');
	}

	#nameOf(by: string): string {
		return by === this.#options.me ? m.review_at_you() : this.#options.nameOf(by);
	}
}

const said: Record<Kind, (words: { name: string }) => string> = {
	ins: m.review_at_inserted,
	del: m.review_at_struck,
	fmt: m.review_at_look,
	join: m.review_at_join,
	chg: m.review_at_form,
};

/**
 * Of the suggestion that was gone to; else of the letter behind the caret, which is what is read out, at a paragraph's end
 * of the one before.
 */
function passageAt(state: EditorState): Passage | null {
	const { $from, $head, empty } = state.selection;
	const stop = stopAt(state);
	if (stop) {
		const { by, kinds } = stop;
		const key = (...ofKinds: Kind[]) => (kinds.some((kind) => ofKinds.includes(kind)) ? suggestionKey(stop) : '');
		const here = kinds.map((kind) => ({ kind, by }));
		return { here, of: `${key('ins')}/${key('del')}/${key('fmt', 'join', 'chg')}` };
	}
	const { nodeBefore, nodeAfter } = empty ? $head : $from;
	const node = nodeAfter ?? nodeBefore;
	if (!node) return null;
	const inserted = authorsOf(insertionsOf(node), node.attrs['ins']);
	const struck = authorsOf(strikesOf(node), node.attrs['del']);
	if (inserted.length + struck.length === 0) return null;
	const key = (all: Authored[]) => all.map(suggestionKey).join();
	const people = (kind: Kind, all: Authored[]) => [...new Set(all.map(({ by }) => by))].map((by) => ({ kind, by }));
	return { here: [...people('ins', inserted), ...people('del', struck)], of: `${key(inserted)}/${key(struck)}/` };
}

/** What is no text holds who inserted or struck it in an attribute. */
function authorsOf(marks: readonly Mark[], held: unknown): Authored[] {
	const authored = readAuthored(held);
	return [...marks.map(({ attrs }) => attrs as Authored), ...(authored ? [authored] : [])];
}
