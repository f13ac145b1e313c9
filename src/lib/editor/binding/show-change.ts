/** The smallest transaction that makes an editor show other blocks: what did not change is not touched, nor is what stands on it. */
import { Fragment, Slice, type Node } from 'prosemirror-model';
import type { Transaction } from 'prosemirror-state';
import { ReplaceStep } from 'prosemirror-transform';

export function showBlocks(tr: Transaction, blocks: readonly Node[]): void {
	const { doc } = tr;
	const old = doc.children;
	const most = Math.min(old.length, blocks.length);
	let left = 0;
	while (left < most && old[left] === blocks[left]) left++;
	let right = 0;
	while (right < most - left && old[old.length - 1 - right] === blocks[blocks.length - 1 - right]) right++;
	const gone = old.slice(left, old.length - right);
	const come = blocks.slice(left, blocks.length - right);
	if (gone.length === 0 && come.length === 0) return;
	const start = sizeOf(old.slice(0, left));
	const [only, next] = [gone[0], come[0]];
	if (gone.length === 1 && come.length === 1 && only?.isTextblock && next && only.sameMarkup(next)) {
		showText(tr, start + 1, only, next);
	} else tr.step(new ReplaceStep(start, start + sizeOf(gone), new Slice(Fragment.from(come), 0, 0)));
}

function showText(tr: Transaction, at: number, old: Node, now: Node): void {
	const start = old.content.findDiffStart(now.content);
	const end = old.content.findDiffEnd(now.content);
	if (start === null || end === null) return;
	// In repeated letters the two searches overlap.
	const overlap = Math.max(0, start - Math.min(end.a, end.b));
	const content = now.content.cut(start, end.b + overlap);
	tr.step(new ReplaceStep(at + start, at + end.a + overlap, new Slice(content, 0, 0)));
}

function sizeOf(nodes: readonly Node[]): number {
	return nodes.reduce((sum, { nodeSize }) => sum + nodeSize, 0);
}
