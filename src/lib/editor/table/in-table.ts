/** What every editor knows of tables; making and changing them is loaded where somebody asks for it. */
import type { ResolvedPos } from 'prosemirror-model';
import { TextSelection, type Command, type EditorState, type Transaction } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { schema } from '../schema.ts';
import type * as TableModule from './table-commands.ts';

/** The mark of a transaction that changes a table's rows or columns: it is made directly, or not at all. */
export const structural = 'table-structure';

/** Where the cell begins in which a place is, or null. */
export function cellAround($at: ResolvedPos): number | null {
	for (let depth = $at.depth; depth > 0; depth--)
		if ($at.node(depth).type === schema.nodes.cell) return $at.before(depth);
	return null;
}

export function isInTable({ selection: { $head } }: EditorState): boolean {
	return cellAround($head) !== null;
}

type TableCommands = typeof TableModule;

let loaded: TableCommands | null = null;

/** Fetches what changes tables, so that a key is carried out at once: what is typed behind it belongs in the next cell. */
export async function loadTables(): Promise<TableCommands> {
	return (loaded ??= await import('./table-commands.ts'));
}

/** A command of tables: the key is taken at once, and carried out when the part is there. */
export function whenInTable(choose: (commands: TableCommands) => Command): Command {
	return (state, dispatch, view) => {
		if (!isInTable(state)) return false;
		if (loaded) return choose(loaded)(state, dispatch, view);
		if (view) void inTables(view, choose);
		return true;
	};
}

export async function inTables(view: EditorView, choose: (commands: TableCommands) => Command): Promise<void> {
	const commands = await loadTables();
	if (!view.isDestroyed) choose(commands)(view.state, view.dispatch.bind(view), view);
}

/**
 * Empties what is selected across several cells. The cells stay: joined, they would leave their rows and columns.
 * @returns null when the selection does not lead from one cell into another
 */
function emptyCells({ selection: { $from, $to, from, to }, tr, doc }: EditorState): Transaction | null {
	const [first, last] = [cellAround($from), cellAround($to)];
	if (first === last || first === null || last === null || $from.node(1) !== $to.node(1)) return null;
	const texts: [from: number, to: number][] = [];
	doc.nodesBetween(from, to, (node, at) => {
		if (node.isTextblock) texts.push([Math.max(from, at + 1), Math.min(to, at + 1 + node.content.size)]);
	});
	for (const [start, end] of texts.reverse()) if (end > start) tr.delete(start, end);
	return tr.setSelection(TextSelection.create(tr.doc, from)).scrollIntoView();
}

export const deleteInCells: Command = (state, dispatch) => {
	const tr = emptyCells(state);
	if (tr) dispatch?.(tr);
	return tr !== null;
};

/** What is typed over several cells goes into the first. */
export function typeOverCells(view: EditorView, text: string): boolean {
	const tr = emptyCells(view.state);
	if (tr) view.dispatch(tr.insertText(text));
	return tr !== null;
}
