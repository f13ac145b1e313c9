/** How a table differs, as a table: rows and columns that came or went, and cells that read otherwise. */
import type { Beside } from '#lib/documents/align.ts';
import { pairBlocks } from '#lib/documents/body-diff.ts';
import type { RichNode } from '#lib/documents/rich-body.ts';
import { cellLines } from '#lib/text/agreed.ts';
import { layUpon, placesOf, type Laid } from './laid-cells.ts';
import { numberItems } from './list-numbers.ts';
import { diffParagraph, type TextBlock } from './paragraph-diff.ts';
import { pairColumns, pairRows, rowAt, rowsOf, textIn, widthOf, type Row } from './table-rows.ts';
import type { What } from './text-diff.ts';

/** `blocks`: none where another row has a cell and this has none. */
export type DiffCell = { what: What; header: boolean; colspan: number; rowspan: number; blocks: TextBlock[] };

export type DiffRow = { kind: 'unchanged'; count: number } | { kind: 'row'; what: What; cells: DiffCell[] };

/** `header`: whether cells became a header's, or are it no more; null where neither. `merged`: cells became one, or several. */
export type TableBlock = { kind: 'table'; rows: DiffRow[]; header: boolean | null; merged: boolean };

/** Null for what was only suggested and is no more. `news`: something differs, or is suggested that was not before. */
export type TableDiff = { block: TableBlock | null; news: boolean };

/** Fewer in a row are shown: saying that they are there takes as much room. */
const fewestLeftOut = 3;

/**
 * @param before as it is written, with what is suggested in it, as is `after`; null where there is none
 * @returns null for two that cannot be laid upon each other
 */
export function diffTable(before: RichNode | null, after: RichNode | null): TableDiff | null {
	const [old, now] = [rowsOf(before), rowsOf(after)];
	const isMerged = [...old, ...now].some(({ cells }) => cells.some(spans));
	const isBoth = before !== null && after !== null;
	if (isBoth && isMerged && shapeOf(old) !== shapeOf(now))
		return [...old, ...now].some(({ cells }) => cells.some(isTall)) ? diffTall(old, now) : diffWide(old, now);
	const inPlace = isMerged || !isBoth;
	const pairs = inPlace ? sideBySide(old.length, now.length) : pairRows(old, now);
	const columns = inPlace ? sideBySide(widthOf(old), widthOf(now)) : pairColumns(old, now, pairs);
	const found = pairs.flatMap(([one, other]) => {
		const row = diffRow(rowAt(old, one), rowAt(now, other), columns, isMerged);
		return row ? [row] : [];
	});
	if (found.length === 0 && (old.length > 0 || now.length > 0)) return { block: null, news: false };
	const header = found.find((row) => row.header !== null)?.header ?? null;
	const rows = isBoth ? withoutUnchanged(found) : found.map(({ row }) => row);
	return { block: { kind: 'table', rows, header, merged: false }, news: !isBoth || found.some(({ news }) => news) };
}

function spans({ attrs }: RichNode): boolean {
	return attrs.colspan !== undefined || attrs.rowspan !== undefined;
}

function isTall({ attrs: { rowspan } }: RichNode): boolean {
	return rowspan !== undefined;
}

function shapeOf(rows: readonly Row[]): string {
	return JSON.stringify(rows.map(({ cells }) => cells.map(({ attrs: { colspan, rowspan } }) => [colspan, rowspan])));
}

function sideBySide(one: number, other: number): Beside[] {
	const at = (end: number, place: number) => (place < end ? place : null);
	return Array.from({ length: Math.max(one, other) }, (_, place) => [at(one, place), at(other, place)]);
}

type RowState = { what: What; news: boolean };
type FoundRow = { row: Extract<DiffRow, { kind: 'row' }>; news: boolean; header: boolean | null };

function diffRow(
	was: Row | undefined,
	is: Row | undefined,
	columns: readonly Beside[],
	isMerged: boolean,
): FoundRow | null {
	const state = stateOf(was, is);
	if (!state) return null;
	let { news } = state;
	let header: boolean | null = null;
	const cells = columns.flatMap(([one, other]): DiffCell[] => {
		const [before, after] = [cellAt(was, one), cellAt(is, other)];
		// A cell that is missing beside merged ones is covered by them.
		if (!before && !after) return isMerged ? [] : [emptyCell];
		const lines = diffCell(before ? [before] : [], was, after ? [after] : [], is);
		news ||= lines.news || (state.what === 'same' && (!before || !after));
		if (before && after && isHeader(before) !== isHeader(after)) {
			header ??= isHeader(after);
			news = true;
		}
		const what = state.what !== 'same' || (before && after) ? state.what : after ? 'ins' : 'del';
		const { colspan = 1, rowspan = 1 } = (after ?? before)?.attrs ?? {};
		const isHead = isHeader(after ?? before);
		return [{ what, header: isHead, colspan: Number(colspan), rowspan: Number(rowspan), blocks: lines.blocks }];
	});
	return { row: { kind: 'row', what: state.what, cells }, news, header };
}

