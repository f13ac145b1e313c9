/** Writes blocks as the body of a Word file. */
import {
	isText,
	type Attributes,
	type RichChild,
	type RichMark,
	type RichNode,
	type RichText,
} from '#lib/documents/rich-body.ts';
import { safeHref } from '#lib/domain/href.ts';
import { readChanges } from '#lib/documents/suggestion.ts';
import {
	asSuggested,
	blockOfLine,
	breaksIn,
	formatBefore,
	linesBehind,
	readAuthored,
	strikes,
	withChanges,
	type Line,
} from '../block-suggestion.ts';
import { firstOrdered, fixedLists, namespaces, type WordComment } from './package-parts.ts';
import { xmlText } from './xml.ts';

type Thread = { id: string; resolved: boolean; entries: readonly { by: string; at: number; text: string }[] };
type MarkedLine = Line & { mark: RichMark[] };

export class BodyWriter {
	readonly comments: WordComment[] = [];
	readonly links: string[] = [];
	/** How many numbered lists have begun. */
	lists = 0;
	readonly #nameOf: (by: string) => string;
	readonly #onblock: () => void;
	/** Comment id of ours → ids of the thread's entries. */
	readonly #threads = new Map<string, number[]>();
	readonly #lastOf = new Map<string, RichText>();
	readonly #opened = new Set<string>();
	#inList = false;
	#revision = 1000;
	#out = '';

	/** @param onblock after each block that does not stand in another */
	constructor(threads: readonly Thread[], nameOf: (by: string) => string, onblock = () => {}) {
		this.#nameOf = nameOf;
		this.#onblock = onblock;
		for (const thread of threads) this.#addThread(thread);
	}

	styled(style: string, text: string): void {
		this.#inList = false;
		this.#out += `<w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr>${run(text, [])}</w:p>`;
	}

	/** @param loose comments that belong here and to no words: Word shows none that is nowhere, so they stand behind the text */
	write(blocks: readonly RichNode[], loose: readonly string[] = []): void {
		for (const block of blocks) this.#noteEnds(block);
		this.#inList = false;
		for (const [at, block] of blocks.entries()) {
			this.#out += this.#block(block, blocks[at + 1]);
			this.#onblock();
		}
		const numbers = loose.flatMap((id) => this.#threads.get(id) ?? []);
		if (numbers.length > 0) this.#out += `<w:p>${numbers.map(reference).join('')}</w:p>`;
	}

	toXml(): string {
		return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document ${namespaces}><w:body>${this.#out}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1417" w:bottom="1134" w:left="1417" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr></w:body></w:document>`;
	}

	#addThread({ id, resolved, entries }: Thread): void {
		let parent: string | null = null;
		const ids = entries.map((entry) => {
			const number = this.comments.length;
			const paraId = (0x10000000 + number).toString(16).toUpperCase();
			this.comments.push({
				id: number,
				author: this.#nameOf(entry.by) || '?',
				date: dateOf(entry.at),
				text: entry.text,
				paraId,
				parent,
				done: resolved,
			});
			parent ??= paraId;
			return number;
		});
		if (ids.length > 0) this.#threads.set(id, ids);
	}

	/** Where each comment's range ends: behind the last text that carries it. */
	#noteEnds(node: RichNode): void {
		for (const child of node.content) {
			if (!isText(child)) this.#noteEnds(child);
			// A break is no words of Word's: what ends with one ends before it.
			else if (breaksIn(child) > 0) continue;
			else for (const mark of child.marks) if (mark.type === 'comment') this.#lastOf.set(String(mark.attrs.id), child);
		}
	}

	#blocks(blocks: readonly RichNode[]): string {
		return blocks.map((block, at) => this.#block(block, blocks[at + 1])).join('');
	}

