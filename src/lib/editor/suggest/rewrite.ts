/**
 * Rewrites what a person does into suggestions. Nothing of what comes out changes the structure of the body: no block is
 * split, joined, wrapped or removed; there are insertions of text, marks, and attributes that are strings.
 */
import { Fragment, Slice, type Mark, type Node } from 'prosemirror-model';
import { TextSelection, type EditorState, type Transaction } from 'prosemirror-state';
import {
	AddMarkStep,
	AddNodeMarkStep,
	AttrStep,
	RemoveMarkStep,
	ReplaceAroundStep,
	ReplaceStep,
	type Step,
} from 'prosemirror-transform';
import { formOf, isForm, type Authored, type BlockForm } from '#lib/documents/suggestion.ts';
import { isParagraph, schema } from '../schema.ts';
import { suggestionAt, type Author } from './author.ts';
import { changeForm, changeMark } from './change-form.ts';
import { insert } from './insert.ts';
import { goesOnLike } from './marks.ts';
import { blocksPasted } from './paste-forms.ts';
import { strike } from './strike.ts';

/** @returns the transaction to apply instead, or null when this cannot be suggested */
export function rewrite(state: EditorState, given: Transaction, author: Author): Transaction | null {
	const rewriting = new Rewriting(state, given, author);
	for (const [index, step] of given.steps.entries()) if (!rewriting.take(step, index)) return null;
	return rewriting.finish();
}

/** What a step put into the document that it made, and where that stands in ours after `steps` of ours. */
type Put = { from: number; to: number; at: number; size: number; steps: number };

class Rewriting {
	readonly #state: EditorState;
	readonly #given: Transaction;
	readonly #author: Author;
	readonly #tr: Transaction;
	readonly #puts: (Put | null)[] = [];
	#authored: Authored | null = null;
	/** Where the caret is to stand, when the given transaction cannot say it. */
	#caret: number | null = null;

	constructor(state: EditorState, given: Transaction, author: Author) {
		this.#state = state;
		this.#given = given;
		this.#author = author;
		this.#tr = state.tr;
	}

	take(step: Step, index: number): boolean {
		this.#puts[index] = null;
		if (step instanceof ReplaceStep) return this.#replace(step, index);
		if (step instanceof AttrStep) return this.#attribute(step, index);
		if (step instanceof AddMarkStep) return this.#mark(step, index, true);
		if (step instanceof RemoveMarkStep) return this.#mark(step, index, false);
		if (step instanceof ReplaceAroundStep) return this.#markup(step, index);
		return step instanceof AddNodeMarkStep;
	}

