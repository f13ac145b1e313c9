/** Writes what a person's steps did to a body: which blocks went, came and changed is known from the steps. */
import { writeAttributes } from '#lib/documents/body-attributes.ts';
import type { Node } from 'prosemirror-model';
import * as Y from 'yjs';
import { toElement } from './nodes-to-body.ts';
import { whereIs, within, type Stretch } from './survivors.ts';
import { writeInline, type Writing } from './write-inline.ts';

type Side = { node: Node; start: number };

/** @param start of each node's content in its document */
export function writeChildren(
	parent: Y.XmlFragment,
	old: Side,
	now: Side,
	kept: readonly Stretch[],
	writing: Writing,
): void {
	if (parent.length !== old.node.childCount) throw new Error('the editor does not show what the document holds');
	const left = countSame(old.node, now.node, 0);
	const right = countSame(old.node, now.node, left, true);
	const before = childrenOf(old, left, right);
	const after = childrenOf(now, left, right);
	const pairs = pair(before, after, kept);
	// Not all of them: a long text has many, and this is done at each keystroke.
	const elements: unknown[] = parent.slice(left, left + before.length);
	let at = left;
	let taken = 0;
	const removeUpTo = (index: number) => {
		if (index > taken) parent.delete(at, index - taken);
		taken = Math.max(taken, index);
	};
	for (const side of after) {
		const index = pairs.get(side);
		if (index === undefined) parent.insert(at, [toElement(side.node, writing.mapping)]);
		else {
			removeUpTo(index);
			writeNode(elements[index], before[index] as Side, side, kept, writing);
			taken = index + 1;
		}
		at++;
	}
	removeUpTo(before.length);
}

function writeNode(element: unknown, old: Side, now: Side, kept: readonly Stretch[], writing: Writing): void {
	if (!(element instanceof Y.XmlElement) || element.nodeName !== now.node.type.name)
		throw new Error('not the same node');
	writing.mapping.set(element, now.node);
	if (old.node === now.node) return;
	writeAttributes(element, old.node.attrs, now.node.attrs);
	if (now.node.isTextblock) {
		const contents = [old, now].map(({ node, start }) => ({ start: start + 1, size: node.content.size }));
		const [before, after] = contents as [{ start: number; size: number }, { start: number; size: number }];
		writeInline(element, old.node, now.node, within(kept, before, after), writing);
	} else if (!now.node.isLeaf) {
		writeChildren(element, inside(old), inside(now), kept, writing);
	}
}

function inside({ node, start }: Side): Side {
	return { node, start: start + 1 };
}

/** How many children at one end are the very same. */
function countSame(old: Node, now: Node, left: number, fromEnd = false): number {
	const most = Math.min(old.childCount, now.childCount) - left;
	let count = 0;
	while (
		count < most &&
		(fromEnd
			? old.child(old.childCount - 1 - count) === now.child(now.childCount - 1 - count)
			: old.child(count) === now.child(count))
	)
		count++;
	return count;
}

/** The children between `left` and `right`, with their positions. */
function childrenOf({ node, start }: Side, left: number, right: number): Side[] {
	const found: Side[] = [];
	let at = start;
	node.children.forEach((child, index) => {
		if (index >= left && index < node.childCount - right) found.push({ node: child, start: at });
		at += child.nodeSize;
	});
	return found;
}

/** Which new node is which old one. A node is the same when its beginning is; a split at the very start moves it on. */
function pair(before: readonly Side[], after: readonly Side[], kept: readonly Stretch[]): Map<Side, number> {
	const pairs = new Map<Side, number>();
	const indexAt = new Map(after.map((side, index) => [side.start, index]));
	let free = 0;
	before.forEach((old, index) => {
		const place = whereIs(kept, old.start);
		let found = place === null ? undefined : indexAt.get(place);
		if (found === undefined) found = contentAt(old, after, free, kept);
		else if (isLeftBehind(old, after, found, kept)) found++;
		const side = found === undefined || found < free ? undefined : after[found];
		if (!side || side.node.type !== old.node.type) return;
		pairs.set(side, index);
		free = (found ?? 0) + 1;
	});
	return pairs;
}

/** Whether all content of a block went on into the next one: the block was pushed down by an empty one. */
function isLeftBehind(old: Side, after: readonly Side[], found: number, kept: readonly Stretch[]): boolean {
	const [first, second] = [after[found], after[found + 1]];
	if (!first || !second || first.node.content.size > 0 || old.node.content.size === 0) return false;
	return second.node.type === old.node.type && survives(old, second, kept) === old.node.content.size;
}

/** The block whose beginning went, as when its markup was set anew, but whose content stands in a new one. */
function contentAt(old: Side, after: readonly Side[], free: number, kept: readonly Stretch[]): number | undefined {
	const index = after.findIndex(
		(side, at) =>
			at >= free && side.node.type === old.node.type && survives(old, side, kept) > 0 && !beginsElsewhere(side, kept),
	);
	return index < 0 ? undefined : index;
}

/** Whether a new block is an old one by its beginning. */
function beginsElsewhere(side: Side, kept: readonly Stretch[]): boolean {
	return kept.some(({ to, size }) => to <= side.start && side.start < to + size);
}

function survives(old: Side, now: Side, kept: readonly Stretch[]): number {
	const parts = within(
		kept,
		{ start: old.start + 1, size: old.node.content.size },
		{ start: now.start + 1, size: now.node.content.size },
	);
	return parts.reduce((sum, { size }) => sum + size, 0);
}
