/** How content leaves and enters the editor by clipboard and drag: as plain semantic HTML, and as text. */
import { blocksText, type Block, type Span, type TextBlock } from '#lib/documents/body.ts';
import { toTree, type Branch, type ListBranch } from '#lib/documents/body-tree.ts';
import { safeHref } from '#lib/domain/href.ts';
import { importParagraphs } from '#lib/documents/import-limits.ts';
import { DOMParser, DOMSerializer, Fragment, Slice, type Node as BodyNode } from 'prosemirror-model';
import { factAttribute, readCopied, writeCopied } from './facts/copied-fact.ts';
import { asKept, factOf, type ReadFact } from './facts/fact-node.ts';
import { htmlToNodes } from './html-to-nodes.ts';
import { attributesOf, isParagraph, plainParagraph, schema } from './schema.ts';

/** Reads pasted HTML by the allow-list of `html-to-nodes.ts`, not by the schema's own rules. */
export class ClipboardParser extends DOMParser {
	readonly #read: ReadFact | null;

	/** @param read without, there are no facts where this is pasted, and they come as their words */
	constructor(read: ReadFact | null = null) {
		super(schema, []);
		this.#read = read;
	}
	override parseSlice(dom: Node): Slice {
		const read = this.#read;
		return toSlice(htmlToNodes(dom, read ? (element) => factIn(element, read) : undefined));
	}
}

function factIn(element: Element, read: ReadFact): BodyNode | null {
	const fact = readCopied(element.getAttribute(factAttribute) ?? '', read);
	return fact && schema.nodes.fact.create(fact);
}

/** Writes lists as lists, so that other programs understand them. */
export class ClipboardSerializer extends DOMSerializer {
	readonly #read: ReadFact;

