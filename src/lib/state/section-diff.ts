/**
 * How two states of a document differ, part by part, as a page shows it: in text, in form, in order, and in what was said about
 * it.
 */
import { diffSequences } from '#lib/documents/sequence-diff.ts';
import { suggestionsIn } from '#lib/text/agreed.ts';
import { diffBlocks, type DiffBlock } from './block-diff.ts';
import type { Section } from './document-sections.ts';

export type SectionDiff = {
	id: string;
	title: string;
	what: 'new' | 'gone' | 'changed';
	/** It stands at another place among those that were there before. */
	moved: boolean;
	blocks: DiffBlock[];
	/** Suggestions that are open in it now. */
	open: number;
	/** What was said about it since. */
	remarks: number;
};

/** The parts that differ, in the order of now; those that are gone stand behind. */
export function diffSections(before: readonly Section[], after: readonly Section[]): SectionDiff[] {
	const steps = diffingSections(before, after);
	for (;;) {
		const { done, value } = steps.next();
		if (done) return value;
	}
}

/** The same, with a pause after every block. */
export function* diffingSections(
	before: readonly Section[],
	after: readonly Section[],
): Generator<void, SectionDiff[], void> {
	const old = new Map(before.map((section) => [section.id, section]));
	const moved = movedIn(before, after);
	const out: SectionDiff[] = [];
	for (const section of after) {
		const was = old.get(section.id);
		const diff = yield* diffSection(was, section, moved.has(section.id));
		if (diff) out.push(diff);
	}
	const present = new Set(after.map(({ id }) => id));
	for (const { id, title, blocks } of before)
		if (!present.has(id))
			out.push({
				id,
				title,
				what: 'gone',
				moved: false,
				blocks: yield* diffBlocks(blocks, []),
				open: 0,
				remarks: 0,
			});
	return out;
}

function* diffSection(
	was: Section | undefined,
	{ id, title, blocks: now, remarks: said = [] }: Section,
	moved: boolean,
): Generator<void, SectionDiff | null, void> {
	const blocks = yield* diffBlocks(was?.blocks ?? [], now, title);
	const suggestions = suggestionsIn(now);
	const known = suggestionsIn(was?.blocks ?? []);
	const hasNew = [...suggestions].some((each) => !known.has(each));
	const heard = new Set(was?.remarks);
	const remarks = said.filter((each) => !heard.has(each)).length;
	const isSame = blocks.every(({ kind }) => kind === 'unchanged') && !hasNew && !moved && remarks === 0;
	if (was && isSame) return null;
	return { id, title, what: was ? 'changed' : 'new', moved, blocks, open: suggestions.size, remarks };
}

/** The fewest that were taken from one place to another, of those that are there before and after. */
function movedIn(before: readonly Section[], after: readonly Section[]): Set<string> {
	const idsOf = (sections: readonly Section[]) => new Set(sections.map(({ id }) => id));
	const [old, now] = [idsOf(before), idsOf(after)];
	const both = [...now].filter((id) => old.has(id));
	const moved = new Set<string>();
	let at = 0;
	for (const { what, count } of diffSequences(
		[...old].filter((id) => now.has(id)),
		both,
	)) {
		if (what === 'del') continue;
		if (what === 'ins') for (const id of both.slice(at, at + count)) moved.add(id);
		at += count;
	}
	return moved;
}