const emptyCell: DiffCell = { what: 'same', header: false, colspan: 1, rowspan: 1, blocks: [] };

function cellAt(row: Row | undefined, at: number | null): RichNode | undefined {
	return at === null ? undefined : row?.cells[at];
}

function isHeader(cell: RichNode | undefined): boolean {
	return cell?.attrs.header === true;
}

/** @returns null for what was only suggested and is no more */
function stateOf(was: Row | undefined, is: Row | undefined): RowState | null {
	if (!is) return was && was.suggested !== 'ins' ? { what: 'del', news: true } : null;
	if (is.suggested !== null) return { what: `may-${is.suggested}`, news: was?.suggested !== is.suggested };
	return !was || was.suggested === 'ins' ? { what: 'ins', news: true } : { what: 'same', news: false };
}

/** A cell of a row, over so many columns from one on. */
type Wide = { cell: RichNode; from: number; to: number };

/** Of tables in which cells go over several columns: what stood where one stands now is what it was. */
function diffWide(old: readonly Row[], now: readonly Row[]): TableDiff {
	const [was, is] = [old, now].map((rows) => rows.map(wideCells)) as [Wide[][], Wide[][]];
	const [before, after] = [old, now].map((rows, side) =>
		rows.map((row, at) => spread(row, (side ? is : was)[at] ?? [])),
	);
	const pairs = pairRows(old, now).filter(([one, other]) => stateOf(rowAt(old, one), rowAt(now, other)) !== null);
	const columns = pairColumns(before ?? [], after ?? [], pairs);
	const places = (side: 0 | 1, cells: readonly Wide[]) =>
		cells.map(({ cell, from, to }) => ({
			cell,
			from: columns.findIndex((each) => each[side] === from),
			to: columns.findIndex((each) => each[side] === to - 1) + 1,
		}));
	let merged = false;
	const found = pairs.map(([one, other]): FoundRow => {
		const [oldRow, newRow] = [rowAt(old, one), rowAt(now, other)];
		const olds = places(0, (one === null ? undefined : was[one]) ?? []);
		const news = places(1, (other === null ? undefined : is[other]) ?? []);
		const row = diffWideRow(oldRow, olds, newRow, news, columns.length);
		merged ||= row.merged;
		return row;
	});
	const header = found.find((row) => row.header !== null)?.header ?? null;
	const rows = withoutUnchanged(found);
	return { block: { kind: 'table', rows, header, merged }, news: merged || found.some(({ news }) => news) };
}

function wideCells({ cells }: Row): Wide[] {
	let at = 0;
	return cells.map((cell) => ({ cell, from: at, to: (at += Number(cell.attrs.colspan ?? 1)) }));
}

/** As if each column that a cell goes over had a cell of its own. */
function spread(row: Row, cells: readonly Wide[]): Row {
	const wide = cells.flatMap(({ from, to }, at) => [
		{ cell: row.cells[at] as RichNode, text: row.texts[at] ?? '' },
		...Array.from({ length: to - from - 1 }, () => ({ cell: row.cells[at] as RichNode, text: '' })),
	]);
	return { ...row, cells: wide.map(({ cell }) => cell), texts: wide.map(({ text }) => text) };
}

function diffWideRow(
	was: Row | undefined,
	olds: readonly Wide[],
	is: Row | undefined,
	news: readonly Wide[],
	width: number,
): FoundRow & { merged: boolean } {
	const state = stateOf(was, is) ?? { what: 'same' as const, news: false };
	const found = {
		row: { kind: 'row' as const, what: state.what, cells: [] as DiffCell[] },
		news: state.news,
		merged: false,
	};
	let header: boolean | null = null;
	for (let at = 0; at < width;) {
		const now = news.find(({ from, to }) => from <= at && at < to);
		const inside = olds.filter(({ from }) => (now ? from >= at && from < now.to : from === at));
		const free = news.find(({ from }) => from > at)?.from ?? width;
		const to = now?.to ?? Math.max(at + 1, Math.min(inside[0]?.to ?? at + 1, free));
		const lines = diffCell(
			inside.map(({ cell }) => cell),
			was,
			now ? [now.cell] : [],
			is,
		);
		const head = now?.cell ?? inside[0]?.cell;
		if (!head) found.row.cells.push({ ...emptyCell, colspan: to - at });
		else {
			const what = state.what !== 'same' || (now && inside.length > 0) ? state.what : now ? 'ins' : 'del';
			found.row.cells.push({ what, header: isHeader(head), colspan: to - at, rowspan: 1, blocks: lines.blocks });
		}
		if (now && inside[0] && isHeader(now.cell) !== isHeader(inside[0].cell)) header ??= isHeader(now.cell);
		found.merged ||=
			was !== undefined &&
			now !== undefined &&
			(inside.length !== 1 || inside[0]?.to !== now.to) &&
			(to - at > 1 || inside.some((each) => each.to - each.from > 1));
		found.news ||=
			lines.news || header !== null || (state.what === 'same' && head !== undefined && (!now || inside.length === 0));
		at = to;
	}
	return { ...found, header };
}

