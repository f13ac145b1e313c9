/**
 * A body as plain data, with everything that it holds: marks with who and when, suggestions on blocks, facts, tables. It
 * is what export, import, differences and restoring work on, without an editor. Reading is total; what a body may not
 * hold is left out, its text kept. Writing what was read makes the same body.
 */
import * as Y from 'yjs';
import { readAttributes, writeAttributes } from './body-attributes.ts';
import { bodyMarks, bodyNodes, markName } from './body-gate.ts';
import { markKey } from './body-marks.ts';

export type Attributes = Readonly<Record<string, unknown>>;
export type RichMark = { readonly type: string; readonly attrs: Attributes };
/** Marks in the order of `bodyMarks`, those of one type by their attributes. */
export type RichText = { readonly text: string; readonly marks: readonly RichMark[] };
/** `name` is one of `bodyNodes`; attributes that have no value are absent. */
export type RichNode = { readonly name: string; readonly attrs: Attributes; readonly content: readonly RichChild[] };
export type RichChild = RichNode | RichText;

const markOrder = Object.keys(bodyMarks);

export function isText(child: RichChild): child is RichText {
	return 'text' in child;
}

export function paragraph(attrs: Attributes, content: readonly RichChild[]): RichNode {
	return { name: 'paragraph', attrs, content };
}

/** The plain text inside, facts as they read. */
export function textOf(child: RichChild): string {
	if (isText(child)) return child.text;
	if (child.name === 'fact') return String(child.attrs.text ?? '');
	return child.content.map(textOf).join('');
}

/** Marks without repetition, in their one order. */
export function orderedMarks(marks: readonly RichMark[]): RichMark[] {
	const keyed = new Map(marks.map((mark) => [markKey(mark.type, mark.attrs), mark]));
	const rank = (mark: RichMark) => markOrder.indexOf(mark.type);
	return [...keyed]
		.sort(([one, a], [other, b]) => rank(a) - rank(b) || (one < other ? -1 : one > other ? 1 : 0))
		.map(([, mark]) => mark);
}

/** Puts neighbouring texts of the same marks together and leaves out empty ones. */
export function joined(content: readonly RichChild[]): RichChild[] {
	const out: RichChild[] = [];
	for (const child of content) {
		const last = out.at(-1);
		if (!isText(child)) out.push(child);
		else if (child.text === '') continue;
		else if (last && isText(last) && sameMarks(last.marks, child.marks)) {
			out[out.length - 1] = { text: last.text + child.text, marks: last.marks };
		} else out.push(child);
	}
	return out;
}

export function sameMarks(a: readonly RichMark[], b: readonly RichMark[]): boolean {
	return a.length === b.length && a.every((mark, at) => markId(mark) === markId(b[at] as RichMark));
}

/** Tells marks apart by type and attributes. */
export function markId({ type, attrs }: RichMark): string {
	return `${type} ${JSON.stringify(Object.keys(bodyMarks[type] ?? {}).map((key) => attrs[key]))}`;
}

/** A body's blocks. Never throws. */
export function readRichBody(doc: Y.Doc, root: string): RichNode[] {
	try {
		return doc.getXmlFragment(root).toArray().flatMap(readTop);
	} catch {
		// A root of another type stands under the name.
		return [];
	}
}

function readTop(node: unknown): RichNode[] {
	if (node instanceof Y.XmlText) return [paragraph({}, readText(node))];
	if (!(node instanceof Y.XmlElement)) return [];
	if (node.nodeName === 'rule') return [{ name: 'rule', attrs: validAttributes(node), content: [] }];
	if (node.nodeName === 'table') return [readNested(node, ['row', 'cell', 'paragraph'])];
	return [readParagraph(node)];
}

