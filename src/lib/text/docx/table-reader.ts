/** A Word file's table: merged cells count once, tables in cells become their text. */
import type { RichNode } from '#lib/documents/rich-body.ts';
import { textOf } from '#lib/documents/rich-body.ts';
import { isOn, valueOf } from './parts.ts';
import { child, childElements, type XmlElement } from './xml.ts';

type Cell = { attrs: Record<string, unknown>; content: readonly RichNode[] };

export function readTable(table: XmlElement, readCell: (cell: XmlElement) => RichNode[]): RichNode {
	/** Column → the cell that reaches down in it. */
	const reaching = new Map<number, Cell>();
	const rows = all(table, 'tr').map((row): Cell[] => {
		const header = isOn(child(row, 'trPr', 'tblHeader'));
		let column = 0;
		return all(row, 'tc').flatMap((element): Cell[] => {
			const properties = child(element, 'tcPr');
			const width = Math.min(100, Math.max(1, Number(valueOf(properties, 'gridSpan') ?? 1) || 1));
			const at = column;
			column += width;
			const merge = child(properties, 'vMerge');
			const above = reaching.get(at);
			if (merge && merge.attrs.val !== 'restart' && above) {
				above.attrs.rowspan = Math.min(1000, Number(above.attrs.rowspan ?? 1) + 1);
				return [];
			}
			const attrs = { ...(header ? { header: true } : {}), ...(width > 1 ? { colspan: width } : {}) };
			const cell: Cell = { attrs, content: readCell(element).flatMap(asParagraphs) };
			if (merge) reaching.set(at, cell);
			else reaching.delete(at);
			return [cell];
		});
	});
	return {
		name: 'table',
		attrs: {},
		content: rows.map((cells) => ({ name: 'row', attrs: {}, content: cells.map(toNode) })),
	};
}

/** How many of its rows are tracked as inserted or struck as such. */
export function countTrackedRows(table: XmlElement): number {
	return all(table, 'tr').filter((row) => child(row, 'trPr', 'ins') ?? child(row, 'trPr', 'del')).length;
}

function toNode({ attrs, content }: Cell): RichNode {
	const { header, colspan, rowspan } = attrs;
	return {
		name: 'cell',
		attrs: { ...(header ? { header } : {}), ...(colspan ? { colspan } : {}), ...(rowspan ? { rowspan } : {}) },
		content: content.length > 0 ? content : [{ name: 'paragraph', attrs: {}, content: [] }],
	};
}

/** A cell holds paragraphs alone. */
function asParagraphs(block: RichNode): RichNode[] {
	if (block.name === 'paragraph') {
		const { title, ...attrs } = block.attrs;
		return [title === true ? { ...block, attrs: { level: 1 } } : { ...block, attrs }];
	}
	if (block.name === 'rule') return [];
	return block.content.map((row) => {
		const text = 'content' in row ? row.content.map(textOf).join('\t') : textOf(row);
		return { name: 'paragraph', attrs: {}, content: text === '' ? [] : [{ text, marks: [] }] };
	});
}

/** Rows and cells may be wrapped, by content controls and tracked changes. */
function all(parent: XmlElement, name: string): XmlElement[] {
	return childElements(parent).flatMap((element) => {
		if (element.name === name) return [element];
		return /^(sdt|sdtContent|customXml|ins|del)$/.test(element.name) ? all(element, name) : [];
	});
}
