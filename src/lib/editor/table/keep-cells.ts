/**
 * What a person does across the borders of cells, or puts into a cell that may not stand there. The library would join what
 * is left of the cells, and close the table around what does not fit; here words go and come, and the cells stay.
 */
import { Fragment, Slice, type Node } from 'prosemirror-model';
import { Selection, type EditorState, type Transaction } from 'prosemirror-state';
import { Mapping, ReplaceAroundStep, ReplaceStep, type Step } from 'prosemirror-transform';
import { isParagraph, schema } from '../schema.ts';
import { tears } from './in-table.ts';

const { table, row, cell } = schema.nodes;

/** @param given a transaction that would tear a table, and does not change one on purpose */
export function keepCells(state: EditorState, given: Transaction): Transaction {
	const index = given.steps.findIndex((step, at) => tears(step, given.docs[at] as Node));
	const { tr } = state;
	for (const step of given.steps.slice(0, index)) tr.step(step);
	const torn = given.steps[index] as ReplaceStep | ReplaceAroundStep;
	const { slice } = torn;
	const { from, to } = meantBy(torn, index === 0 ? state.selection : null);
	let caret = replaceWords(tr, from, to, slice);
	let mapping = new Mapping([torn.getMap().invert(), ...tr.mapping.maps.slice(index)]);
	for (const step of given.steps.slice(index + 1)) {
		const done = tr.steps.length;
		const mapped = isAt(step, from, from + slice.size) ? null : step.map(mapping);
		if (mapped && !tears(mapped, tr.doc) && !tr.maybeStep(mapped).failed && mapped instanceof ReplaceStep)
			caret = mapped.from + mapped.slice.size;
		mapping = new Mapping([step.getMap().invert(), ...mapping.maps, ...tr.mapping.maps.slice(done)]);
	}
	tr.setSelection(Selection.near(tr.doc.resolve(caret), -1));
	for (const key of ['composition', 'paste', 'uiEvent']) {
		const value: unknown = given.getMeta(key);
		if (value !== undefined) tr.setMeta(key, value);
	}
	return given.scrolledIntoView ? tr.scrollIntoView() : tr;
}

/** To keep the document whole a step takes more than what was selected, or moves what is behind it elsewhere. */
function meantBy(step: ReplaceStep | ReplaceAroundStep, selected: Selection | null): { from: number; to: number } {
	const moves = step instanceof ReplaceAroundStep;
	if (selected && (moves || !selected.empty) && step.from <= selected.from && step.to >= selected.to) return selected;
	return { from: step.from, to: moves ? step.from : step.to };
}

/** What follows at the very place, such as the split of an Enter, is left out: over cells that key empties them. */
function isAt(step: Step, from: number, to: number): boolean {
	return 'from' in step && 'to' in step && Number(step.from) <= to && Number(step.to) >= from;
}

/** @returns where the words end that came */
function replaceWords(tr: Transaction, from: number, to: number, slice: Slice): number {
	const gone: [from: number, to: number][] = [];
	tr.doc.nodesBetween(from, to, (node, at) => {
		const end = at + node.nodeSize;
		const partly = from > at || to < end;
		if (node.type === row || (node.type === table && partly)) return true;
		// Of a cell one paragraph stays.
		const inner = node.type === cell ? 2 : partly ? 1 : 0;
		const [start, stop] = [Math.max(from, at + inner), Math.min(to, end - inner)];
		if (stop > start) gone.push([start, stop]);
		return false;
	});
	for (const [start, stop] of gone.reverse()) tr.delete(start, stop);
	const at = Selection.near(tr.doc.resolve(from)).from;
	const size = tr.doc.content.size;
	tr.replace(at, at, wordsOf(slice));
	return at + tr.doc.content.size - size;
}

/** As paragraphs, which may stand everywhere. */
export function wordsOf(slice: Slice): Slice {
	if (slice.content.firstChild?.isInline) return slice;
	const paragraphs: Node[] = [];
	slice.content.descendants((node) => {
		if (isParagraph(node)) paragraphs.push(node);
	});
	while (paragraphs.at(-1)?.content.size === 0) paragraphs.pop();
	return paragraphs.length > 0 ? new Slice(Fragment.from(paragraphs), 1, 1) : Slice.empty;
}