	#block(block: RichNode, next: RichNode | undefined): string {
		if (block.name === 'paragraph') return this.#paragraph(block, next);
		this.#inList = false;
		if (block.name === 'table') return this.#table(block);
		return '<w:p><w:pPr><w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr></w:pPr></w:p>';
	}

	#paragraph(block: RichNode, next: RichNode | undefined): string {
		const joins = next?.name === 'paragraph' ? readAuthored(next.attrs.join) : null;
		const lines = linesOf(block.content);
		const own = this.#listOf(withChanges(block.attrs));
		return lines
			.map((line, at) => {
				const mark: RichMark[] = at < lines.length - 1 ? line.mark : joins ? [{ type: 'del', attrs: joins }] : [];
				const { attrs } = blockOfLine(block, line);
				const list = attrs === block.attrs ? own : this.#listOf(attrs);
				return `<w:p>${this.#properties(attrs, list, mark)}${this.#content(line.content)}</w:p>`;
			})
			.join('');
	}

	#listOf({ list, indent, level, checked }: Attributes): number | null {
		const item = list !== undefined && level === undefined;
		if (!item && indent === undefined) this.#inList = false;
		if (!item) return null;
		if (list === 'bullet') return fixedLists.bullet;
		if (list === 'check') return checked === true ? fixedLists.done : fixedLists.open;
		if (!this.#inList) this.lists++;
		this.#inList = true;
		return firstOrdered + this.lists - 1;
	}

	#properties(attrs: Attributes, list: number | null, mark: readonly RichMark[]): string {
		const changed = readChanges(attrs.chg).at(-1);
		const marks = mark.flatMap(({ type, attrs }) =>
			type === 'ins' || type === 'del' ? [`<w:${type} ${this.#authored(attrs)}/>`] : [],
		);
		const inner =
			shape(withChanges(attrs), list) +
			(marks.length > 0 ? `<w:rPr>${marks.join('')}</w:rPr>` : '') +
			(changed ? `<w:pPrChange ${this.#authored(changed)}><w:pPr>${shape(attrs, null)}</w:pPr></w:pPrChange>` : '');
		return inner === '' ? '' : `<w:pPr>${inner}</w:pPr>`;
	}

	#authored({ by, at }: Readonly<Record<string, unknown>>): string {
		return `w:id="${this.#revision++}" w:author="${xmlText(this.#nameOf(String(by)) || '?')}" w:date="${dateOf(Number(at))}"`;
	}

	#content(content: readonly RichChild[]): string {
		let out = '';
		for (const child of content) {
			const text: RichText = isText(child)
				? { text: child.text, marks: asSuggested(child.marks) }
				: { text: String(child.attrs.text ?? ''), marks: [] };
			const ids = text.marks.flatMap((mark) => (mark.type === 'comment' ? [String(mark.attrs.id)] : []));
			const known = ids.filter((id) => this.#threads.has(id));
			const starts = known.filter((id) => !this.#opened.has(id));
			for (const id of starts) this.#opened.add(id);
			const ends = known.filter((id) => this.#lastOf.get(id) === child);
			out += starts
				.flatMap((id) => this.#entries(id))
				.map((id) => `<w:commentRangeStart w:id="${id}"/>`)
				.join('');
			out += this.#linked(text);
			out += ends
				.flatMap((id) => this.#entries(id))
				.map((id) => `<w:commentRangeEnd w:id="${id}"/>${reference(id)}`)
				.join('');
		}
		return out;
	}

	#entries(id: string): number[] {
		return this.#threads.get(id) ?? [];
	}

	#linked(text: RichText): string {
		const link = text.marks.find(({ type }) => type === 'link');
		const href = safeHref(link?.attrs.href);
		const inner = this.#tracked(text, href !== null);
		if (href === null) return inner;
		const known = this.links.indexOf(href);
		const at = known < 0 ? this.links.push(href) - 1 : known;
		return `<w:hyperlink r:id="link${at}">${inner}</w:hyperlink>`;
	}

	#tracked({ text, marks }: RichText, linked: boolean): string {
		const ins = marks.find(({ type }) => type === 'ins');
		const del = marks.find((mark) => strikes(mark, marks));
		let out = run(text, this.#format(marks, linked), del !== undefined);
		if (del) out = `<w:del ${this.#authored(del.attrs)}>${out}</w:del>`;
		if (ins) out = `<w:ins ${this.#authored(ins.attrs)}>${out}</w:ins>`;
		return out;
	}

	#format(marks: readonly RichMark[], linked: boolean): string[] {
		const has = (type: string) => marks.some((mark) => mark.type === type);
		const properties = formatOf(has('strong'), has('em'));
		if (linked) properties.unshift('<w:rStyle w:val="Hyperlink"/>');
		const fmt = marks.find(({ type }) => type === 'fmt');
		if (fmt) {
			const was = formatBefore(marks, { strong: has('strong'), em: has('em') });
			properties.push(
				`<w:rPrChange ${this.#authored(fmt.attrs)}><w:rPr>${formatOf(was.strong, was.em).join('')}</w:rPr></w:rPrChange>`,
			);
		}
		return properties;
	}

	#table(table: RichNode): string {
		const rows = table.content as RichNode[];
		const width = Math.max(
			1,
			...rows.map((row) => row.content.reduce((sum, cell) => sum + spanOf(cell, 'colspan'), 0)),
		);
		const reaching = new Map<number, { rows: number; width: number }>();
		const body = rows.map((row) => this.#row(row, reaching)).join('');
		const columns = Array.from({ length: width }, () => `<w:gridCol w:w="${Math.floor(9000 / width)}"/>`).join('');
		// Word wants a paragraph behind a table.
		return `<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>${columns}</w:tblGrid>${body}</w:tbl>`;
	}

	#row(row: RichNode, reaching: Map<number, { rows: number; width: number }>): string {
		const cells: string[] = [];
		let column = 0;
		const passReaching = () => {
			for (let above = reaching.get(column); above && above.rows > 0; above = reaching.get(column)) {
				above.rows--;
				cells.push(cellXml(above.width, '<w:vMerge/>', '<w:p/>'));
				column += above.width;
			}
		};
		for (const cell of row.content as RichNode[]) {
			passReaching();
			const columns = spanOf(cell, 'colspan');
			const down = spanOf(cell, 'rowspan');
			if (down > 1) reaching.set(column, { rows: down - 1, width: columns });
			const content = this.#blocks(cell.content as RichNode[]);
			cells.push(cellXml(columns, down > 1 ? '<w:vMerge w:val="restart"/>' : '', content === '' ? '<w:p/>' : content));
			column += columns;
		}
		passReaching();
		if (cells.length === 0) return '';
		const header = row.content.every((cell) => !isText(cell) && cell.attrs.header === true);
		return `<w:tr>${header ? '<w:trPr><w:tblHeader/></w:trPr>' : ''}${cells.join('')}</w:tr>`;
	}
}

