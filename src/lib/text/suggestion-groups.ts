/**
 * Which changes of a file are one suggestion. A file notes them run by run, and a word that is bold is a run of its own:
 * each would be to decide by itself. As in the editor, what one person changed side by side at one time is one suggestion,
 * strikes and insertions alike, and so is what goes on over a paragraph's end that is inserted or struck in it. What stands
 * behind text that nobody changed is another.
 */
import {
	isText,
	joined,
	orderedMarks,
	type RichChild,
	type RichMark,
	type RichNode,
} from '#lib/documents/rich-body.ts';
import { readChanges, suggestionId, writeChanges, type Authored, type BlockChange } from '#lib/documents/suggestion.ts';

/** A block and what is suggested of the end of its paragraph. */
export type Ended = { block: RichNode; mark: Ending };
export type Ending = { ins: Authored | null; del: Authored | null };

/** Word and LibreOffice note the minute. */
const sameTime = 60_000;
/** So many suggestions may go on behind what others inserted in them: without a bound, a file could make the search endless. */
const mostOpen = 20;

type Member = { by: string; at: number; id: string };

/** @param isMade whether reading made this id; one that the file itself names stays as it is */
export function groupEnded(blocks: readonly Ended[], isMade: (id: string) => boolean): Ended[] {
	const walk = new Walk(isMade);
	for (const each of blocks) walk.take(each);
	return blocks.map(({ block, mark }) => ({ block: walk.named(block), mark: walk.namedEnding(mark) }));
}

/** As above where no end of a paragraph is suggested; also in the cells of tables. */
export function groupSuggestions(blocks: readonly RichNode[], isMade: (id: string) => boolean): RichNode[] {
	const inner = blocks.map((block) =>
		block.name === 'paragraph' ? block : { ...block, content: block.content.map((row) => inCells(row, isMade)) },
	);
	const none = { ins: null, del: null };
	return groupEnded(
		inner.map((block) => ({ block, mark: none })),
		isMade,
	).map(({ block }) => block);
}

function inCells(row: RichChild, isMade: (id: string) => boolean): RichChild {
	if (isText(row)) return row;
	const content = row.content.map((cell) =>
		isText(cell) ? cell : { ...cell, content: groupSuggestions(cell.content as RichNode[], isMade) },
	);
	return { ...row, content };
}

class Walk {
	readonly #isMade: (id: string) => boolean;
	/** An id → one that stands for the same suggestion. */
	readonly #same = new Map<string, string>();
	/** What goes on if the next text belongs to it. */
	#open: readonly Member[] = [];
	/** Changes of the form of the paragraph before. */
	#forms: readonly BlockChange[] = [];

	constructor(isMade: (id: string) => boolean) {
		this.#isMade = isMade;
	}

	take({ block, mark }: Ended): void {
		if (block.name !== 'paragraph') {
			this.#open = [];
			this.#forms = [];
			return;
		}
		this.#takeForm(readChanges(block.attrs.chg));
		for (const child of block.content) {
			if (isText(child)) this.#pass(authoredOn(child.marks), hasInsertion(child.marks));
			// What is no text stands for some, but for the place of a comment.
			else if (child.name !== 'place') this.#open = [];
		}
		this.#pass(
			[mark.ins, mark.del].filter((each) => each !== null),
			mark.ins !== null,
		);
	}

	named(block: RichNode): RichNode {
		if (block.name !== 'paragraph') return block;
		const { chg, ...attrs } = block.attrs;
		const changes = readChanges(chg).map((change) => ({ ...change, id: this.#nameOf(change.id) }));
		const content = block.content.map((child) =>
			isText(child) ? { ...child, marks: orderedMarks(child.marks.map((mark) => this.#namedMark(mark))) } : child,
		);
		return {
			...block,
			attrs: chg === undefined ? attrs : { ...attrs, chg: writeChanges(changes) },
			content: joined(content),
		};
	}

	namedEnding({ ins, del }: Ending): Ending {
		const named = (authored: Authored | null) => authored && { ...authored, id: this.#nameOf(authored.id) };
		return { ins: named(ins), del: named(del) };
	}

	/** What others inserted in a suggestion does not end it; text that was there before does, unless it is part of it. */
	#pass(authored: readonly Authored[], inserted: boolean): void {
		const here: Member[] = [];
		for (const each of authored) if (this.#isMade(suggestionId(each.id))) here.push(this.#memberOf(each, here));
		this.#open = inserted ? [...new Set([...here, ...this.#open])].slice(0, mostOpen) : [...new Set(here)];
	}

	#memberOf({ by, at, id }: Authored, here: readonly Member[]): Member {
		const isSame = (other: Member) => other.by === by && Math.abs(other.at - at) < sameTime;
		const known = here.find(isSame) ?? this.#open.find(isSame);
		if (known) this.#join(known.id, suggestionId(id));
		return known ?? { by, at, id: suggestionId(id) };
	}

	/** Paragraphs one behind the other of which the same was made. */
	#takeForm(all: readonly BlockChange[]): void {
		const changes = all.filter(({ id }) => this.#isMade(id));
		for (const { by, at, id, to } of changes) {
			const known = this.#forms.find(
				(other) =>
					other.by === by && Math.abs(other.at - at) < sameTime && JSON.stringify(other.to) === JSON.stringify(to),
			);
			if (known) this.#join(known.id, id);
		}
		this.#forms = changes;
	}

	#join(one: string, other: string): void {
		const [first, second] = [this.#standsFor(one), this.#standsFor(other)];
		if (first !== second) this.#same.set(second, first);
	}

	#standsFor(id: string): string {
		let found = id;
		for (let next = this.#same.get(found); next !== undefined; next = this.#same.get(found)) found = next;
		if (found !== id) this.#same.set(id, found);
		return found;
	}

	/** With the sign at its end that tells what a strike means. */
	#nameOf(id: string): string {
		const own = suggestionId(id);
		return this.#standsFor(own) + id.slice(own.length);
	}

	#namedMark(mark: RichMark): RichMark {
		return isAuthoredMark(mark) ? { ...mark, attrs: { ...mark.attrs, id: this.#nameOf(String(mark.attrs.id)) } } : mark;
	}
}

function isAuthoredMark({ type }: RichMark): boolean {
	return type === 'ins' || type === 'del' || type === 'fmt';
}

function authoredOn(marks: readonly RichMark[]): Authored[] {
	return marks.filter(isAuthoredMark).map(({ attrs: { by, at, id } }) => {
		return { by: String(by), at: Number(at), id: String(id) };
	});
}

function hasInsertion(marks: readonly RichMark[]): boolean {
	return marks.some(({ type }) => type === 'ins');
}
