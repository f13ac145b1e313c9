/**
 * Two people who add a row and a column of a table at the same time, unseen by each other, leave the row one cell short.
 * Nobody writes the missing one for it, which two would do twice: it is shown and given out as an empty cell at the row's end.
 */
import { paragraph, type RichNode } from './rich-body.ts';

/** @returns how many columns each row lacks to be as wide as the widest */
export function lackingColumns(rows: readonly (readonly { colspan: number; rowspan: number }[])[]): number[] {
	const more = rows.map(() => 0);
	const add = (at: number, columns: number) => {
		if (at < more.length) more[at] = (more[at] ?? 0) + columns;
	};
	for (const [at, row] of rows.entries()) {
		for (const { colspan, rowspan } of row) {
			add(at, colspan);
			add(at + rowspan, -colspan);
		}
	}
	let wide = 0;
	const covered = more.map((columns) => (wide += columns));
	const width = covered.reduce((most, columns) => Math.max(most, columns), 0);
	return covered.map((columns) => width - columns);
}

/** The blocks with all tables' rows as wide as the widest. */
export function withFullRows(blocks: readonly RichNode[]): RichNode[] {
	return blocks.map((block) => (block.name === 'table' ? fullTable(block) : block));
}

function fullTable(table: RichNode): RichNode {
	const rows = table.content as RichNode[];
	const lacking = lackingColumns(rows.map(({ content }) => (content as RichNode[]).map(spansOf)));
	if (lacking.every((columns) => columns === 0)) return table;
	return { ...table, content: rows.map((row, at) => fullRow(row, lacking[at] ?? 0)) };
}

/** With one cell however many columns are lacking: what a document says of its spans may be anything. */
function fullRow(row: RichNode, columns: number): RichNode {
	if (columns === 0) return row;
	const cells = row.content as RichNode[];
	const heads = cells.length > 0 && cells.every(({ attrs }) => attrs['header'] === true);
	const attrs = { ...(heads ? { header: true } : {}), ...(columns > 1 ? { colspan: columns } : {}) };
	return { ...row, content: [...cells, { name: 'cell', attrs, content: [paragraph({}, [])] }] };
}

function spansOf({ attrs }: RichNode): { colspan: number; rowspan: number } {
	return { colspan: Number(attrs['colspan'] ?? 1), rowspan: Number(attrs['rowspan'] ?? 1) };
}
