/**
 * Making and changing tables. A row or a column comes and goes as its own nodes and no cell is made anew, so that what
 * others write in the cells at the same time stays.
 */
import type { Node } from 'prosemirror-model';
import { Selection, TextSelection, type Command, type EditorState, type Transaction } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { schema } from '../schema.ts';
import { gridOf, placeIn, type Grid, type Placed } from './grid.ts';
import { cellAround, structural } from './in-table.ts';

export { keepCells } from './keep-cells.ts';
export { dropBlocks, pasteBlocks } from './paste-blocks.ts';
export { shortRows } from './short-rows.ts';

const { table, row, cell, paragraph } = schema.nodes;

/** Behind the paragraph of the caret, or in place of an empty one; the first row heads it. */
export function insertTable(rows = 3, columns = 3): Command {
	return (state, dispatch) => {
		const { $from } = state.selection;
		if ($from.depth === 0 || cellAround($from) !== null) return false;
		if (!dispatch) return true;
		const made = Array.from({ length: rows }, (_, at) => row.create(null, cellsOf(columns, at === 0)));
		const empty = $from.parent.content.size === 0;
		const at = empty ? $from.before(1) : $from.after(1);
		const behind = $from.after(1) === state.doc.content.size ? [paragraph.create()] : [];
		const tr = state.tr.setMeta(structural, true);
		tr.replaceWith(at, empty ? $from.after(1) : at, [table.create(null, made), ...behind]);
		dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(at + 1))).scrollIntoView());
		return true;
	};
}

export function addRow(side: 'before' | 'after'): Command {
	return change((tr, grid, { row: at, height }) => {
		const index = side === 'before' ? at : at + height;
		const spans = new Set<Placed>();
		let free = 0;
		for (let column = 0; column < grid.width; column++) {
			const [above, below] = [grid.of(index - 1, column), grid.of(index, column)];
			if (above && above === below) spans.add(above);
			else free++;
		}
		for (const each of spans) tr.setNodeAttribute(each.at, 'rowspan', each.height + 1);
		const place = rowStart(grid, index);
		tr.insert(place, row.create(null, cellsOf(free, false)));
		return place + 1;
	});
}

export function addColumn(side: 'before' | 'after'): Command {
	return change((tr, grid, { column, width, row: at }) => {
		const index = side === 'before' ? column : column + width;
		let caret = 0;
		for (let line = grid.height - 1; line >= 0; line--) {
			const [left, right] = [grid.of(line, index - 1), grid.of(line, index)];
			if (left && left === right) {
				if (left.row === line) tr.setNodeAttribute(left.at, 'colspan', left.width + 1);
				continue;
			}
			const place = placeIn(grid, line, index);
			const heads = (grid.of(line, Math.max(0, index - 1)) ?? right)?.node.attrs.header === true;
			// A row that is too short gets what it lacks.
			tr.insert(place, cellsOf(1 + Math.max(0, lacking(grid, line, index)), heads));
			if (line === at) caret = place;
			else if (line < at) caret = tr.mapping.maps.at(-1)?.map(caret) ?? caret;
		}
		return caret;
	});
}

export const removeRow: Command = change((tr, grid, { row: index }) => {
	if (grid.height === 1) return removeWhole(tr, grid);
	// A cell that goes on below keeps its words there.
	const goOn = grid.cells.filter((each) => each.row === index && each.height > 1);
	for (const each of goOn.toReversed())
		tr.insert(placeIn(grid, index + 1, each.column), withSpan(each.node, 'rowspan', each.height - 1));
	for (const each of grid.cells)
		if (each.row < index && each.row + each.height > index)
			tr.setNodeAttribute(each.at, 'rowspan', span(each.height - 1));
	const start = rowStart(grid, index);
	tr.delete(start, start + grid.table.child(index).nodeSize);
	return Math.min(start, rowStart(grid, Math.max(0, index - 1)) + 1);
});

export const removeColumn: Command = change((tr, grid, { column: index, width, row: line, at }) => {
	if (grid.width === 1) return removeWhole(tr, grid);
	const touched = grid.cells.filter(({ column, width }) => column <= index && column + width > index);
	for (const each of touched.toReversed()) {
		if (each.width > 1) tr.setNodeAttribute(each.at, 'colspan', span(each.width - 1));
		else tr.delete(each.at, each.at + each.node.nodeSize);
	}
	const beside = width > 1 ? at : (grid.of(line, index - 1) ?? grid.of(line, index + 1))?.at;
	return tr.mapping.map(beside ?? at) + 1;
});

export const removeTable: Command = change((tr, grid) => removeWhole(tr, grid));