function reference(id: number): string {
	return `<w:r><w:commentReference w:id="${id}"/></w:r>`;
}

function cellXml(columns: number, merge: string, content: string): string {
	const span = columns > 1 ? `<w:gridSpan w:val="${columns}"/>` : '';
	return `<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/>${span}${merge}</w:tcPr>${content}</w:tc>`;
}

function spanOf(cell: RichChild, name: 'colspan' | 'rowspan'): number {
	return isText(cell) ? 1 : Number(cell.attrs[name] ?? 1);
}

/** A line of content for each paragraph of Word's: a suggested break ends one. */
function linesOf(content: readonly RichChild[]): MarkedLine[] {
	const lines: MarkedLine[] = [{ form: null, content: [], mark: [] }];
	for (const child of content) {
		if (!isText(child) || breaksIn(child) === 0) {
			lines.at(-1)?.content.push(child);
			continue;
		}
		for (const line of linesBehind(child, lines.at(-1))) {
			(lines.at(-1) as MarkedLine).mark = [...child.marks];
			lines.push({ ...line, mark: [] });
		}
	}
	return lines;
}

/** Style, list and indent, in the order that the format asks for. */
function shape({ level, list, indent, checked }: Attributes, numId: number | null): string {
	if (typeof level === 'number') return `<w:pStyle w:val="Heading${level + 1}"/>`;
	const id =
		numId ??
		(list === 'bullet'
			? fixedLists.bullet
			: list === 'check'
				? checked
					? fixedLists.done
					: fixedLists.open
				: list === 'ordered'
					? firstOrdered
					: null);
	if (id !== null) {
		return `<w:pStyle w:val="ListParagraph"/><w:numPr><w:ilvl w:val="${Number(indent ?? 0)}"/><w:numId w:val="${id}"/></w:numPr>`;
	}
	return indent === undefined ? '' : `<w:pStyle w:val="Indented"/><w:ind w:left="${Number(indent) * 360}"/>`;
}

function formatOf(strong: boolean, em: boolean): string[] {
	return [...(strong ? ['<w:b/>'] : []), ...(em ? ['<w:i/>'] : [])];
}

function run(text: string, properties: readonly string[], deleted = false): string {
	const name = deleted ? 'delText' : 't';
	const parts = text.split(/([\n\t])/).map((part) => {
		if (part === '\n') return '<w:br/>';
		if (part === '\t') return '<w:tab/>';
		return part === '' ? '' : `<w:${name} xml:space="preserve">${xmlText(part)}</w:${name}>`;
	});
	return `<w:r>${properties.length > 0 ? `<w:rPr>${properties.join('')}</w:rPr>` : ''}${parts.join('')}</w:r>`;
}

/** Word refuses a change without a date, and years of more than four digits. */
export function dateOf(at: number): string {
	const time = Number.isFinite(at) ? Math.min(Math.max(0, at), 253_402_300_799_000) : 0;
	return new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
}