	finish(): Transaction {
		const tr = this.#tr;
		const { selection, storedMarks } = this.#given;
		const last = this.#given.steps.length;
		const [anchor, head] =
			this.#caret === null
				? [this.#place(selection.anchor, last, -1), this.#place(selection.head, last, -1)]
				: [this.#caret, this.#caret];
		tr.setSelection(TextSelection.between(tr.doc.resolve(anchor), tr.doc.resolve(head)));
		if (storedMarks) tr.setStoredMarks(storedMarks);
		for (const key of ['composition', 'paste', 'uiEvent', 'pointer', 'addToHistory']) {
			const value: unknown = this.#given.getMeta(key);
			if (value !== undefined) tr.setMeta(key, value);
		}
		return this.#given.scrolledIntoView ? tr.scrollIntoView() : tr;
	}

	#replace({ from: start, to: end, slice }: ReplaceStep, index: number): boolean {
		const from = this.#place(start, index, 1);
		const to = Math.max(from, this.#place(end, index, -1));
		const authored = this.#authoredAt(from, to);
		const before = this.#tr.steps.length;
		if (to > from) strike(this.#tr, from, to, authored, slice.size > 0);
		const struck = this.#tr.mapping.slice(before).map(to, 1);
		// An input method goes on where it is.
		const composed = this.#given.getMeta('composition') !== undefined;
		if (slice.size > 0) {
			const blocks = blocksPasted(this.#given);
			const typed = blocks ? new Slice(blocks, 0, 0) : this.#asBefore(slice, start, end, index);
			if (!this.#insert(start, composed ? from : struck, typed, index, authored, composed)) return false;
			if (blocks) this.#caret = this.#end(index);
			return true;
		}
		if (this.#deletedForward(start, end)) this.#caret = struck;
		return true;
	}

	/** Text for which nobody chose how it looks: it goes on as its author suggested of what it follows, or replaces. */
	#asBefore(slice: Slice, start: number, end: number, index: number): Slice {
		if (this.#state.storedMarks || this.#given.getMeta('paste') === true) return slice;
		const $at = (this.#given.docs[index] as Node).resolve(start);
		const before = end > start ? $at.nodeAfter : ($at.nodeBefore ?? $at.nodeAfter);
		const like = (node: Node) => (node.isText ? node.mark(goesOnLike(node.marks, before, this.#author.id)) : node);
		return new Slice(Fragment.from(slice.content.content.map(like)), slice.openStart, slice.openEnd);
	}

	#insert(start: number, place: number, slice: Slice, index: number, authored: Authored, stays: boolean): boolean {
		const inserted = insert(this.#tr, place, slice, authored, stays);
		if (!inserted) return false;
		const { from: at, to } = inserted;
		this.#puts[index] = { from: start, to: start + slice.size, at, size: to - at, steps: this.#tr.steps.length };
		return true;
	}

	/** Where ends what a step put there. */
	#end(index: number): number | null {
		const put = this.#puts[index];
		return put ? put.at + put.size : null;
	}

	/** The caret of someone who deletes forward goes on behind what is struck. */
	#deletedForward(from: number, to: number): boolean {
		const { empty, head } = this.#state.selection;
		return empty && head === from && to > from && this.#given.steps.length === 1;
	}

	#attribute(step: AttrStep, index: number): boolean {
		const at = this.#place(step.pos, index, 1);
		const node = this.#tr.doc.nodeAt(at);
		if (!node) return true;
		if (isParagraph(node) && isForm(step.attr)) this.#form(at, { [step.attr]: step.value });
		else this.#tr.setNodeAttribute(at, step.attr, step.value);
		return true;
	}

	/** A paragraph's markup set anew, with its content as it is. Other steps around something wrap or lift: never here. */
	#markup(step: ReplaceAroundStep, index: number): boolean {
		const at = this.#place(step.from, index, 1);
		const [old, now] = [this.#tr.doc.nodeAt(at), step.slice.content.firstChild];
		if (!old || !now || !isParagraph(old) || !isParagraph(now) || step.slice.content.childCount > 1) return false;
		this.#form(at, formOf(now.attrs));
		return true;
	}

	#form(at: number, to: Partial<BlockForm>): void {
		changeForm(this.#tr, at, to, this.#authoredAt(at, at));
	}

	#mark(step: AddMarkStep | RemoveMarkStep, index: number, added: boolean): boolean {
		const from = this.#place(step.from, index, 1);
		const to = Math.max(from, this.#place(step.to, index, -1));
		const mark: Mark = step.mark;
		const suggested = [schema.marks.strong, schema.marks.em, schema.marks.link].includes(mark.type);
		if (suggested) changeMark(this.#tr, from, to, mark, added, this.#authoredAt(from, to));
		else if (added) this.#tr.addMark(from, to, mark);
		else this.#tr.removeMark(from, to, mark);
		return true;
	}

	/** All that one action does is one suggestion. */
	#authoredAt(from: number, to: number): Authored {
		return (this.#authored ??= suggestionAt(this.#tr.doc, from, to, this.#author));
	}

	/** Where a place of the document before a given step is in ours: back through the given steps, then through our own. */
	#place(position: number, index: number, side: 1 | -1): number {
		let at = position;
		for (let back = index - 1; back >= 0; back--) {
			const put = this.#puts[back];
			if (put && at >= put.from && at <= put.to) {
				const inside = at === put.to ? put.size : Math.min(at - put.from, put.size);
				return this.#tr.mapping.slice(put.steps).map(put.at + inside, side);
			}
			at = (this.#given.steps[back] as Step).getMap().invert().map(at, side);
		}
		return this.#tr.mapping.map(at, side);
	}
}
