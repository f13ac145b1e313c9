/**
 * Markdown from anywhere made into blocks. What Markdown has and a body has not (quotations, code, pictures) becomes its
 * text. Never throws.
 */
import { maxIndent } from '#lib/documents/body-gate.ts';
import { paragraph, type Attributes, type RichMark, type RichNode } from '#lib/documents/rich-body.ts';
import { safeHref } from '#lib/domain/href.ts';
import type { Definition, List, ListItem, Nodes, Table } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough';
import { gfmTable } from 'micromark-extension-gfm-table';
import { BlockBuilder } from './block-builder.ts';
import { criticToTags } from './critic-markup.ts';
import { readHtmlInto } from './html-blocks.ts';
import { suggestion, type Importer } from './mark-tags.ts';
import { toTokens } from './tags.ts';

type Place = { attrs: Attributes; depth: number };

/** @param critic whether the marks of CriticMarkup are understood */
export function markdownToBlocks(source: string, importer: Importer, critic = true): RichNode[] {
	const tree = fromMarkdown(critic ? criticToTags(source) : source, {
		extensions: [gfmStrikethrough({ singleTilde: false }), gfmTable()],
		mdastExtensions: [gfmStrikethroughFromMarkdown(), gfmTableFromMarkdown()],
	});
	const reader = new MarkdownReader(importer, definitionsIn(tree));
	reader.readAll(tree.children, { attrs: {}, depth: 0 });
	return reader.builder.blocks;
}

function definitionsIn(tree: { children: Nodes[] }): ReadonlyMap<string, string> {
	const found = tree.children.filter((node): node is Definition => node.type === 'definition');
	return new Map(found.map(({ identifier, url }) => [identifier, url]));
}

class MarkdownReader {
	readonly builder: BlockBuilder;
	readonly #definitions: ReadonlyMap<string, string>;

	constructor(importer: Importer, definitions: ReadonlyMap<string, string>) {
		this.builder = new BlockBuilder(importer);
		this.#definitions = definitions;
	}

	readAll(nodes: readonly Nodes[], place: Place): void {
		for (const node of nodes) this.#block(node, place);
	}

	#block(node: Nodes, place: Place): void {
		const { builder } = this;
		switch (node.type) {
			case 'paragraph':
				return this.#line(node.children, place.attrs);
			case 'heading':
				return this.#line(node.children, node.depth === 1 ? { title: true } : { level: Math.min(3, node.depth - 1) });
			case 'thematicBreak':
				return builder.add({ name: 'rule', attrs: {}, content: [] });
			case 'list':
				return this.#list(node, place.depth);
			case 'blockquote':
				return this.readAll(node.children, place);
			case 'code':
				return builder.add(paragraph(place.attrs, node.value === '' ? [] : [{ text: node.value, marks: [] }]));
			case 'html':
				return this.#html(node.value, place);
			case 'table':
				return this.#table(node);
		}
	}

	#html(value: string, { attrs }: Place): void {
		// A line break alone stands for an empty paragraph.
		if (/^\s*<br\s*\/?>\s*$/i.test(value)) return this.builder.add(paragraph(attrs, []));
		readHtmlInto(this.builder, value, attrs);
	}

	#line(nodes: readonly Nodes[], attrs: Attributes): void {
		this.builder.begin(attrs);
		this.#inlines(nodes, []);
		this.builder.end();
		this.builder.forgetTags();
	}

	#list(list: List, depth: number): void {
		for (const item of list.children) this.#item(item, list.ordered === true, Math.min(depth, maxIndent));
	}

	#item(item: ListItem, ordered: boolean, indent: number): void {
		const { box, children } = takeBox(item);
		const kind = box !== null && !ordered ? 'check' : ordered ? 'ordered' : 'bullet';
		const attrs: Attributes = {
			list: kind,
			...(indent > 0 ? { indent } : {}),
			...(kind === 'check' && box === true ? { checked: true } : {}),
		};
		const [first, ...rest] = children;
		const further: Place = { attrs: { indent: Math.min(indent + 1, maxIndent) }, depth: indent + 1 };
		const begins = first && ['paragraph', 'html', 'code'].includes(first.type);
		if (begins) this.#block(first, { attrs, depth: indent + 1 });
		else this.builder.add(paragraph(attrs, []));
		this.readAll(begins || !first ? rest : children, further);
	}

	#table(table: Table): void {
		const rows = table.children.map((row, at): RichNode => {
			const cells = row.children.map((cell): RichNode => {
				const content = this.#apart(() => this.#line(cell.children, {}));
				return { name: 'cell', attrs: at === 0 ? { header: true } : {}, content };
			});
			return { name: 'row', attrs: {}, content: cells };
		});
		this.builder.add({ name: 'table', attrs: {}, content: rows });
	}

	#apart(read: () => void): RichNode[] {
		const outer = this.builder.blocks;
		this.builder.blocks = [];
		read();
		const found = this.builder.blocks;
		this.builder.blocks = outer;
		return found;
	}

	#inlines(nodes: readonly Nodes[], marks: readonly RichMark[]): void {
		for (const node of nodes) this.#inline(node, marks);
	}

	#inline(node: Nodes, marks: readonly RichMark[]): void {
		const { builder } = this;
		switch (node.type) {
			case 'text':
				return builder.text(node.value.replace(/[ \t]*\n[ \t]*/g, ' '), marks);
			case 'inlineCode':
				return builder.text(node.value, marks);
			case 'break':
				return builder.text('\n', marks);
			case 'strong':
				return this.#inlines(node.children, [...marks, { type: 'strong', attrs: {} }]);
			case 'emphasis':
				return this.#inlines(node.children, [...marks, { type: 'em', attrs: {} }]);
			case 'delete':
				return this.#inlines(node.children, [...marks, suggestion('del', {}, builder.importer)]);
			case 'link':
				return this.#inlines(node.children, linked(marks, node.url));
			case 'linkReference':
				return this.#inlines(node.children, linked(marks, this.#definitions.get(node.identifier) ?? ''));
			case 'image':
			case 'imageReference':
				return builder.text(node.alt ?? '', marks);
			case 'html':
				for (const token of toTokens(node.value)) builder.inline(token, marks);
		}
	}
}

function linked(marks: readonly RichMark[], href: string): readonly RichMark[] {
	return safeHref(href) === null ? marks : [...marks, { type: 'link', attrs: { href } }];
}

/** The box of a task list's item, and the item without it. */
function takeBox(item: ListItem): { box: boolean | null; children: readonly Nodes[] } {
	const [first, ...rest] = item.children;
	const text = first?.type === 'paragraph' ? first.children[0] : undefined;
	const found = text?.type === 'text' ? /^\[([ xX])\](?:[ \t\n]|$)/.exec(text.value) : null;
	if (!first || first.type !== 'paragraph' || text?.type !== 'text' || !found)
		return { box: null, children: item.children };
	const children = [{ ...text, value: text.value.slice(found[0].length) }, ...first.children.slice(1)];
	return { box: found[1] !== ' ', children: [{ ...first, children }, ...rest] };
}
