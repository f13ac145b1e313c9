/**
 * How one state of a body differs from another: block by block, and word by word in blocks that changed. Restoring an
 * old state takes exactly these steps backwards, so that what did not change is not touched.
 */
import { joined, isText, markId, textOf, type RichChild, type RichNode, type RichText } from './rich-body.ts';
import { diffSequences } from './sequence-diff.ts';

export type BlockPair = { before: RichNode | null; after: RichNode | null };

/** A part of a changed text. */
export type DiffPart = { what: 'same' | 'del' | 'ins'; child: RichChild };

/**
 * In order: blocks that stayed have the same content on both sides.
 * @param alike whether two that differ are the same block, changed
 */
export function pairBlocks(
	before: readonly RichNode[],
	after: readonly RichNode[],
	alike: (a: RichNode, b: RichNode) => boolean = alikeParagraphs,
): BlockPair[] {
	const steps = diffSequences(before.map(blockKey), after.map(blockKey));
	const pairs: BlockPair[] = [];
	let x = 0;
	let y = 0;
	for (let at = 0; at < steps.length; at++) {
		const { what, count } = steps[at] as (typeof steps)[number];
		const next = steps[at + 1];
		if (what === 'same') {
			for (let i = 0; i < count; i++) pairs.push({ before: before[x++] ?? null, after: after[y++] ?? null });
		} else if (what === 'del' && next?.what === 'ins') {
			pairs.push(...matched(before.slice(x, x + count), after.slice(y, y + next.count), alike));
			x += count;
			y += next.count;
			at++;
		} else if (what === 'del') for (let i = 0; i < count; i++) pairs.push({ before: before[x++] ?? null, after: null });
		else for (let i = 0; i < count; i++) pairs.push({ before: null, after: after[y++] ?? null });
	}
	return pairs;
}

export function blockKey(node: RichNode): string {
	return JSON.stringify(node);
}

export function sameBlock(a: RichNode | null, b: RichNode | null): boolean {
	return a !== null && b !== null && blockKey(a) === blockKey(b);
}

/** In a stretch that changed, blocks that are alike belong together. */
function matched(
	before: readonly RichNode[],
	after: readonly RichNode[],
	alike: (a: RichNode, b: RichNode) => boolean,
): BlockPair[] {
	const pairs: BlockPair[] = [];
	let rest = [...after];
	for (const old of before) {
		const at = rest.findIndex((next) => alike(old, next));
		if (at < 0) {
			pairs.push({ before: old, after: null });
			continue;
		}
		for (const next of rest.slice(0, at)) pairs.push({ before: null, after: next });
		pairs.push({ before: old, after: rest[at] ?? null });
		rest = rest.slice(at + 1);
	}
	return [...pairs, ...rest.map((after) => ({ before: null, after }))];
}

export function alikeParagraphs(a: RichNode, b: RichNode): boolean {
	return a.name === 'paragraph' && b.name === 'paragraph' && shareMostWords(textOf(a), textOf(b));
}

/** Whether half of the words of the shorter text are in the other; so do two empty ones. */
export function shareMostWords(a: string, b: string): boolean {
	const [one, other] = [words(a), words(b)];
	if (one.size === 0 || other.size === 0) return one.size === other.size;
	const shared = [...one].filter((word) => other.has(word)).length;
	return shared * 2 >= Math.min(one.size, other.size);
}

function words(text: string): Set<string> {
	return new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
}

/** The content of two paragraphs, word by word. */
export function diffContent(before: readonly RichChild[], after: readonly RichChild[]): DiffPart[] {
	const a = tokens(before);
	const b = tokens(after);
	const parts: DiffPart[] = [];
	let x = 0;
	let y = 0;
	for (const { what, count } of diffSequences(a.map(tokenKey), b.map(tokenKey))) {
		const taken = what === 'ins' ? b.slice(y, y + count) : a.slice(x, x + count);
		if (what !== 'ins') x += count;
		if (what !== 'del') y += count;
		parts.push(...joined(taken).map((child) => ({ what, child })));
	}
	return parts;
}

/** Words, spaces and signs each for themselves; facts as they are. */
export function tokens(content: readonly RichChild[]): RichChild[] {
	return content.flatMap((child): RichChild[] =>
		isText(child)
			? (child.text.match(/[\p{L}\p{N}\p{M}]+|[^\p{L}\p{N}\p{M}]/gu) ?? []).map((text): RichText => ({
					...child,
					text,
				}))
			: [child],
	);
}

export function tokenKey(child: RichChild): string {
	return isText(child) ? `${child.text} ${child.marks.map(markId).join(' ')}` : JSON.stringify(child);
}
