/**
 * Reads a body into the editor's nodes. Reading writes nothing: two texts side by side, which two people can make
 * together, are shown as one and stay two.
 */
import { readAttributes } from '#lib/documents/body-attributes.ts';
import { markName } from '#lib/documents/body-gate.ts';
import { Fragment, Mark, type Node } from 'prosemirror-model';
import * as Y from 'yjs';
import { schema } from '../schema.ts';

/** Which node shows which element. Entries of elements that changed are taken out, and made again when they are asked for. */
export type Mapping = Map<object, Node>;

/** The blocks of a body; an empty body has none. */
export function bodyToNodes(body: Y.XmlFragment, mapping: Mapping): Node[] {
	return body.toArray().map((child) => toNode(child, mapping));
}

function toNode(element: unknown, mapping: Mapping): Node {
	if (!(element instanceof Y.XmlElement)) throw new Error('a block must be an element');
	const known = mapping.get(element);
	if (known) return known;
	const type = schema.nodes[element.nodeName];
	if (!type) throw new Error(`no node is called ${element.nodeName}`);
	const children = element
		.toArray()
		.flatMap((child) => (child instanceof Y.XmlText ? textToNodes(child, mapping) : [toNode(child, mapping)]));
	const node = type.create(readAttributes(element), Fragment.fromArray(children));
	mapping.set(element, node);
	return node;
}

function textToNodes(text: Y.XmlText, mapping: Mapping): Node[] {
	const parts: { insert: unknown; attributes?: Record<string, Record<string, unknown>> }[] = text.toDelta();
	return parts.map(({ insert, attributes }) =>
		typeof insert === 'string'
			? schema.text(insert, attributes ? toMarks(attributes) : Mark.none)
			: toNode(insert, mapping),
	);
}

/** In one order on every device, also among several of a kind; what is stored twice is there once. */
function toMarks(attributes: Readonly<Record<string, Record<string, unknown>>>): readonly Mark[] {
	const keys = Object.keys(attributes).sort();
	const marks = keys.map((key) => schema.mark(markName(key), attributes[key]));
	return marks.reduce<readonly Mark[]>((set, mark) => mark.addToSet(set), Mark.none);
}
