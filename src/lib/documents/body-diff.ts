/**
 * How one state of a body differs from another: block by block, and word by word in blocks that changed. Restoring an
 * old state takes exactly these steps backwards, so that what did not change is not touched.
 */
import { joined, isText, markId, textOf, type RichChild, type RichNode, type RichText } from './rich-body.ts';
import { diffSequences } from './sequence-diff.ts';

export type BlockPair = { before: RichNode | null; after: RichNode | null };

export type WordsOf = (block: RichNode) => ReadonlySet<string> | null;

/** A part of a changed text. */
export type DiffPart = { what: 'same' | 'del' | 'ins'; child: RichChild };

/**
 * In order: blocks that stayed have the same content on both sides.
 * @param wordsOf by which two that differ are known to be the same block, changed; null for one that is never changed
 */
export function pairBlocks(
	before: readonly RichNode[],
	after: readonly RichNode[],
	wordsOf: WordsOf = paragraphWords,
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
			pairs.push(...matched(before.slice(x, x + count), after.slice(y, y + next.count), wordsOf));
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

/** In a stretch that changed, blocks that are alike belong together: of one name, with half of the shorter one's words. */
function matched(before: readonly RichNode[], after: readonly RichNode[], wordsOf: WordsOf): BlockPair[] {
	const pairs: BlockPair[] = [];
	const places = new WordPlaces(after, wordsOf);
	let next = 0;
	for (const old of before) {
		const at = places.firstAlike(old, next);
		if (at === null) {
			pairs.push({ before: old, after: null });
			continue;
		}
		while (next < at) pairs.push({ before: null, after: after[next++] ?? null });
		pairs.push({ before: old, after: after[next++] ?? null });
	}
	while (next < after.length) pairs.push({ before: null, after: after[next++] ?? null });
	return pairs;
}

/** In which blocks a word stands: so of a whole issue that was written anew not every two paragraphs are compared. */
class WordPlaces {
	readonly #wordsOf: WordsOf;
	readonly #sizes: number[];
	readonly #places = new Map<string, number[]>();

	constructor(blocks: readonly RichNode[], wordsOf: WordsOf) {
		this.#wordsOf = wordsOf;
		this.#sizes = blocks.map((block, at) => {
			const words = wordsOf(block);
			for (const word of keysOf(block, words)) this.#put(word, at);
			return words?.size ?? 0;
		});
	}

	#put(word: string, at: number): void {
		const places = this.#places.get(word);
		if (places) places.push(at);
		else this.#places.set(word, [at]);
	}

	firstAlike(block: RichNode, from: number): number | null {
		const words = this.#wordsOf(block);
		if (!words) return null;
		const shared = new Map<number, number>();
		for (const key of keysOf(block, words))
			for (const at of this.#places.get(key) ?? []) if (at >= from) shared.set(at, (shared.get(at) ?? 0) + 1);
		let first: number | null = null;
		for (const [at, count] of shared)
			if ((first === null || at < first) && count * 2 >= Math.min(words.size, this.#sizes[at] ?? 0)) first = at;
		return first;
	}
}

/** Blocks without words are known by having none. */
function keysOf({ name }: RichNode, words: ReadonlySet<string> | null): string[] {
	if (!words) return [];
	return words.size === 0 ? [name] : [...words].map((word) => `${name} ${word}`);
}

function paragraphWords(block: RichNode): ReadonlySet<string> | null {
	return block.name === 'paragraph' ? wordsIn(textOf(block)) : null;
}

export function wordsIn(text: string): Set<string> {
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
