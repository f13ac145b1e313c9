/** Blocks written as HTML on one line each, and read again. It is what Markdown falls back to for what it cannot say. */
import { bodyNodes, maxIndent } from '#lib/documents/body-gate.ts';
import { isText, type Attributes, type RichNode } from '#lib/documents/rich-body.ts';
import type { BlockBuilder } from './block-builder.ts';
import { contentToHtml, type TagStyle } from './mark-tags.ts';
import { openTag, signTag, toTokens, type Tag } from './tags.ts';

/** Of an article of a page that we wrote: it begins with its title as a heading of the second degree, if it has one. */
export const articleAttribute = 'data-article';

const structural =
	/^(p|div|section|article|main|header|footer|aside|nav|address|blockquote|figure|figcaption|pre|dl|dt|dd|form|fieldset|details|summary|h[1-6]|center|body|html|caption|thead|tbody|tfoot)$/;

/** @param attrs those that the reader will not know from what stands around */
export function blockToHtml(node: RichNode, attrs: Attributes, style: TagStyle): string {
	const given = attributesFor(node.name, attrs, style);
	if (node.name === 'rule') return openTag('hr', given);
	if (node.name === 'table') return tableToHtml(node, style);
	const level = node.attrs.level;
	const name = typeof level === 'number' && attrs === node.attrs ? `h${level + 1}` : 'p';
	return openTag(name, given) + contentToHtml(node.content, style) + `</${name}>`;
}

function attributesFor(name: string, attrs: Attributes, { exact }: TagStyle): Record<string, string> {
	const shown = Object.entries(attrs).filter(([key]) => exact || !['join', 'chg', 'ins', 'del'].includes(key));
	const said = name === 'paragraph' ? shown : shown.filter(([key]) => !['header', 'colspan', 'rowspan'].includes(key));
	return said.length > 0 ? { 'data-block': JSON.stringify(Object.fromEntries(said)) } : {};
}

function tableToHtml(table: RichNode, style: TagStyle): string {
	const rows = table.content.map((row) => (isText(row) ? '' : rowToHtml(row, style)));
	return openTag('table', attributesFor('table', table.attrs, style)) + rows.join('') + '</table>';
}

function rowToHtml(row: RichNode, style: TagStyle): string {
	const cells = row.content.map((cell) => (isText(cell) ? '' : cellToHtml(cell, style)));
	return openTag('tr', attributesFor('row', row.attrs, style)) + cells.join('') + '</tr>';
}

function cellToHtml(cell: RichNode, style: TagStyle): string {
	const name = cell.attrs.header === true ? 'th' : 'td';
	const attributes: Record<string, string> = {};
	for (const key of ['colspan', 'rowspan']) if (key in cell.attrs) attributes[key] = String(cell.attrs[key]);
	if (cell.content.length === 0) attributes['data-none'] = '';
	const content = cell.content.map((node) => (isText(node) ? '' : blockToHtml(node, node.attrs, style)));
	return openTag(name, attributes) + content.join('') + `</${name}>`;
}

/** Reads HTML into `builder`. @param context attributes of a paragraph that says none of its own */
export function readHtmlInto(builder: BlockBuilder, html: string, context: Attributes): void {
	new HtmlReader(builder, context).read(html);
}

class HtmlReader {
	readonly #builder: BlockBuilder;
	readonly #context: Attributes;
	readonly #lists: ('bullet' | 'ordered')[] = [];
	/** Where a page says which its articles are: whether one has begun and its title is still to come. */
	#titled: 'no' | 'outside' | 'awaited' | 'inside' = 'no';
	/** Of a list item that has just begun: where a box may follow, and behind one. */
	#item: { attrs: Attributes; boxed: boolean } | null = null;
	/** The table that is open, its rows, and where blocks went before its cell. */
	#table: { attrs: Attributes; rows: RichNode[]; outer: RichNode[]; cell: Attributes | null } | null = null;

	constructor(builder: BlockBuilder, context: Attributes) {
		this.#builder = builder;
		this.#context = context;
	}

