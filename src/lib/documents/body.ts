/**
 * A rich body is a root `Y.XmlFragment` named `body:<id>`: nobody has to create it, so two people who begin to write
 * offline cannot replace each other's text. Reading here needs no editor and is total: what is malformed or newer is
 * passed over, its text kept where there is any.
 */
import type { Fact } from '#lib/domain/facts/fact.ts';
import { safeHref } from '#lib/domain/href.ts';
import * as Y from 'yjs';
import { asChanged, strikesInsertions } from './suggestion.ts';
import { readAttributes } from './body-attributes.ts';
import { bodyNodes, markName, type HeadingLevel, type ListKind } from './body-gate.ts';
import { readText } from './shape.ts';

export type Span = {
	text: string;
	strong: boolean;
	em: boolean;
	/** A safe address, or null. */
	href: string | null;
	/** Suggested, not yet part of the text. */
	ins: boolean;
	/** Suggested to go, still part of the text. */
	del: boolean;
	/** What the text was made from; it may have changed since, see `domain/facts/fact.ts`. */
	fact?: Fact;
	/** Of what was frozen: whose name is in it, and what it reads as without. */
	holder?: { id: string; nameless: string };
};

export type TextBlock = {
	kind: 'text';
	level: HeadingLevel | null;
	list: ListKind | null;
	/** 0 to 8 */
	indent: number;
	checked: boolean;
	spans: Span[];
};

export type Cell = { header: boolean; colspan: number; rowspan: number; blocks: TextBlock[] };

export type Block = TextBlock | { kind: 'rule' } | { kind: 'table'; rows: Cell[][] };

const rootPrefix = 'body:';

/** The name of the root under which the body of `id` stands. */
export function bodyRoot(id: string): string {
	return rootPrefix + id;
}

/** What stands in the root: `bodyRoot` backwards. */
export function bodyIdOf(root: string): string {
	return root.slice(rootPrefix.length);
}

/** The ids of all bodies that this document has or has looked at. */
export function bodyRoots(doc: Y.Doc): string[] {
	return [...doc.share.keys()]
		.filter((name) => name.startsWith(rootPrefix))
		.map(bodyIdOf)
		.sort();
}

/** The blocks of a body in order. Never throws. @param changed headings, lists and indents as they are suggested */
export function readBody(doc: Y.Doc, root: string, changed = false): Block[] {
	const fragment = fragmentOf(doc, root);
	return fragment ? fragment.toArray().flatMap((node) => readBlock(node, changed)) : [];
}

/** A body as plain text: one line per block or line break, list items with their marker. Never throws. */
export function bodyText(doc: Y.Doc, root: string): string {
	return blocksText(readBody(doc, root));
}

/** Blocks as plain text: one line per block or line break, list items with their marker. */
export function blocksText(blocks: readonly Block[]): string {
	return numbered(blocks)
		.map(({ block, number }) => {
			if (block.kind === 'rule') return '---';
			if (block.kind === 'table') return block.rows.map((row) => row.map(cellText).join('\t')).join('\n');
			return '\t'.repeat(block.indent) + marker(block, number) + plain(block);
		})
		.join('\n');
}

/** Gives every numbered item its number: a list goes on until something of its own or a lower indent interrupts it. */
export function numbered(blocks: readonly Block[]): { block: Block; number: number | null }[] {
	const counts: number[] = [];
	return blocks.map((block) => {
		const indent = block.kind === 'text' ? block.indent : 0;
		const ordered = block.kind === 'text' && block.level === null && block.list === 'ordered';
		counts.length = Math.min(counts.length, ordered ? indent + 1 : indent);
		if (!ordered) return { block, number: null };
		const number = (counts[indent] ?? 0) + 1;
		counts[indent] = number;
		return { block, number };
	});
}

/** Whether there is nothing to see in a body. */
export function isBodyEmpty(doc: Y.Doc, root: string): boolean {
	return readBody(doc, root).every((block) => block.kind === 'text' && plain(block).trim() === '');
}

function fragmentOf(doc: Y.Doc, root: string): Y.XmlFragment | null {
	// A root that another client uses as something else cannot be read as a fragment: asking for it would throw.
	try {
		return doc.getXmlFragment(root);
	} catch {
		return null;
	}
}

function readBlock(node: unknown, changed: boolean): Block[] {
	if (node instanceof Y.XmlText) return [textBlock({}, readSpans(node))];
	if (!(node instanceof Y.XmlElement)) return [];
	if (node.nodeName === 'rule') return [{ kind: 'rule' }];
	if (node.nodeName === 'table')
		return [{ kind: 'table', rows: childElements(node, 'row').map((row) => readRow(row, changed)) }];
	return [readTextBlock(node, changed)];
}