function readNested(node: Y.XmlElement, [name, ...deeper]: readonly string[]): RichNode {
	const children = node
		.toArray()
		.filter((child): child is Y.XmlElement => child instanceof Y.XmlElement && child.nodeName === name);
	const content = children.map((child) => (deeper.length > 0 ? readNested(child, deeper) : readParagraph(child)));
	return { name: node.nodeName, attrs: validAttributes(node), content };
}

function readParagraph(node: Y.XmlElement): RichNode {
	return paragraph(validAttributes(node), joined(node.toArray().flatMap(readInline)));
}

function readInline(node: unknown): RichChild[] {
	if (node instanceof Y.XmlText) return readText(node);
	if (!(node instanceof Y.XmlElement)) return [];
	if (node.nodeName === 'fact') return readFact(node);
	return node.toArray().flatMap((child) => (child instanceof Y.XmlText ? readText(child) : []));
}

function readText(node: Y.XmlText): RichChild[] {
	const parts: { insert?: unknown; attributes?: Record<string, unknown> }[] = node.toDelta();
	return parts.flatMap(({ insert, attributes = {} }): RichChild[] => {
		if (insert instanceof Y.XmlElement) return readFact(insert);
		return typeof insert === 'string' && insert !== '' ? [{ text: insert, marks: readMarks(attributes) }] : [];
	});
}

function readFact(node: Y.XmlElement): RichNode[] {
	return node.nodeName === 'fact' ? [{ name: 'fact', attrs: validAttributes(node), content: [] }] : [];
}

/** The marks that a piece of text in a document has. */
export function readMarks(attributes: Readonly<Record<string, unknown>>): RichMark[] {
	const marks = Object.entries(attributes).flatMap(([key, value]): RichMark[] => {
		const type = markName(key);
		const known = Object.hasOwn(bodyMarks, type) ? bodyMarks[type] : undefined;
		if (!known || typeof value !== 'object' || value === null) return [];
		const attrs = value as Record<string, unknown>;
		const valid = Object.entries(known).every(([name, check]) => attrs[name] == null || check(attrs[name]));
		return valid
			? [
					{
						type,
						attrs: Object.fromEntries(
							Object.entries(known).flatMap(([name, check]) =>
								attrs[name] == null && check(undefined) ? [] : [[name, attrs[name] ?? null]],
							),
						),
					},
				]
			: [];
	});
	return orderedMarks(marks);
}

function validAttributes(node: Y.XmlElement): Attributes {
	const known = Object.hasOwn(bodyNodes, node.nodeName) ? bodyNodes[node.nodeName] : undefined;
	const given = readAttributes(node);
	// In the table's order, so that equal nodes have equal JSON.
	return Object.fromEntries(
		Object.entries(known ?? {}).flatMap(([key, check]) =>
			given[key] != null && check(given[key]) ? [[key, given[key]]] : [],
		),
	);
}

export function toMarkAttributes(marks: readonly RichMark[]): Record<string, Attributes> {
	return Object.fromEntries(marks.map((mark) => [markKey(mark.type, mark.attrs), { ...mark.attrs }]));
}

/** A node for a document. Call inside a transaction that puts it there. */
export function toYNode(node: RichNode): Y.XmlElement {
	const made = new Y.XmlElement(node.name);
	writeAttributes(made, {}, node.attrs);
	made.insert(0, toYChildren(node.content));
	return made;
}

/** What stands in a line is in one `Y.XmlText`, as the editor writes it; what holds lines has no text of its own. */
export function toYChildren(content: readonly RichChild[]): (Y.XmlElement | Y.XmlText)[] {
	if (!content.some(isInline)) return content.map((child) => toYNode(child as RichNode));
	const text = new Y.XmlText();
	text.applyDelta(
		content.map((child) =>
			isText(child)
				? { insert: child.text, attributes: toMarkAttributes(child.marks) }
				: { insert: toYNode(child), attributes: {} },
		),
	);
	return [text];
}

function isInline(child: RichChild): boolean {
	return isText(child) || child.name === 'fact';
}
