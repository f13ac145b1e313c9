/** What every editor knows of tables; making and changing them is loaded where somebody asks for it. */
import type { Node, ResolvedPos, Slice } from 'prosemirror-model';
import { Plugin, type Command, type EditorState, type Transaction } from 'prosemirror-state';
import { ReplaceAroundStep, ReplaceStep, type Step } from 'prosemirror-transform';
import type { EditorView } from 'prosemirror-view';
import { isParagraph, schema } from '../schema.ts';
import type * as TableModule from './table-commands.ts';

/**
 * The mark of a transaction that changes a table's rows or columns: it is made directly, or not at all. Of one that suggests
 * it says `stays` when a table was to go, whose words alone are struck.
 */
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

/** Whether there is a table in the selection, or around it. */
export function touchesTable({ selection: { from, to }, doc }: EditorState): boolean {
	let touches = false;
	doc.nodesBetween(from, to, ({ type }) => {
		touches ||= type === schema.nodes.table;
		return false;
	});
	return touches;
}

type TableCommands = typeof TableModule;

let loaded: TableCommands | null = null;

/** Fetches what changes tables, so that a key is carried out at once: what is typed behind it belongs in the next cell. */
export async function loadTables(): Promise<TableCommands> {
	return (loaded ??= await import('./table-commands.ts'));
}

/** Shows all rows as wide as the widest. */
export function fullRows(): Plugin {
	return new Plugin({ props: { decorations: ({ doc }) => loaded && loaded.shortRows(doc) } });
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

/** @returns whether this is pasted into a table and takes care of what may not stand in a cell */
export function pasteInCells(view: EditorView, slice: Slice): boolean {
	if (!isInTable(view.state) || !hasBlocks(slice)) return false;
	void inTables(view, ({ pasteBlocks }) => pasteBlocks(slice));
	return true;
}

/** @returns whether this is dropped into a table or comes out of cells, and is taken care of */
export function dropInCells(view: EditorView, event: DragEvent, slice: Slice, moved: boolean): boolean {
	if (!hasBlocks(slice)) return false;
	const at = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos;
	if (at === undefined) return false;
	const { content, openStart, openEnd } = slice;
	const ends = [openStart > 0 && content.firstChild, openEnd > 0 && content.lastChild];
	const outOf = ends.some((end) => end && end.type === schema.nodes.table);
	if (!outOf && cellAround(view.state.doc.resolve(at)) === null) return false;
	void inTables(view, ({ dropBlocks }) => dropBlocks(slice, at, moved));
	return true;
}

export function hasBlocks({ content }: Slice): boolean {
	return content.content.some((node) => node.isBlock && !isParagraph(node));
}

/**
 * What a person does, with the rows and columns of all tables as they are, unless it changes them on purpose.
 * @returns null when what keeps them is still on its way: it is asked for when a selection touches a table
 */
export function withTablesKept(state: EditorState, tr: Transaction): Transaction | null {
	if (tr.getMeta(structural) === true || !tr.steps.some((step, at) => tears(step, tr.docs[at] as Node))) return tr;
	if (!loaded) void loadTables();
	return loaded && loaded.keepCells(state, tr);
}

/** Whether a step leads from a cell into another or out of a table, or puts into a cell what may not stand there. */
export function tears(step: Step, doc: Node): boolean {
	if (!(step instanceof ReplaceStep || step instanceof ReplaceAroundStep)) return false;
	const [$from, $to] = [doc.resolve(step.from), doc.resolve(step.to)];
	const first = cellAround($from);
	if (first !== cellAround($to)) return true;
	// Outside of a cell only between blocks, or in one of them.
	if (first === null) return [$from, $to].some(({ depth, parent }) => depth > 0 && !parent.inlineContent);
	return hasBlocks(step.slice);
}