/** Of tables in which cells go over several rows: each of them is one cell over the rows that it had and those it has. */
function diffTall(old: readonly Row[], now: readonly Row[]): TableDiff | null {
	const [was, is] = [placesOf(old), placesOf(now)];
	const [before, after] = [spreadDown(old, was), spreadDown(now, is)];
	const pairs = pairRows(before, after).filter(([one, other]) => stateOf(rowAt(old, one), rowAt(now, other)) !== null);
	const columns = pairColumns(before, after, pairs);
	const laid = layUpon(was, is, pairs, columns);
	if (!laid) return null;
	const states = pairs.map(([one, other]) => stateOf(rowAt(old, one), rowAt(now, other)) ?? unchanged);
	const found = states.map((state, at): FoundRow => {
		const cells = laid.filter(({ row }) => row === at);
		const diffs = cells.map((cell) => diffLaid(cell, states, old, now));
		return {
			row: { kind: 'row', what: state.what, cells: diffs.map(({ cell }) => cell) },
			news: state.news || diffs.some(({ news }) => news),
			header: diffs.find(({ header }) => header !== null)?.header ?? null,
		};
	});
	const header = found.find((row) => row.header !== null)?.header ?? null;
	const block: TableBlock = { kind: 'table', rows: withoutUnchanged(found), header, merged: false };
	return { block, news: found.some(({ news }) => news) };
}

const unchanged: RowState = { what: 'same', news: false };

/** A cell over several rows says in each of them what it says. */
function spreadDown(rows: readonly Row[], places: readonly (readonly (RichNode | undefined)[])[]): Row[] {
	return rows.map((row, at) => {
		const cells = (places[at] ?? []).map((cell) => cell ?? missing);
		return { ...row, cells, texts: cells.map((cell, column) => (cell === cells[column - 1] ? '' : textIn(cell))) };
	});
}

const missing: RichNode = { name: 'cell', attrs: {}, content: [] };

function diffLaid(
	{ row, height, width, was, is }: Laid,
	states: readonly RowState[],
	old: readonly Row[],
	now: readonly Row[],
): { cell: DiffCell; news: boolean; header: boolean | null } {
	const over = states.slice(row, row + height);
	const what = over.every((state) => state.what === over[0]?.what) ? (over[0] ?? unchanged).what : 'same';
	const [oldRow, newRow] = [
		old.find(({ cells }) => was && cells.includes(was)),
		now.find(({ cells }) => is && cells.includes(is)),
	];
	const lines = diffCell(was ? [was] : [], oldRow, is ? [is] : [], newRow);
	const isOther = was !== null && is !== null && isHeader(was) !== isHeader(is);
	const isOne = what === 'same' && (was === null) !== (is === null);
	const cell = {
		what: isOne ? (is ? ('ins' as const) : ('del' as const)) : what,
		header: isHeader(is ?? was ?? undefined),
		colspan: width,
		rowspan: height,
		blocks: lines.blocks,
	};
	return { cell, news: lines.news || isOther || isOne, header: isOther ? isHeader(is) : null };
}

function diffCell(
	before: readonly RichNode[],
	was: Row | undefined,
	after: readonly RichNode[],
	is: Row | undefined,
): { blocks: TextBlock[]; news: boolean } {
	const [old, now] = [
		was ? before.flatMap((cell) => cellLines(cell, was.suggested)) : [],
		is ? after.flatMap((cell) => cellLines(cell, is.suggested)) : [],
	];
	for (const lines of [old, now]) numberItems(lines);
	const isLine = old.length === 1 && now.length === 1;
	const pairs = isLine ? [{ before: old[0] ?? null, after: now[0] ?? null }] : pairBlocks(old, now);
	const found = pairs.map((pair) => diffParagraph(pair.before, pair.after));
	return { blocks: found.flatMap(({ block }) => block ?? []), news: found.some(({ news }) => news) };
}

/** The first row says what the columns are. */
function withoutUnchanged(found: readonly FoundRow[]): DiffRow[] {
	const shown = shownRows(found);
	const rows: DiffRow[] = [];
	for (let at = 0; at < found.length; at++) {
		let end = at;
		while (shown[end] === false) end++;
		if (end - at >= fewestLeftOut) {
			rows.push({ kind: 'unchanged', count: end - at });
			at = end - 1;
		} else rows.push((found[at] as FoundRow).row);
	}
	return rows;
}

/** What a cell goes over is shown with it or not at all. */
function shownRows(found: readonly FoundRow[]): boolean[] {
	const shown: boolean[] = [];
	for (let at = 0; at < found.length; at = shown.length) {
		let end = at + 1;
		for (let row = at; row < end; row++)
			for (const { rowspan } of found[row]?.row.cells ?? []) end = Math.min(found.length, Math.max(end, row + rowspan));
		const isShown = at === 0 || found.slice(at, end).some(({ news }) => news);
		while (shown.length < end) shown.push(isShown);
	}
	return shown;
}
