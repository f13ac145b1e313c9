/**
 * Markdown from anywhere made into blocks. What Markdown has and a body has not (quotations, code, pictures) becomes its
 * text.
 */
import { maxIndent } from '#lib/documents/body-gate.ts';
import { paragraph, type Attributes, type RichMark, type RichNode } from '#lib/documents/rich-body.ts';
import { safeHref } from '#lib/domain/href.ts';
import type { Definition, LinkReference, List, ListItem, Nodes, Table } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough';
import { gfmTable } from 'micromark-extension-gfm-table';
import type { Extension, Tokenizer } from 'micromark-util-types';
import { BlockBuilder } from './block-builder.ts';
import { replaceSigns } from './critic-markup.ts';
import { meaningsOf, type FoundSign, type Meaning } from './critic-signs.ts';
import { criticFromMarkdown, criticSyntax } from './critic-syntax.ts';
import { readHtmlInto } from './html-blocks.ts';
import type { ImportedComment } from './imported.ts';
import { suggestion, type Importer } from './mark-tags.ts';
import { ImportRefusal } from './refusal.ts';
import { openTag, signTag, toTokens } from './tags.ts';
import { withWholeNotes } from './whole-notes.ts';

type Place = { attrs: Attributes; depth: number };

/** A title has the attribute `title`, a comment without words of its own stands as a place: `toImported` settles both. */
export function markdownToBlocks(source: string, importer: Importer): RichNode[] {
	return readMarkdown(source, importer).blocks;
}

/** @param onprogress hears what part of it is read, from 0 to 1 */
export function readMarkdown(
	given: string,
	importer: Importer,
	onprogress?: (done: number) => void,
): { blocks: RichNode[]; comments: ImportedComment[]; pictures: number } {
	checkDepth(given);
	const source = withWholeNotes(given);
	const tree = fromMarkdown(source, {
		// What comes last is tried first.
		extensions: [
			gfmStrikethrough({ singleTilde: false }),
			gfmTable(),
			criticSyntax,
			...(onprogress ? [progressSyntax((at) => onprogress((at / source.length) * splitting))] : []),
		],
		mdastExtensions: [gfmStrikethroughFromMarkdown(), gfmTableFromMarkdown(), criticFromMarkdown],
	});
	onprogress?.(parsing);
	const signs: FoundSign[] = [];
	findSigns(tree.children, signs);
	const { meanings, comments } = meaningsOf(signs, source, importer);
	const reader = new MarkdownReader(importer, definitionsIn(tree), signs, meanings);
	for (const [at, node] of tree.children.entries()) {
		reader.readAll([node], { attrs: {}, depth: 0 });
		if (at % 100 === 99) onprogress?.(parsing + (at / tree.children.length) * (1 - parsing));
	}
	return { blocks: reader.builder.blocks, comments, pictures: reader.builder.pictures };
}

/** Of the signs that quotations and list items begin with, so many on a line: nobody means more, and each costs those before it. */
const maxDepth = 100;
const begun = new RegExp(`^(?:[ \\t]*(?:>|(?:[-+*]|\\d{1,9}[.)])[ \\t])){${maxDepth}}`, 'm');
/** A line of nothing else is a rule. */
const ruled = /^[ \t]*([-*])(?:[ \t]*\1)*[ \t]*$/gm;

/** @throws ImportRefusal `too-deep` */
function checkDepth(source: string): void {
	if (begun.test(source.replace(ruled, ''))) throw new ImportRefusal('too-deep');
}

/** About the parts of the time until the lines are told apart, and until the tree is there. */
const [splitting, parsing] = [0.4, 0.8];

/** Takes nothing, and so changes nothing: it hears where each line of the outermost begins. */
function progressSyntax(hear: (at: number) => void): Extension {
	const lines = 200;
	let count = 0;
	const tokenize: Tokenizer = function (_effects, _ok, nok) {
		return (code) => {
			if (++count % lines === 0) hear(this.now().offset);
			return nok(code);
		};
	};
	return { flow: { null: { name: 'progress', tokenize } } };
}

/** Notes all signs in their order, and at each its number. */
function findSigns(nodes: readonly Nodes[], signs: FoundSign[]): void {
	for (const node of nodes) {
		const start = node.position?.start.offset ?? 0;
		if (node.type === 'criticSign') {
			node.at = signs.length;
			signs.push({ value: node.value, start, end: node.position?.end.offset ?? start, form: 'markdown' });
		} else if (node.type === 'html') {
			node.value = replaceSigns(node.value, (value, at) => {
				signs.push({ value, start: start + at, end: start + at + value.length, form: 'html' });
				return openTag(signTag, { at: String(signs.length - 1) });
			});
		} else if ('children' in node) findSigns(node.children, signs);
	}
}

function definitionsIn(tree: { children: Nodes[] }): ReadonlyMap<string, string> {
	const found = tree.children.filter((node): node is Definition => node.type === 'definition' && !isNote(node));
	return new Map(found.map(({ identifier, url }) => [identifier, url]));
}

class MarkdownReader {
	readonly builder: BlockBuilder;
	readonly #definitions: ReadonlyMap<string, string>;

	constructor(
		importer: Importer,
		definitions: ReadonlyMap<string, string>,
		signs: readonly FoundSign[],
		meanings: readonly Meaning[],
	) {
		this.builder = new BlockBuilder(importer, (at) => {
			const [sign, meaning] = [signs[at], meanings[at]];
			return sign && meaning ? { sign: sign.value, meaning } : null;
		});
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
			case 'definition': {
				if (!isNote(node)) return;
				const title = node.title ? ` "${node.title}"` : '';
				const text = `[${node.label ?? node.identifier}]: ${node.url}${title}`;
				return builder.add(paragraph(place.attrs, [{ text, marks: [] }]));
			}
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

	#noteReference(node: LinkReference, marks: readonly RichMark[]): void {
		if (node.referenceType !== 'full') this.builder.text('[', marks);
		this.#inlines(node.children, marks);
		this.builder.text(node.referenceType === 'full' ? `[${node.label ?? node.identifier}]` : ']', marks);
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
				if (isNote(node)) return this.#noteReference(node, marks);
				return this.#inlines(node.children, linked(marks, this.#definitions.get(node.identifier) ?? ''));
			case 'image':
			case 'imageReference':
				return builder.picture(node.alt ?? '', marks);
			case 'criticSign':
				return builder.sign(node.at ?? -1, marks);
			case 'html':
				for (const token of toTokens(node.value)) builder.inline(token, marks);
		}
	}
}

/** A footnote of one word reads as the address of a link; where it has more words it is text, and so it is here. */
function isNote({ identifier }: Definition | LinkReference): boolean {
	return identifier.startsWith('^');
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