	constructor(read: ReadFact = asKept) {
		super({}, {});
		this.#read = read;
	}
	override serializeFragment(
		content: Fragment,
		{ document: target = document }: { document?: Document } = {},
		into?: HTMLElement | DocumentFragment,
	): HTMLElement | DocumentFragment {
		const place = into ?? target.createDocumentFragment();
		place.append(...branchesToDOM(toTree(blocksOf(content, this.#read)), { target, read: this.#read }));
		return place;
	}
}

export function sliceToText(slice: Slice, read?: ReadFact): string {
	return blocksText(blocksOf(slice.content, read));
}

/** Each line of plain text becomes a paragraph; empty lines only separate. */
export function textToSlice(text: string): Slice {
	const lines = text
		.replace(/\r\n?/g, '\n')
		.replace(/[^\P{Cc}\t\n]/gu, '')
		.split('\n')
		.filter((line) => line.trim() !== '');
	return toSlice(
		lines.slice(0, enough).map((line) => schema.nodes.paragraph.create(plainParagraph, [schema.text(line)])),
	);
}

/** One more than are taken (`paste.ts`): whatever more there is, is not to cost anything. */
const enough = importParagraphs + 1;

function toSlice(nodes: readonly BodyNode[]): Slice {
	return Slice.maxOpen(Fragment.from(nodes.slice(0, enough)));
}

/**
 * HTML may claim to come from an editor and bring a context of nodes and values of its own, which would be taken
 * unchecked. It is not needed here: what is pasted is read anew in any case.
 */
export function withoutEditorContext(html: string): string {
	return html.replace(/data-pm-slice/gi, 'data-from-editor');
}

/** The blocks of editor content; what is inline at the top counts as one paragraph. */
export function blocksOf(content: Fragment, read: ReadFact = asKept): Block[] {
	if (content.firstChild?.isInline) return [textBlock(schema.nodes.paragraph.create(plainParagraph, content), read)];
	return content.content.flatMap((node) => blockOf(node, read));
}

function blockOf(node: BodyNode, read: ReadFact): Block[] {
	if (isParagraph(node)) return [textBlock(node, read)];
	if (node.type === schema.nodes.rule) return [{ kind: 'rule' }];
	if (node.type === schema.nodes.table)
		return [{ kind: 'table', rows: childrenOf(node).map((row) => rowOf(row, read)) }];
	return childrenOf(node).flatMap((child) => blockOf(child, read));
}

function rowOf(row: BodyNode, read: ReadFact) {
	return childrenOf(row).map((cell) => ({
		header: cell.attrs.header === true,
		colspan: Number(cell.attrs.colspan ?? 1),
		rowspan: Number(cell.attrs.rowspan ?? 1),
		blocks: childrenOf(cell).map((node) => textBlock(node, read)),
	}));
}

function textBlock(node: BodyNode, read: ReadFact): TextBlock {
	const { level, list, indent, checked } = attributesOf(node);
	return {
		kind: 'text',
		level,
		list,
		indent: indent ?? 0,
		checked: checked === true,
		spans: childrenOf(node).map((child) => spanOf(child, read)),
	};
}

function spanOf(node: BodyNode, read: ReadFact): Span {
	const { strong, em, link, ins, del } = schema.marks;
	const fact = node.type === schema.nodes.fact ? factOf(node) : undefined;
	return {
		text: fact ? read(fact).text : (node.text ?? ''),
		...(fact && { fact }),
		strong: strong.isInSet(node.marks) !== undefined,
		em: em.isInSet(node.marks) !== undefined,
		href: safeHref(link.isInSet(node.marks)?.attrs.href),
		ins: ins.isInSet(node.marks) !== undefined,
		del: del.isInSet(node.marks) !== undefined,
	};
}

function childrenOf(node: BodyNode): BodyNode[] {
	return [...node.children];
}

type Place = { target: Document; read: ReadFact };

function branchesToDOM(branches: readonly Branch[], place: Place): HTMLElement[] {
	return branches.map((branch) =>
		branch.kind === 'list' ? listToDOM(branch, place) : blockToDOM(branch.block, place),
	);
}

function listToDOM({ list, items }: ListBranch, place: Place): HTMLElement {
	const { target } = place;
	const element = target.createElement(list === 'ordered' ? 'ol' : 'ul');
	for (const { block, children } of items) {
		const item = target.createElement('li');
		if (list === 'check') {
			const box = target.createElement('input');
			box.setAttribute('type', 'checkbox');
			if (block.checked) box.setAttribute('checked', '');
			item.append(box);
		}
		item.append(textToDOM('p', block, place), ...branchesToDOM(children, place));
		element.append(item);
	}
	return element;
}

function blockToDOM(block: Block, place: Place): HTMLElement {
	const { target } = place;
	if (block.kind === 'rule') return target.createElement('hr');
	if (block.kind === 'text') return textToDOM(block.level === null ? 'p' : `h${block.level}`, block, place);
	const body = target.createElement('tbody');
	for (const row of block.rows) {
		const line = target.createElement('tr');
		for (const { header, colspan, rowspan, blocks } of row) {
			const cell = target.createElement(header ? 'th' : 'td');
			if (colspan > 1) cell.setAttribute('colspan', String(colspan));
			if (rowspan > 1) cell.setAttribute('rowspan', String(rowspan));
			cell.append(...blocks.map((each) => textToDOM('p', each, place)));
			line.append(cell);
		}
		body.append(line);
	}
	const table = target.createElement('table');
	table.append(body);
	return table;
}

function textToDOM(tag: string, { spans }: TextBlock, place: Place): HTMLElement {
	const element = place.target.createElement(tag);
	for (const span of spans) element.append(spanToDOM(span, place));
	return element;
}

function spanToDOM({ text, strong, em, href, fact }: Span, { target, read }: Place): Node {
	let node: Node = target.createDocumentFragment();
	text.split('\n').forEach((line, index) => {
		if (index > 0) node.appendChild(target.createElement('br'));
		node.appendChild(target.createTextNode(line));
	});
	const wrap = (tag: string, attributes: Readonly<Record<string, string>> = {}) => {
		const around = target.createElement(tag);
		for (const [name, value] of Object.entries(attributes)) around.setAttribute(name, value);
		around.append(node);
		node = around;
	};
	if (fact) wrap('span', { [factAttribute]: writeCopied(fact, read(fact)) });
	if (em) wrap('em');
	if (strong) wrap('strong');
	if (href !== null) wrap('a', { href });
	return node;
}
