/** Makes the shared types of new nodes. */
import { writeAttributes } from '#lib/documents/body-attributes.ts';
import { markKey } from '#lib/documents/body-marks.ts';
import type { Mark, Node } from 'prosemirror-model';
import * as Y from 'yjs';
import { schema } from '../schema.ts';
import type { Mapping } from './body-to-nodes.ts';

/** A paragraph has a text from the beginning, so that two people's first words in it merge. */
export function toElement(node: Node, mapping: Mapping): Y.XmlElement {
	const element = new Y.XmlElement(node.type.name);
	writeAttributes(element, {}, node.attrs);
	element.insert(0, node.isTextblock ? toInline([...node.children], mapping) : toElements(node, mapping));
	mapping.set(element, node);
	return element;
}

/** Texts, and between them the inline nodes. Begins with a text. */
export function toInline(nodes: readonly Node[], mapping: Mapping): (Y.XmlElement | Y.XmlText)[] {
	const made: (Y.XmlElement | Y.XmlText)[] = [];
	let at = 0;
	do {
		const atom = nodes.findIndex((node, index) => index >= at && !node.isText);
		const end = atom < 0 ? nodes.length : atom;
		const texts = nodes.slice(at, end);
		if (texts.length > 0 || made.length === 0) made.push(toText(texts));
		if (atom >= 0) made.push(toElement(nodes[atom] as Node, mapping));
		at = end + 1;
	} while (at < nodes.length);
	return made;
}

function toElements(node: Node, mapping: Mapping): Y.XmlElement[] {
	return node.children.map((child) => toElement(child, mapping));
}

function toText(nodes: readonly Node[]): Y.XmlText {
	const text = new Y.XmlText();
	text.applyDelta(nodes.map((node) => ({ insert: node.text ?? '', attributes: toAttributes(node.marks) })));
	return text;
}

const keys = new WeakMap<Mark, string>();

export function keyOf(mark: Mark): string {
	let key = keys.get(mark);
	if (key === undefined) keys.set(mark, (key = markKey(mark.type.name, mark.attrs)));
	return key;
}

/**
 * How marks stand in a text, each under its name. A break's is that of its insertion, the latest where it stands in another:
 * had all one name, who takes back a break would take from the one beside it that it is one.
 */
export function toAttributes(marks: readonly Mark[]): Record<string, unknown> {
	const { brk, ins } = schema.marks;
	const inserted = marks.filter(({ type }) => type === ins).toSorted((a, b) => Number(a.attrs.at) - Number(b.attrs.at));
	const own = inserted.at(-1);
	return Object.fromEntries(
		marks.map((mark) => [mark.type === brk && own ? keyOf(own).replace('ins', 'brk') : keyOf(mark), mark.attrs]),
	);
}