	read(html: string): void {
		const tokens = toTokens(html);
		if (tokens.some((token) => token.kind === 'open' && isArticle(token))) this.#titled = 'outside';
		for (const token of tokens) {
			if (token.kind === 'text') this.#text(token.text);
			else if (!this.#block(token)) this.#inline(token);
		}
		this.#endTable();
		this.#builder.end();
		this.#builder.forgetTags();
	}

	#text(text: string): void {
		// White space between blocks is the source's own.
		if (!this.#builder.inParagraph && text === ' ') return;
		this.#within();
		if (this.#item && text === ' ') return;
		const boxed = this.#item?.boxed === true;
		this.#item = null;
		this.#builder.text(boxed ? text.replace(/^ /, '') : text);
	}

	#inline(tag: Tag): void {
		if (this.#box(tag)) return;
		this.#item = null;
		// A sign may also stand between blocks: it does not begin one.
		if (tag.kind === 'open' && tag.name !== signTag) this.#within();
		this.#builder.inline(tag);
	}

	/** @returns whether it is the box of a task, which makes its item one */
	#box({ kind, name, attributes }: Tag): boolean {
		if (kind !== 'open' || name !== 'input' || attributes.type !== 'checkbox' || !this.#item) return false;
		const attrs = { ...this.#item.attrs, list: 'check', ...('checked' in attributes ? { checked: true } : {}) };
		if (this.#item.attrs.list === 'bullet') this.#builder.change(attrs);
		this.#item = { attrs, boxed: true };
		return true;
	}

	#within(): void {
		this.#untitled();
		if (!this.#builder.inParagraph) this.#builder.begin(this.#table ? {} : this.#context);
	}

	/** @returns false for a tag within a line */
	#block(tag: Tag): boolean {
		const opens = tag.kind === 'open';
		if (opens && /^(?:p|ul|ol|li|hr|table|h[13456])$/.test(tag.name)) this.#untitled();
		if (tag.name === 'hr') {
			if (opens && !this.#table)
				this.#builder.add({ name: 'rule', attrs: blockAttributes(tag, 'rule', {}), content: [] });
		} else if (tag.name === 'ul' || tag.name === 'ol') {
			this.#builder.end();
			if (opens) this.#lists.push(tag.name === 'ol' ? 'ordered' : 'bullet');
			else this.#lists.pop();
		} else if (tag.name === 'li') {
			this.#builder.end();
			this.#item = opens ? { attrs: this.#itemAttributes(), boxed: false } : null;
			if (this.#item) this.#builder.begin(this.#item.attrs);
		} else if (/^(table|tr|td|th)$/.test(tag.name)) this.#tableTag(tag);
		else if (structural.test(tag.name)) {
			this.#builder.end();
			this.#item = null;
			if (tag.name === 'article' && this.#titled !== 'no') this.#article(tag);
			else if (opens) this.#openBlock(tag);
		} else return false;
		return true;
	}

	#article(tag: Tag): void {
		this.#untitled();
		if (tag.kind === 'close') this.#titled = 'outside';
		else if (isArticle(tag)) this.#titled = 'awaited';
	}

	/** What comes first in an article is no title: it has none, and begins all the same. */
	#untitled(): void {
		if (this.#titled !== 'awaited') return;
		this.#titled = 'inside';
		this.#builder.add({ name: 'paragraph', attrs: { title: true }, content: [] });
	}

	#openBlock(tag: Tag): void {
		const depth = Number(/^h([1-6])$/.exec(tag.name)?.[1] ?? 0);
		if (depth > 0) return this.#builder.begin(blockAttributes(tag, 'paragraph', this.#heading(depth)));
		// Only a paragraph is there although nothing stands in it.
		if (tag.name === 'p') this.#builder.begin(blockAttributes(tag, 'paragraph', this.#table ? {} : this.#context));
	}

	#heading(depth: number): Attributes {
		if (this.#table) return { level: levelOf(depth - 1) };
		switch (this.#titled) {
			case 'no':
				return depth === 1 ? { title: true } : { level: levelOf(depth - 1) };
			case 'outside':
				return depth === 1 ? { title: 'whole' } : { level: levelOf(depth - 1) };
			case 'awaited':
				this.#titled = 'inside';
				return { title: true };
			case 'inside':
				return { level: levelOf(depth - 2) };
		}
	}

	#itemAttributes(): Attributes {
		const indent = Math.min(maxIndent, Math.max(0, this.#lists.length - 1));
		return { list: this.#lists.at(-1) ?? 'bullet', ...(indent > 0 ? { indent } : {}) };
	}

	#tableTag(tag: Tag): void {
		const table = this.#table;
		if (tag.name === 'table') {
			if (tag.kind === 'close') this.#endTable();
			else if (!table) {
				this.#builder.end();
				this.#table = { attrs: blockAttributes(tag, 'table', {}), rows: [], outer: this.#builder.blocks, cell: null };
			}
			return;
		}
		if (!table) return this.#builder.end();
		this.#endCell();
		if (tag.kind === 'close') return;
		if (tag.name === 'tr' || table.rows.length === 0) table.rows.push({ name: 'row', attrs: {}, content: [] });
		if (tag.name !== 'tr') this.#openCell(tag);
	}

	#openCell(tag: Tag): void {
		if (!this.#table) return;
		this.#table.cell = {
			...(tag.name === 'th' ? { header: true } : {}),
			...span(tag, 'colspan'),
			...span(tag, 'rowspan'),
			...('data-none' in tag.attributes ? { none: true } : {}),
		};
		this.#builder.blocks = [];
	}

	#endCell(): void {
		const table = this.#table;
		if (!table) return;
		this.#builder.end();
		const found = this.#builder.blocks;
		this.#builder.blocks = table.outer;
		if (!table.cell) return;
		const { none, ...attrs } = table.cell;
		table.cell = null;
		const content = found.length > 0 || none === true ? found : [{ name: 'paragraph', attrs: {}, content: [] }];
		const last = table.rows.at(-1);
		if (last)
			table.rows[table.rows.length - 1] = { ...last, content: [...last.content, { name: 'cell', attrs, content }] };
	}

	#endTable(): void {
		if (!this.#table) return;
		this.#endCell();
		const { attrs, rows } = this.#table;
		this.#table = null;
		this.#builder.add({ name: 'table', attrs, content: rows });
	}
}

function isArticle({ name, attributes }: Tag): boolean {
	return name === 'article' && articleAttribute in attributes;
}

function levelOf(depth: number): number {
	return Math.max(1, Math.min(3, depth));
}

function span({ attributes }: Tag, name: 'colspan' | 'rowspan'): Attributes {
	const value = Number(attributes[name]);
	return bodyNodes.cell?.[name]?.(value) ? { [name]: value } : {};
}

/** What a tag says of its block, as far as a body may hold it. */
function blockAttributes({ attributes }: Tag, name: string, otherwise: Attributes): Attributes {
	try {
		const given: unknown = JSON.parse(attributes['data-block'] ?? '');
		if (typeof given !== 'object' || given === null) return otherwise;
		const values = given as Record<string, unknown>;
		const known = Object.entries(bodyNodes[name] ?? {});
		return Object.fromEntries(
			known.flatMap(([key, check]) => (values[key] != null && check(values[key]) ? [[key, values[key]]] : [])),
		);
	} catch {
		return otherwise;
	}
}
