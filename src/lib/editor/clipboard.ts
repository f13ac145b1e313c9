/** How content leaves and enters the editor by clipboard and drag: as plain semantic HTML, and as text. */
import { blocksText, type Block, type Span, type TextBlock } from '#lib/documents/body.ts';
import { toTree, type Branch, type ListBranch } from '#lib/documents/body-tree.ts';
import { safeHref } from '#lib/domain/href.ts';
import { importParagraphs } from '#lib/documents/import-limits.ts';
import { DOMParser, DOMSerializer, Fragment, Slice, type Node as BodyNode } from 'prosemirror-model';
import { htmlToNodes } from './html-to-nodes.ts';
import { attributesOf, isParagraph, plainParagraph, schema } from './schema.ts';

/** Reads pasted HTML by the allow-list of `html-to-nodes.ts`, not by the schema's own rules. */
export class ClipboardParser extends DOMParser {
	constructor() {
		super(schema, []);
	}
	override parseSlice(dom: Node): Slice {
		return toSlice(htmlToNodes(dom));
	}
}

/** Writes lists as lists, so that other programs understand them. */
export class ClipboardSerializer extends DOMSerializer {
	constructor() {
		super({}, {});
	}
	override serializeFragment(
		content: Fragment,
		{ document: target = document }: { document?: Document } = {},
		into?: HTMLElement | DocumentFragment,
	): HTMLElement | DocumentFragment {
		const place = into ?? target.createDocumentFragment();
		place.append(...branchesToDOM(toTree(blocksOf(content)), target));
		return place;
	}
}

export function sliceToText(slice: Slice): string {
	return blocksText(blocksOf(slice.content));
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
export function blocksOf(content: Fragment): Block[] {
	if (content.firstChild?.isInline) return [textBlock(schema.nodes.paragraph.create(plainParagraph, content))];
	const blocks: Block[] = [];
	content.forEach((node) => blocks.push(...blockOf(node)));
	return blocks;
}

function blockOf(node: BodyNode): Block[] {
	if (isParagraph(node)) return [textBlock(node)];
	if (node.type === schema.nodes.rule) return [{ kind: 'rule' }];
	if (node.type === schema.nodes.table) return [{ kind: 'table', rows: childrenOf(node).map(rowOf) }];
	return childrenOf(node).flatMap(blockOf);
}

function rowOf(row: BodyNode) {
	return childrenOf(row).map((cell) => ({
		header: cell.attrs.header === true,
		colspan: Number(cell.attrs.colspan ?? 1),
		rowspan: Number(cell.attrs.rowspan ?? 1),
		blocks: childrenOf(cell).map(textBlock),
	}));
}

function textBlock(node: BodyNode): TextBlock {
	const { level, list, indent, checked } = attributesOf(node);
	return {
		kind: 'text',
		level,
		list,
		indent: indent ?? 0,
		checked: checked === true,
		spans: childrenOf(node).map(spanOf),
	};
}

function spanOf(node: BodyNode): Span {
	const { strong, em, link, ins, del } = schema.marks;
	return {
		text: node.text ?? node.type.spec.leafText?.(node) ?? '',
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

function branchesToDOM(branches: readonly Branch[], target: Document): HTMLElement[] {
	return branches.map((branch) =>
		branch.kind === 'list' ? listToDOM(branch, target) : blockToDOM(branch.block, target),
	);
}

function listToDOM({ list, items }: ListBranch, target: Document): HTMLElement {
	const element = target.createElement(list === 'ordered' ? 'ol' : 'ul');
	for (const { block, children } of items) {
		const item = target.createElement('li');
		if (list === 'check') {
			const box = target.createElement('input');
			box.setAttribute('type', 'checkbox');
			if (block.checked) box.setAttribute('checked', '');
			item.append(box);
		}
		item.append(textToDOM('p', block, target), ...branchesToDOM(children, target));
		element.append(item);
	}
	return element;
}

function blockToDOM(block: Block, target: Document): HTMLElement {
	if (block.kind === 'rule') return target.createElement('hr');
	if (block.kind === 'text') return textToDOM(block.level === null ? 'p' : `h${block.level}`, block, target);
	const body = target.createElement('tbody');
	for (const row of block.rows) {
		const line = target.createElement('tr');
		for (const { header, colspan, rowspan, blocks } of row) {
			const cell = target.createElement(header ? 'th' : 'td');
			if (colspan > 1) cell.setAttribute('colspan', String(colspan));
			if (rowspan > 1) cell.setAttribute('rowspan', String(rowspan));
			cell.append(...blocks.map((each) => textToDOM('p', each, target)));
			line.append(cell);
		}
		body.append(line);
	}
	const table = target.createElement('table');
	table.append(body);
	return table;
}

function textToDOM(tag: string, { spans }: TextBlock, target: Document): HTMLElement {
	const element = target.createElement(tag);
	for (const span of spans) element.append(spanToDOM(span, target));
	return element;
}

function spanToDOM({ text, strong, em, href }: Span, target: Document): Node {
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
	if (em) wrap('em');
	if (strong) wrap('strong');
	if (href !== null) wrap('a', { href });
	return node;
}
