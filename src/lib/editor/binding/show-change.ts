/** The smallest transaction that makes an editor show other blocks: what did not change is not touched, nor is what stands on it. */
import { Fragment, Slice, type Node } from 'prosemirror-model';
import type { Transaction } from 'prosemirror-state';
import { ReplaceStep } from 'prosemirror-transform';
import type { Stretch } from './survivors.ts';

/** What of the old block's text is known to be there still in the one that stands at `index` now; null: nothing is known. */
export type KeptIn = (index: number, old: Node) => readonly Stretch[] | null;

/** What several people changed at once, in different places, is changed there and nowhere between. */
export function showBlocks(tr: Transaction, blocks: readonly Node[], keptIn: KeptIn): void {
	const { doc } = tr;
	let end = doc.content.size;
	let at = doc.childCount;
	// From the end to the start, so that what is left keeps its position.
	for (const { from, to, gone, come } of changesBetween(doc.children, blocks).reverse()) {
		end -= sizeOf(doc.children.slice(from + gone.length, at));
		at = from;
		if (gone.length === come.length) {
			for (let index = gone.length - 1; index >= 0; index--) {
				const [old, now] = [gone[index] as Node, come[index] as Node];
				end -= old.nodeSize;
				showBlock(tr, end, old, now, keptIn(to + index, old));
			}
		} else {
			const start = end - sizeOf(gone);
			tr.step(new ReplaceStep(start, end, new Slice(Fragment.from(come), 0, 0)));
			end = start;
		}
	}
}

/** `gone` stood from the block `from` on, and `come` stands from `to` on. */
type Change = { from: number; to: number; gone: readonly Node[]; come: readonly Node[] };

/** In order. A block that did not change is the very same. */
function changesBetween(old: readonly Node[], now: readonly Node[]): Change[] {
	const most = Math.min(old.length, now.length);
	let left = 0;
	while (left < most && old[left] === now[left]) left++;
	let right = 0;
	while (right < most - left && old[old.length - 1 - right] === now[now.length - 1 - right]) right++;
	const [oldEnd, nowEnd] = [old.length - right, now.length - right];
	const places = new Map(now.slice(left, nowEnd).map((block, index) => [block, left + index]));
	const changes: Change[] = [];
	let [from, to] = [left, left];
	const close = (same: number, place: number) => {
		if (same > from || place > to) changes.push({ from, to, gone: old.slice(from, same), come: now.slice(to, place) });
		[from, to] = [same + 1, place + 1];
	};
	for (let index = left; index < oldEnd; index++) {
		const place = places.get(old[index] as Node);
		if (place !== undefined && place >= to) close(index, place);
	}
	close(oldEnd, nowEnd);
	return changes;
}

function showBlock(tr: Transaction, at: number, old: Node, now: Node, kept: readonly Stretch[] | null): void {
	if (!old.isTextblock || !old.sameMarkup(now)) {
		tr.step(new ReplaceStep(at, at + old.nodeSize, new Slice(Fragment.from(now), 0, 0)));
		return;
	}
	if (kept) showBetween(tr, at + 1, old, now, kept);
	showText(tr, at + 1, tr.doc.nodeAt(at) as Node, now);
}

/** What stands in the place of what went between what is still there. */
function showBetween(tr: Transaction, at: number, old: Node, now: Node, kept: readonly Stretch[]): void {
	let [end, nowEnd] = [old.content.size, now.content.size];
	for (const { from, to, size } of [...kept].reverse()) {
		replace(tr, at + from + size, at + end, now.content.cut(to + size, nowEnd));
		[end, nowEnd] = [from, to];
	}
	replace(tr, at, at + end, now.content.cut(0, nowEnd));
}

function showText(tr: Transaction, at: number, old: Node, now: Node): void {
	const start = old.content.findDiffStart(now.content);
	const end = old.content.findDiffEnd(now.content);
	if (start === null || end === null) return;
	// In repeated letters the two searches overlap.
	const overlap = Math.max(0, start - Math.min(end.a, end.b));
	replace(tr, at + start, at + end.a + overlap, now.content.cut(start, end.b + overlap));
}

function replace(tr: Transaction, from: number, to: number, content: Fragment): void {
	if (to > from || content.size > 0) tr.step(new ReplaceStep(from, to, new Slice(content, 0, 0)));
}

function sizeOf(nodes: readonly Node[]): number {
	return nodes.reduce((sum, { nodeSize }) => sum + nodeSize, 0);
}
