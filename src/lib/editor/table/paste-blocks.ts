/**
 * What is put into a cell and is more than paragraphs, by paste or by drag. A table fills the cells from there on, and gets the
 * rows and columns that it lacks; what stands in the cells stays before it. Everything else comes as paragraphs of the cell.
 */
import { m } from '#lib/i18n/paraglide/messages.js';
import { toast } from '#lib/ui/toast.svelte.ts';
import { Fragment, Slice, type Node } from 'prosemirror-model';
import { Selection, TextSelection, type Command, type EditorState, type Transaction } from 'prosemirror-state';
import { schema } from '../schema.ts';
import { gridOf, type Placed } from './grid.ts';
import { cellAround, hasBlocks, structural, tears } from './in-table.ts';
import { keepCells, wordsOf } from './keep-cells.ts';

const { table, row, cell, paragraph } = schema.nodes;

/** @param slice with a table or a rule */
export function pasteBlocks(slice: Slice): Command {
	return (state, dispatch) => {
		const { $from, $to } = state.selection;
		const fills = onlyTable(slice) !== null && $from.node(1) === $to.node(1);
		const tr = put(fills ? withoutSelected(state) : state.tr, slice);
		if (tr) dispatch?.(tr);
		return true;
	};
}

/**
 * What was dragged comes as if it had been cut and pasted, in one step: all of it, or nothing and the cells stay full.
 *
 * @param at where it is dropped
 * @param moved it was selected here and is to go there
 */
export function dropBlocks(dragged: Slice, at: number, moved: boolean): Command {
	return (state, dispatch, view) => {
		const { from, to } = state.selection;
		if (at > state.doc.content.size || (moved && at >= from && at <= to)) return false;
		const tr = moved ? withoutSelected(state) : state.tr;
		tr.setSelection(Selection.near(tr.doc.resolve(tr.mapping.map(at)), -1));
		const done = put(tr, asPasted(dragged));
		view?.focus();
		if (done) dispatch?.(done.setMeta('uiEvent', 'drop'));
		return true;
	};
}

/** As the clipboard brings it: of one cell its paragraphs, of one row its words, and else whole tables. */
function asPasted({ content, openStart, openEnd }: Slice): Slice {
	let [first, last] = [content.firstChild, content.lastChild];
	while (first && first === last && first.childCount === 1 && openStart > 1 && openEnd > 1) {
		content = first.content;
		[first, last] = [content.firstChild, content.lastChild];
		openStart--;
		openEnd--;
	}
	const slice = new Slice(content, first?.type === table ? 0 : openStart, last?.type === table ? 0 : openEnd);
	return first?.type === row || first?.type === cell ? wordsOf(slice) : slice;
}

/** @returns null when nothing of it can stand there, which is said */
function put(tr: Transaction, slice: Slice): Transaction | null {
	const { $from, $to } = tr.selection;
	const inCell = (cellAround($from) ?? cellAround($to)) !== null && hasBlocks(slice);
	const source = onlyTable(slice);
	if (source && inCell && $from.node(1) === $to.node(1))
		return fill(tr, source).setMeta(structural, true).scrollIntoView();
	const comes = !inCell || wordsOf(slice).size > 0;
	if (inCell) toast({ text: comes ? m.editor_table_words_only() : m.editor_table_no_rule() });
	return comes ? tr.replaceSelection(slice).scrollIntoView() : null;
}

/** The table that is all there is, but for empty paragraphs. */
function onlyTable({ content }: Slice): Node | null {
	const blocks = content.content.filter(({ type, content }) => type !== paragraph || content.size > 0);
	const [source] = blocks;
	return blocks.length === 1 && source?.type === table ? source : null;
}

function withoutSelected(state: EditorState): Transaction {
	const { tr } = state;
	if (state.selection.empty) return tr;
	tr.deleteSelection();
	return tr.steps.some((step, at) => tears(step, tr.docs[at] as Node)) ? keepCells(state, tr) : tr;
}

function fill(tr: Transaction, source: Node): Transaction {
	const { $from: $caret } = tr.selection;
	const at = $caret.before(1);
	const before = gridOf($caret.node(1), at).cells.find((each) => each.at === cellAround($caret));
	if (!before) return tr;
	const added = gridOf(source, 0);
	const grid = grow(tr, at, before.row + added.height, before.column + added.width);
	// Columns that came stand before it, in the rows above.
	const start = grid.of(before.row, before.column) ?? before;
	const caret = $caret.pos + start.at - before.at;
	const words = new Map<Placed, Node[]>();
	for (const each of added.cells) {
		const target = grid.of(start.row + each.row, start.column + each.column);
		if (target) words.set(target, [...(words.get(target) ?? []), ...each.node.children]);
	}
	let end = caret;
	// From the end to the start: what comes does not move where the rest is to come.
	for (const target of [...words.keys()].sort((one, other) => other.at - one.at)) {
		const paragraphs = words.get(target) ?? [];
		if (paragraphs.every(({ content }) => content.size === 0)) continue;
		const place = target.at === start.at ? caret : target.node.content.size === 2 ? target.at + 2 : null;
		const { size } = tr.doc.content;
		if (place === null) tr.insert(target.at + target.node.nodeSize - 1, paragraphs);
		else tr.replace(place, place, new Slice(Fragment.from(paragraphs), 1, 1));
		if (target.at === start.at) end = caret + tr.doc.content.size - size;
	}
	return tr.setSelection(TextSelection.near(tr.doc.resolve(end), -1));
}

/** Gives a table as many rows and columns, and every row the cells that it lacks. */
function grow(tr: Transaction, at: number, height: number, width: number): ReturnType<typeof gridOf> {
	const node = tr.doc.nodeAt(at) as Node;
	const rows = Array.from({ length: Math.max(0, height - node.childCount) }, () => row.create());
	tr.insert(at + node.nodeSize - 1, rows);
	const grid = gridOf(tr.doc.nodeAt(at) as Node, at);
	let end = at + grid.table.nodeSize - 1;
	for (let line = grid.height - 1; line >= 0; line--) {
		const { lastChild, nodeSize } = grid.table.child(line);
		let lacks = 0;
		for (let column = 0; column < Math.max(width, grid.width); column++) if (!grid.of(line, column)) lacks++;
		const attrs = lastChild?.attrs.header === true ? { header: true } : null;
		const cells = Array.from({ length: lacks }, () => cell.create(attrs, paragraph.create()));
		if (lacks > 0) tr.insert(end - 1, cells);
		end -= nodeSize;
	}
	return gridOf(tr.doc.nodeAt(at) as Node, at);
}
