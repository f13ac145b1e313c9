/** How a table differs, as a table: rows and columns that came or went, and cells that read otherwise. */
import { align, type Beside } from '#lib/documents/align.ts';
import { pairBlocks, wordsIn } from '#lib/documents/body-diff.ts';
import { isText, textOf, type RichNode } from '#lib/documents/rich-body.ts';
import { diffSequences } from '#lib/documents/sequence-diff.ts';
import { cellLines, suggestedOf, type Suggested } from '#lib/text/agreed.ts';
import { numberItems } from './list-numbers.ts';
import { diffParagraph, type TextBlock } from './paragraph-diff.ts';
import type { What } from './text-diff.ts';

/** `blocks`: none where another row has a cell and this has none. */
export type DiffCell = { what: What; header: boolean; colspan: number; rowspan: number; blocks: TextBlock[] };

export type DiffRow = { kind: 'unchanged'; count: number } | { kind: 'row'; what: What; cells: DiffCell[] };

/** `header`: whether cells became a header's, or are it no more; null where neither. `merged`: cells became one, or several. */
export type TableBlock = { kind: 'table'; rows: DiffRow[]; header: boolean | null; merged: boolean };

/** Null for what was only suggested and is no more. `news`: something differs, or is suggested that was not before. */
export type TableDiff = { block: TableBlock | null; news: boolean };

type Row = { cells: RichNode[]; texts: string[]; suggested: Suggested };

/** So many rows that changed are compared each with each. */
const mostCompared = 500;
/** So many rows say which columns belong together. */
const mostTelling = 50;
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
		return [...old, ...now].some(({ cells }) => cells.some(isTall)) ? null : diffWide(old, now);
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

function rowsOf(table: RichNode | null): Row[] {
	return (table?.content ?? []).flatMap((row): Row[] => {
		if (isText(row)) return [];
		const cells = row.content.filter((cell): cell is RichNode => !isText(cell));
		const texts = cells.map((cell) => cell.content.map(textOf).join('\n'));
		return [{ cells, texts, suggested: (table && suggestedOf(table)) ?? suggestedOf(row) }];
	});
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

function widthOf(rows: readonly Row[]): number {
	return rows.reduce((most, { cells }) => Math.max(most, cells.length), 0);
}

function rowAt(rows: readonly Row[], at: number | null): Row | undefined {
	return at === null ? undefined : rows[at];
}

function sideBySide(one: number, other: number): Beside[] {
	const at = (end: number, place: number) => (place < end ? place : null);
	return Array.from({ length: Math.max(one, other) }, (_, place) => [at(one, place), at(other, place)]);
}

function pairRows(old: readonly Row[], now: readonly Row[]): Beside[] {
	const keyOf = ({ texts }: Row) => JSON.stringify(texts);
	const steps = diffSequences(old.map(keyOf), now.map(keyOf));
	const pairs: Beside[] = [];
	let [x, y] = [0, 0];
	for (let at = 0; at < steps.length; at++) {
		const { what, count } = steps[at] as (typeof steps)[number];
		const come =
			what === 'ins' ? count : what === 'del' && steps[at + 1]?.what === 'ins' ? (steps[++at]?.count ?? 0) : 0;
		if (what === 'same') for (let i = 0; i < count; i++) pairs.push([x++, y++]);
		else {
			const gone = what === 'del' ? count : 0;
			for (const [one, other] of pairChanged(old.slice(x, x + gone), now.slice(y, y + come)))
				pairs.push([one === null ? null : x + one, other === null ? null : y + other]);
			x += gone;
			y += come;
		}
	}
	return pairs;
}

function pairChanged(old: readonly Row[], now: readonly Row[]): Beside[] {
	if (old.length > mostCompared || now.length > mostCompared)
		return align(old.length, 0, () => 0).concat(align(0, now.length, () => 0));
	const [a, b] = [old, now].map((rows) => rows.map(({ texts }) => wordsIn(texts.join(' ')))) as [
		Set<string>[],
		Set<string>[],
	];
	return align(old.length, now.length, (at, beside) => likeness(a[at] as Set<string>, b[beside] as Set<string>));
}

/** How much of the shorter one is in the other, from a half to the whole; 0 for less. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
	const least = Math.min(a.size, b.size);
	if (least === 0) return a.size === b.size ? 1 : 0;
	let shared = 0;
	for (const word of a) if (b.has(word)) shared++;
	return shared * 2 >= least ? shared / Math.max(a.size, b.size) : 0;
}

/** Columns that read alike in the rows that are there before and after. */
function pairColumns(old: readonly Row[], now: readonly Row[], pairs: readonly Beside[]): Beside[] {
	const both = pairs.flatMap(([one, other]): [string[], string[]][] => {
		const [was, is] = [rowAt(old, one), rowAt(now, other)];
		return was && is ? [[was.texts, is.texts]] : [];
	});
	const telling = both.slice(0, mostTelling);
	return align(widthOf(old), widthOf(now), (at, beside) => {
		const like = telling.map(([was, is]) => {
			const [one = '', other = ''] = [was[at], is[beside]];
			if (one === other) return one === '' ? 0.1 : 1;
			return likeness(wordsIn(one), wordsIn(other)) / 2;
		});
		// Those of which nothing is known belong together as they stand.
		return like.reduce((sum, each) => sum + each, 0.001);
	});
}

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
function stateOf(was: Row | undefined, is: Row | undefined): { what: What; news: boolean } | null {
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
	const rows: DiffRow[] = [];
	for (let at = 0; at < found.length; at++) {
		let end = at;
		while (at > 0 && found[end]?.news === false) end++;
		if (end - at >= fewestLeftOut) {
			rows.push({ kind: 'unchanged', count: end - at });
			at = end - 1;
		} else rows.push((found[at] as FoundRow).row);
	}
	return rows;
}
