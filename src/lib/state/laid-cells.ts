/** Tables in which cells go over several rows, laid upon each other place by place. */
import type { Beside } from '#lib/documents/align.ts';
import type { RichNode } from '#lib/documents/rich-body.ts';

/** Row by row, column by column, the cell that goes over a place; none where a row is too short. */
type Places = readonly (readonly (RichNode | undefined)[])[];

/** What is one cell, in rows and columns of both tables together. Neither `was` nor `is`: a place that no cell goes over. */
export type Laid = {
	row: number;
	column: number;
	height: number;
	width: number;
	was: RichNode | null;
	is: RichNode | null;
};

export function placesOf(rows: readonly { cells: readonly RichNode[] }[]): Places {
	const places = rows.map((): (RichNode | undefined)[] => []);
	for (const [at, { cells }] of rows.entries()) {
		let column = 0;
		for (const cell of cells) {
			while (places[at]?.[column]) column++;
			const { colspan = 1, rowspan = 1 } = cell.attrs;
			for (const row of places.slice(at, at + Number(rowspan)))
				for (let right = 0; right < Number(colspan); right++) row[column + right] ??= cell;
			column += Number(colspan);
		}
	}
	return places.map((row) => Array.from(row));
}

/**
 * @param rows that belong together, as do the columns
 * @returns in order; null where a cell of the one does not lie on one cell of the other
 */
export function layUpon(
	was: Places,
	is: Places,
	rows: readonly Beside[],
	columns: readonly Beside[],
): readonly Laid[] | null {
	const cellAt = (places: Places, row: number | null, column: number | null) =>
		(row === null || column === null ? null : places[row]?.[column]) ?? null;
	const laid = new Map<RichNode, Laid>();
	for (const [row, [oldRow, newRow]] of rows.entries()) {
		for (const [column, [oldColumn, newColumn]] of columns.entries()) {
			const [old, now] = [cellAt(was, oldRow, oldColumn), cellAt(is, newRow, newColumn)];
			const [one, other] = [old && laid.get(old), now && laid.get(now)];
			if (one && other && one !== other) return null;
			const cell = one ?? other ?? { row, column, height: 1, width: 1, was: old, is: now };
			if ((old && old !== (cell.was ??= old)) || (now && now !== (cell.is ??= now))) return null;
			if (old) laid.set(old, cell);
			if (now) laid.set(now, cell);
			widen(cell, row, column);
		}
	}
	return fill([...new Set(laid.values())], rows.length, columns.length);
}

function widen(cell: Laid, row: number, column: number): void {
	const [bottom, right] = [Math.max(cell.row + cell.height, row + 1), Math.max(cell.column + cell.width, column + 1)];
	cell.row = Math.min(cell.row, row);
	cell.column = Math.min(cell.column, column);
	cell.height = bottom - cell.row;
	cell.width = right - cell.column;
}

/** @returns with the places that no cell goes over; null where two cells would go over one */
function fill(cells: readonly Laid[], height: number, width: number): Laid[] | null {
	const over = Array.from({ length: height }, () => new Array<Laid | undefined>(width).fill(undefined));
	for (const cell of cells)
		for (const row of over.slice(cell.row, cell.row + cell.height))
			for (let column = cell.column; column < cell.column + cell.width; column++) {
				if (row[column]) return null;
				row[column] = cell;
			}
	const all = over.flatMap((places, row) =>
		places.map((cell, column) => cell ?? { row, column, height: 1, width: 1, was: null, is: null }),
	);
	return [...new Set(all)];
}
