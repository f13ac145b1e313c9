/**
 * Writes what changed in one paragraph's text, and nothing else: characters that stayed are not touched, and of their
 * marks only those that changed. What others write at the same time between them keeps its place and its marks
 * (y-prosemirror compares strings and sets every mark anew, which takes others' marks away).
 */
import { writeAttributes } from '#lib/documents/body-attributes.ts';
import { eraseText } from '#lib/documents/erase-text.ts';
import { factsAmong } from '#lib/documents/facts-in-text.ts';
import type { Mark, Node } from 'prosemirror-model';
import * as Y from 'yjs';
import { insertElement, insertText } from './insert-text.ts';
import type { Mapping } from './body-to-nodes.ts';
import { keyOf, toAttributes, toElement } from './nodes-to-body.ts';
import type { Stretch } from './survivors.ts';

/** Where what is shown is kept, and whether one writes directly or suggests. */
export type Writing = { mapping: Mapping; directly: boolean };

/** @param kept what of the old content is in the new one, measured from the content's start */
export function writeInline(
	paragraph: Y.XmlElement,
	old: Node,
	now: Node,
	kept: readonly Stretch[],
	writing: Writing,
): void {
	const stretches = [...kept, { from: old.content.size, to: now.content.size, size: 0 }];
	// From the end to the start, so that what is left of the place keeps its position.
	for (let at = stretches.length - 1; at >= 0; at--) {
		const { from, to } = stretches[at] as Stretch;
		const before = stretches[at - 1];
		const gapFrom = before ? before.from + before.size : 0;
		const gapTo = before ? before.to + before.size : 0;
		if (from > gapFrom) remove(paragraph, gapFrom, from, writing);
		if (to > gapTo) insert(paragraph, gapFrom, [...now.content.cut(gapTo, to).content], writing);
	}
	for (const stretch of kept) remark(paragraph, old, now, stretch, writing);
}

function remove(paragraph: Y.XmlElement, from: number, to: number, { directly }: Writing): void {
	for (const { child, start, index } of childrenOf(paragraph).reverse()) {
		const end = start + sizeOf(child);
		if (end <= from || start >= to) continue;
		if (child instanceof Y.XmlText)
			eraseText(child, Math.max(0, from - start), Math.min(to, end) - Math.max(from, start), directly);
		else paragraph.delete(index, 1);
	}
}

function insert(paragraph: Y.XmlElement, at: number, nodes: readonly Node[], { mapping }: Writing): void {
	const { text, offset: start } = textAt(paragraph, at);
	let offset = start;
	for (const node of nodes) {
		if (node.isText) insertText(text, offset, node.text ?? '', toAttributes(node.marks));
		else insertElement(text, offset, toElement(node, mapping));
		offset += node.nodeSize;
	}
}

/** The text that ends at or holds a place, else the one that starts there, else a new one. */
function textAt(paragraph: Y.XmlElement, at: number): { text: Y.XmlText; offset: number } {
	let index = 0;
	for (const place of childrenOf(paragraph)) {
		const { child, start } = place;
		if (child instanceof Y.XmlText && start <= at && at <= start + child.length)
			return { text: child, offset: at - start };
		if (start < at) index = place.index + 1;
	}
	const text = new Y.XmlText();
	paragraph.insert(index, [text]);
	return { text, offset: 0 };
}

function remark(paragraph: Y.XmlElement, old: Node, now: Node, stretch: Stretch, writing: Writing): void {
	let at = 0;
	while (at < stretch.size) {
		const was = nodeAt(old, stretch.from + at);
		const is = nodeAt(now, stretch.to + at);
		const size = Math.min(was.end - stretch.from, is.end - stretch.to, stretch.size) - at;
		const change = was.node.isText ? marksChange(was.node.marks, is.node.marks) : null;
		if (change) format(paragraph, stretch.to + at, size, change);
		if (!was.node.isText && was.node !== is.node) renew(paragraph, stretch.to + at, was.node, is.node, writing);
		at += size;
	}
}

function nodeAt(parent: Node, position: number): { node: Node; end: number } {
	const { node, offset } = parent.childAfter(position);
	if (!node) throw new Error('the steps and the text do not fit');
	return { node, end: offset + node.nodeSize };
}

function marksChange(old: readonly Mark[], now: readonly Mark[]): Record<string, unknown> | null {
	if (old === now) return null;
	const change: Record<string, unknown> = {};
	for (const mark of old) if (!mark.isInSet(now)) change[keyOf(mark)] = null;
	for (const mark of now) if (!mark.isInSet(old)) change[keyOf(mark)] = mark.attrs;
	return Object.keys(change).length > 0 ? change : null;
}

function format(paragraph: Y.XmlElement, from: number, size: number, change: Record<string, unknown>): void {
	for (const { child, start } of childrenOf(paragraph)) {
		if (!(child instanceof Y.XmlText)) continue;
		const begin = Math.max(from, start);
		const end = Math.min(from + size, start + child.length);
		if (end > begin) child.format(begin - start, end - begin, change);
	}
}

function renew(paragraph: Y.XmlElement, at: number, old: Node, now: Node, writing: Writing): void {
	const element = elementAt(paragraph, at);
	if (!element) throw new Error('no inline node stands here');
	writeAttributes(element, old.attrs, now.attrs);
	writing.mapping.set(element, now);
}

/** What is no text, in a text or beside one. */
function elementAt(paragraph: Y.XmlElement, at: number): Y.XmlElement | null {
	for (const { child, start } of childrenOf(paragraph)) {
		if (child instanceof Y.XmlElement && start === at) return child;
		const fact = child instanceof Y.XmlText ? factsAmong(child).find((each) => start + each.at === at)?.fact : null;
		if (fact) return fact;
	}
	return null;
}

type Place = { child: unknown; index: number; start: number };

function childrenOf(paragraph: Y.XmlElement): Place[] {
	let start = 0;
	return paragraph.toArray().map((child, index) => {
		const place = { child, index, start };
		start += sizeOf(child);
		return place;
	});
}

function sizeOf(child: unknown): number {
	return child instanceof Y.XmlText ? child.length : 1;
}
