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
	element.insert(0, node.isTextblock ? [toText(node.children, mapping)] : toElements(node, mapping));
	mapping.set(element, node);
	return element;
}

function toElements(node: Node, mapping: Mapping): Y.XmlElement[] {
	return node.children.map((child) => toElement(child, mapping));
}

/** With the inline nodes among the words. */
function toText(nodes: readonly Node[], mapping: Mapping): Y.XmlText {
	const text = new Y.XmlText();
	text.applyDelta(
		nodes.map((node) => ({
			insert: node.isText ? (node.text ?? '') : toElement(node, mapping),
			attributes: toAttributes(node.marks),
		})),
	);
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
		marks.map((mark) => [
			mark.type === brk && own ? keyOf(own).replace('ins', 'brk') : keyOf(mark),
			mark.type === brk && mark.attrs.form === null ? {} : mark.attrs,
		]),
	);
}
