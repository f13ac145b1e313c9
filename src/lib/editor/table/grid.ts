/**
 * A table as rows and columns. Cells may span, as they do in what was pasted; and rows may be of different length, for two
 * people can add a row and a column at the same time: what is missing is then nobody's.
 */
import type { Node } from 'prosemirror-model';

export type Placed = {
	node: Node;
	/** In the document. */
	at: number;
	row: number;
	column: number;
	width: number;
	height: number;
};

export type Grid = {
	table: Node;
	/** Where the table begins in the document. */
	at: number;
	width: number;
	height: number;
	cells: readonly Placed[];
	/** What stands in a place; undefined where a row is too short. */
	of: (row: number, column: number) => Placed | undefined;
};

export function gridOf(table: Node, at: number): Grid {
	const places = new Map<string, Placed>();
	const cells: Placed[] = [];
	let width = 0;
	table.forEach((row, rowAt, index) => {
		let column = 0;
		row.forEach((node, cellAt) => {
			while (places.has(`${index} ${column}`)) column++;
			const placed: Placed = {
				node,
				at: at + 1 + rowAt + 1 + cellAt,
				row: index,
				column,
				width: Number(node.attrs.colspan ?? 1),
				height: Math.min(Number(node.attrs.rowspan ?? 1), table.childCount - index),
			};
			cells.push(placed);
			for (let down = 0; down < placed.height; down++)
				for (let right = 0; right < placed.width; right++) places.set(`${index + down} ${column + right}`, placed);
			column += placed.width;
			width = Math.max(width, column);
		});
	});
	return { table, at, width, height: table.childCount, cells, of: (row, column) => places.get(`${row} ${column}`) };
}

/** Where a cell that is put into a row at a column belongs, in the document. */
export function placeIn({ table, at, cells }: Grid, row: number, column: number): number {
	const next = cells.find((cell) => cell.row === row && cell.column >= column);
	if (next) return next.at;
	let end = at + 1;
	for (let index = 0; index <= row; index++) end += table.child(index).nodeSize;
	return end - 1;
}