function readRow(row: Y.XmlElement, changed: boolean): Cell[] {
	return childElements(row, 'cell').map((cell) => {
		const given = attributesOf(cell);
		return {
			header: given.header === true,
			colspan: typeof given.colspan === 'number' ? given.colspan : 1,
			rowspan: typeof given.rowspan === 'number' ? given.rowspan : 1,
			blocks: childElements(cell, 'paragraph').map((node) => readTextBlock(node, changed)),
		};
	});
}

function readTextBlock(node: Y.XmlElement, changed: boolean): TextBlock {
	const given = attributesOf(node);
	return textBlock(changed ? asChanged(given) : given, node.toArray().flatMap(readInline));
}

function textBlock(given: Readonly<Record<string, unknown>>, spans: Span[]): TextBlock {
	return {
		kind: 'text',
		level: (given.level as HeadingLevel | undefined) ?? null,
		list: (given.list as ListKind | undefined) ?? null,
		indent: typeof given.indent === 'number' ? given.indent : 0,
		checked: given.checked === true,
		spans,
	};
}

/** The attributes whose values are valid for the node's name; those of unknown nodes are none. */
function attributesOf(node: Y.XmlElement): Record<string, unknown> {
	const known = Object.hasOwn(bodyNodes, node.nodeName) ? bodyNodes[node.nodeName] : undefined;
	return Object.fromEntries(
		Object.entries(readAttributes(node)).filter(
			([key, value]) => Object.hasOwn(known ?? {}, key) && known?.[key]?.(value),
		),
	);
}

function childElements(node: Y.XmlElement, name: string): Y.XmlElement[] {
	return node
		.toArray()
		.filter((child): child is Y.XmlElement => child instanceof Y.XmlElement && child.nodeName === name);
}

function readInline(node: unknown): Span[] {
	if (node instanceof Y.XmlText) return readSpans(node);
	if (!(node instanceof Y.XmlElement)) return [];
	return node.nodeName === 'fact' ? readFactSpan(node) : node.toArray().flatMap(readLeaf);
}

function readFactSpan(node: Y.XmlElement): Span[] {
	const fact = readFactNode(node);
	const { ins, del } = attributesOf(node);
	const suggested = { ins: typeof ins === 'string', del: typeof del === 'string' };
	return [{ ...span(fact.text, {}), ...suggested, fact }];
}

/** What is not there, or is no text, is empty. */
export function readFactNode(node: Y.XmlElement): Fact {
	const { kind, of, form, text, was } = attributesOf(node);
	return {
		kind: readText(kind),
		of: readText(of),
		form: readText(form),
		text: readText(text),
		was: readText(was),
	};
}

/** Text directly inside an unknown element; deeper ones are passed over, so that no nesting can exhaust the stack. */
function readLeaf(node: unknown): Span[] {
	return node instanceof Y.XmlText ? readSpans(node) : [];
}

/** Where marks end that are not needed Yjs cuts a text in two: neighbours that look the same are one. */
function readSpans(node: Y.XmlText): Span[] {
	const parts: { insert?: unknown; attributes?: Record<string, unknown> }[] = node.toDelta();
	const spans: Span[] = [];
	for (const { insert, attributes } of parts) {
		if (insert instanceof Y.XmlElement && insert.nodeName === 'fact') spans.push(...readFactSpan(insert));
		if (typeof insert !== 'string' || insert === '') continue;
		const next = span(insert, attributes ?? {});
		const last = spans.at(-1);
		if (last && !last.fact && looksLike(last, next)) last.text += insert;
		else spans.push(next);
	}
	return spans;
}

function looksLike(one: Span, other: Span): boolean {
	const { strong, em, href, ins, del } = other;
	return one.strong === strong && one.em === em && one.href === href && one.ins === ins && one.del === del;
}

function span(text: string, attributes: Readonly<Record<string, unknown>>): Span {
	const marks = new Map(Object.entries(attributes).map(([key, value]) => [markName(key), value]));
	const link = marks.get('link');
	const href = typeof link === 'object' && link !== null && 'href' in link ? safeHref(link.href) : null;
	return {
		text,
		strong: marks.has('strong'),
		em: marks.has('em'),
		href,
		ins: marks.has('ins'),
		del: isStruck(attributes, marks.has('ins')),
	};
}

/** A strike that stands on an insertion by chance strikes nothing: see `suggestion.ts`. */
function isStruck(attributes: Readonly<Record<string, unknown>>, inserted: boolean): boolean {
	return Object.entries(attributes).some(([key, value]) => {
		if (markName(key) !== 'del') return false;
		const id: unknown = typeof value === 'object' && value !== null && 'id' in value ? value.id : '';
		return !inserted || strikesInsertions(String(id));
	});
}

function marker({ level, list, checked }: TextBlock, number: number | null): string {
	if (level !== null || list === null) return '';
	return list === 'bullet' ? '- ' : list === 'check' ? (checked ? '[x] ' : '[ ] ') : `${number}. `;
}

function cellText({ blocks }: Cell): string {
	return blocks.map(plain).join(' ');
}

function plain(block: TextBlock): string {
	return block.spans.map(({ text }) => text).join('');
}
