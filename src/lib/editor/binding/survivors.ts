/** What of an old document is still there in a new one, and where: told by the steps themselves, never guessed from a comparison. */
import type { StepMap } from 'prosemirror-transform';
import * as Y from 'yjs';

/** `size` positions that stood at `from` and stand at `to` now. */
export type Stretch = { from: number; to: number; size: number };

/** In order, without overlaps. */
export function survivors(size: number, maps: readonly StepMap[]): Stretch[] {
	let kept: Stretch[] = [{ from: 0, to: 0, size }];
	for (const map of maps) kept = through(kept, map);
	return kept;
}

function through(kept: readonly Stretch[], map: StepMap): Stretch[] {
	const changes: { start: number; end: number; grown: number }[] = [];
	map.forEach((start, end, newStart, newEnd) => changes.push({ start, end, grown: newEnd - newStart - (end - start) }));
	if (changes.length === 0) return [...kept];
	const next: Stretch[] = [];
	for (const { from, to, size } of kept) {
		let at = to;
		let shift = 0;
		for (const { start, end, grown } of changes) {
			if (start >= to + size) break;
			if (start > at) next.push({ from: from + at - to, to: at + shift, size: start - at });
			at = Math.max(at, end);
			shift += grown;
		}
		if (at < to + size) next.push({ from: from + at - to, to: at + shift, size: to + size - at });
	}
	return next;
}

/** The same of a paragraph in whose only text others wrote, told by Yjs; null when it is not one text. */
export function survivorsIn(paragraph: unknown, events: ReadonlyMap<unknown, Y.YEvent<Y.XmlText>>): Stretch[] | null {
	if (!(paragraph instanceof Y.XmlElement) || paragraph.length !== 1 || events.has(paragraph)) return null;
	const text: unknown = paragraph.get(0);
	const event = events.get(text);
	if (!(text instanceof Y.XmlText) || !event) return null;
	const kept: Stretch[] = [];
	let [from, to] = [0, 0];
	for (const { retain = 0, attributes, insert, delete: gone = 0 } of event.delta) {
		if (retain > 0 && !attributes) kept.push({ from, to, size: retain });
		from += retain + gone;
		to += retain + (typeof insert === 'string' ? insert.length : insert === undefined ? 0 : 1);
	}
	return [...kept, { from, to, size: text.length - to }];
}

/** The parts that lie in both ranges, measured from the ranges' starts. */
export function within(
	kept: readonly Stretch[],
	old: { start: number; size: number },
	now: { start: number; size: number },
): Stretch[] {
	const found: Stretch[] = [];
	for (const { from, to, size } of kept.slice(firstEndingAfter(kept, old.start))) {
		if (from >= old.start + old.size) break;
		const cut = Math.max(0, old.start - from, now.start - to);
		const rest = Math.min(size, old.start + old.size - from, now.start + now.size - to) - cut;
		if (rest > 0) found.push({ from: from + cut - old.start, to: to + cut - now.start, size: rest });
	}
	return found;
}

/** Where an old position is now; null when what stood there is gone. */
export function whereIs(kept: readonly Stretch[], position: number): number | null {
	const stretch = kept[firstEndingAfter(kept, position)];
	return stretch && stretch.from <= position ? stretch.to + position - stretch.from : null;
}

function firstEndingAfter(kept: readonly Stretch[], position: number): number {
	let low = 0;
	let high = kept.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		const { from, size } = kept[middle] as Stretch;
		if (from + size > position) high = middle;
		else low = middle + 1;
	}
	return low;
}
