/**
 * How two states of a document differ, part by part, as a page shows it: in text, in form, in order, and in what was said about
 * it.
 */
import { diffSequences } from '#lib/documents/sequence-diff.ts';
import type { Talk } from '#lib/documents/talks.ts';
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
	talks: TalkChanges;
	/** It cannot go back alone. */
	bound: boolean;
};

/** How many remarks are new or say something else, how many threads were settled or opened again. */
export type TalkChanges = { said: number; changed: number; settled: number; reopened: number };

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
	for (const section of before) {
		if (present.has(section.id)) continue;
		if (section.lasting) {
			const diff = yield* diffSection(section, { ...section, blocks: [] }, false);
			if (diff) out.push(diff);
			continue;
		}
		const { id, title, bound = false } = section;
		const blocks = yield* diffBlocks(section.blocks, []);
		out.push({ id, title, what: 'gone', moved: false, blocks, open: 0, talks: noChange, bound });
	}
	return out;
}

const noChange: TalkChanges = { said: 0, changed: 0, settled: 0, reopened: 0 };

function* diffSection(
	was: Section | undefined,
	{ id, title, blocks: now, talks: said = [], lasting = false, bound = false }: Section,
	moved: boolean,
): Generator<void, SectionDiff | null, void> {
	const blocks = yield* diffBlocks(was?.blocks ?? [], now, title);
	const suggestions = suggestionsIn(now);
	const known = suggestionsIn(was?.blocks ?? []);
	const hasNew = [...suggestions].some((each) => !known.has(each));
	const talks = diffTalks(was?.talks ?? [], said);
	const isQuiet = Object.values(talks).every((count) => count === 0);
	const isSame = blocks.every(({ kind }) => kind === 'unchanged') && !hasNew && !moved && isQuiet;
	if ((was || lasting) && isSame) return null;
	return { id, title, what: was || lasting ? 'changed' : 'new', moved, blocks, open: suggestions.size, talks, bound };
}

/** A thread that is new and settled already is told by what is said in it. */
function diffTalks(before: readonly Talk[], after: readonly Talk[]): TalkChanges {
	const wordsIn = (talks: readonly Talk[]) =>
		new Map(talks.flatMap(({ remarks }) => remarks.map(({ id, text }): [string, string] => [id, text])));
	const [old, now] = [wordsIn(before), wordsIn(after)];
	const count = <T>(all: Iterable<T>, is: (each: T) => boolean) => [...all].filter(is).length;
	const talks = new Map(before.map((talk) => [talk.id, talk]));
	const turned = (isSettled: boolean) =>
		count(after, ({ id, resolvedBy }) => {
			const was = talks.get(id);
			return was !== undefined && (was.resolvedBy === null) === isSettled && (resolvedBy !== null) === isSettled;
		});
	return {
		said: count(now.keys(), (id) => !old.has(id)),
		changed: count(old, ([id, text]) => now.get(id) !== text),
		settled: turned(true),
		reopened: turned(false),
	};
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