/** The first row heads the table, or does not. */
export const toggleHeader: Command = change((tr, grid, { at }) => {
	const first = grid.cells.filter(({ row: line }) => line === 0);
	const heads = first.every(({ node }) => node.attrs.header === true);
	for (const each of first) tr.setNodeAttribute(each.at, 'header', heads ? null : true);
	return at;
});

/** The next cell or the one before. Behind the last one a new row begins, so that one goes on writing. */
export function goToCell(step: 1 | -1): Command {
	return (state, dispatch, view) => {
		const found = here(state);
		if (!found) return false;
		const { grid, placed } = found;
		const next = grid.cells[grid.cells.indexOf(placed) + step];
		if (!next) return step === 1 && addRow('after')(state, dispatch, view);
		const end = TextSelection.near(state.doc.resolve(next.at + next.node.nodeSize - 1), -1);
		dispatch?.(state.tr.setSelection(end).scrollIntoView());
		return true;
	};
}

/** From a cell's last line to the cell below, or from its first to the one above; from the last row out of the table. */
export function goToRow(step: 1 | -1): Command {
	return (state, dispatch, view) => {
		const found = here(state);
		if (!found) return false;
		const { grid, placed } = found;
		const { $head } = state.selection;
		const index = $head.index($head.depth - 1);
		if (index !== (step < 0 ? 0 : placed.node.childCount - 1)) return false;
		const line = step < 0 ? placed.row - 1 : placed.row + placed.height;
		const next = grid.of(line, placed.column) ?? grid.cells.findLast(({ row: its }) => its === line);
		const [start, end] = next
			? [next.at + 1, next.at + next.node.nodeSize - 1]
			: [grid.at + grid.table.nodeSize, grid.at];
		const near = Selection.findFrom(state.doc.resolve(step < 0 ? end : start), step, true);
		if (near) dispatch?.(state.tr.setSelection(straight(view, $head.pos, near)).scrollIntoView());
		return true;
	};
}

/** The place in the line of `near` that is straight above or below `from`. */
function straight(view: EditorView | undefined, from: number, near: Selection): Selection {
	if (!view) return near;
	const { top, bottom } = view.coordsAtPos(near.head);
	const found = view.posAtCoords({ left: view.coordsAtPos(from).left, top: (top + bottom) / 2 });
	const $found = found && view.state.doc.resolve(found.pos);
	return $found?.sameParent(near.$head) ? TextSelection.create(view.state.doc, $found.pos) : near;
}

export function hasHeader(state: EditorState): boolean {
	return here(state)?.grid.cells.every(({ row: line, node }) => line > 0 || node.attrs.header === true) ?? false;
}

type Change = (tr: Transaction, grid: Grid, placed: Placed) => number;

/** @param make changes the table, and says where the caret is to be */
function change(make: Change): Command {
	return (state, dispatch) => {
		const found = here(state);
		if (!found) return false;
		if (!dispatch) return true;
		const tr = state.tr.setMeta(structural, true);
		const caret = make(tr, found.grid, found.placed);
		tr.setSelection(TextSelection.near(tr.doc.resolve(Math.min(caret, tr.doc.content.size))));
		dispatch(tr.scrollIntoView());
		return true;
	};
}

function here({ selection: { $head }, doc }: EditorState): { grid: Grid; placed: Placed } | null {
	const at = cellAround($head);
	if (at === null) return null;
	const $cell = doc.resolve(at);
	const grid = gridOf($cell.node(-1), $cell.before(-1));
	const placed = grid.cells.find((each) => each.at === at);
	return placed ? { grid, placed } : null;
}

function removeWhole(tr: Transaction, { at, table: node }: Grid): number {
	tr.delete(at, at + node.nodeSize);
	if (tr.doc.content.size === 0) tr.insert(0, paragraph.create());
	return at;
}

/** Where a row begins, or the table's rows end. */
function rowStart({ table: node, at }: Grid, index: number): number {
	return node.children.slice(0, index).reduce((place, { nodeSize }) => place + nodeSize, at + 1);
}

function lacking(grid: Grid, line: number, column: number): number {
	let missing = 0;
	while (missing < column && grid.of(line, column - 1 - missing) === undefined) missing++;
	return missing;
}

function cellsOf(count: number, header: boolean): Node[] {
	return Array.from({ length: count }, () => cell.create(header ? { header: true } : null, paragraph.create()));
}

function withSpan(node: Node, name: 'rowspan' | 'colspan', size: number): Node {
	return cell.create({ ...node.attrs, [name]: span(size) }, node.content);
}

/** One is what an absent attribute says. */
function span(size: number): number | null {
	return size > 1 ? size : null;
}
