/** Which number an item of a numbered list has, counted as the style of a text counts. */
import type { RichNode } from '#lib/documents/rich-body.ts';
import { formOf } from '#lib/documents/suggestion.ts';

const numbers = new WeakMap<RichNode, number>();

/** @param blocks all that stand beside each other */
export function numberItems(blocks: readonly RichNode[]): void {
	let counts: number[] = [];
	for (const block of blocks) {
		const { level, list, indent } = formOf(block.attrs);
		const depth = block.name === 'paragraph' ? (indent ?? 0) : 0;
		const isNumbered = block.name === 'paragraph' && level === null && list === 'ordered';
		const own = isNumbered ? [(counts[depth] ?? 0) + 1] : [];
		counts = [...Array.from({ length: depth }, (_, at) => counts[at] ?? 0), ...own];
		if (own[0] !== undefined) numbers.set(block, own[0]);
	}
}

/** Null of what is in no numbered list, or was not counted. */
export function numberOf(block: RichNode): number | null {
	return numbers.get(block) ?? null;
}
