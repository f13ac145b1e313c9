/**
 * What is pasted into a cell and is more than paragraphs. A table fills the cells from there on, and gets the rows and columns
 * that it lacks; what stands in the cells stays before it. Everything else comes as paragraphs of the cell.
 */
import { m } from '#lib/i18n/paraglide/messages.js';
import { toast } from '#lib/ui/toast.svelte.ts';
import { Fragment, Slice, type Node } from 'prosemirror-model';
import { TextSelection, type Command, type EditorState, type Transaction } from 'prosemirror-state';
import { schema } from '../schema.ts';
import { gridOf, type Placed } from './grid.ts';
import { cellAround, structural, tears } from './in-table.ts';
import { keepCells } from './keep-cells.ts';

const { table, row, cell, paragraph } = schema.nodes;

/** @param slice with a table or a rule */
export function pasteBlocks(slice: Slice): Command {
	return (state, dispatch) => {
		const blocks = slice.content.content.filter(({ type, content }) => type !== paragraph || content.size > 0);
		const [source] = blocks;
		const { $from, $to } = state.selection;
		const fills = blocks.length === 1 && source?.type === table && cellAround($from) !== null;
		if (!source || !fills || $from.node(1) !== $to.node(1)) {
			dispatch?.(state.tr.replaceSelection(slice).scrollIntoView());
			if (dispatch) toast({ text: m.editor_table_words_only() });
			return true;
		}
		dispatch?.(fill(withoutSelected(state), source).setMeta(structural, true).scrollIntoView());
		return true;
	};
}

function withoutSelected(state: EditorState): Transaction {
	const { tr } = state;
	if (state.selection.empty) return tr;
	tr.deleteSelection();
	return tr.steps.some((step, at) => tears(step, tr.docs[at] as Node)) ? keepCells(state, tr) : tr;
}

function fill(tr: Transaction, source: Node): Transaction {
	const { $from: $caret, from: caret } = tr.selection;
	const at = $caret.before(1);
	const start = gridOf($caret.node(1), at).cells.find((each) => each.at === cellAround($caret));
	if (!start) return tr;
	const added = gridOf(source, 0);
	const grid = grow(tr, at, start.row + added.height, start.column + added.width);
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
		const before = tr.doc.content.size;
		if (place === null) tr.insert(target.at + target.node.nodeSize - 1, paragraphs);
		else tr.replace(place, place, new Slice(Fragment.from(paragraphs), 1, 1));
		if (target.at === start.at) end = caret + tr.doc.content.size - before;
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
