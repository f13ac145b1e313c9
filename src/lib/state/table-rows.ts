/** The rows of a table before and after: which of them belong together, and which columns. */
import { align, type Beside } from '#lib/documents/align.ts';
import { wordsIn } from '#lib/documents/body-diff.ts';
import { isText, textOf, type RichNode } from '#lib/documents/rich-body.ts';
import { diffSequences } from '#lib/documents/sequence-diff.ts';
import { suggestedOf, type Suggested } from '#lib/text/agreed.ts';

export type Row = { cells: RichNode[]; texts: string[]; suggested: Suggested };

/** So many rows that changed are compared each with each. */
const mostCompared = 500;
/** So many rows say which columns belong together. */
const mostTelling = 50;
export function rowsOf(table: RichNode | null): Row[] {
	return (table?.content ?? []).flatMap((row): Row[] => {
		if (isText(row)) return [];
		const cells = row.content.filter((cell): cell is RichNode => !isText(cell));
		const texts = cells.map(textIn);
		return [{ cells, texts, suggested: (table && suggestedOf(table)) ?? suggestedOf(row) }];
	});
}

export function textIn(cell: RichNode): string {
	return cell.content.map(textOf).join('\n');
}

export function rowAt(rows: readonly Row[], at: number | null): Row | undefined {
	return at === null ? undefined : rows[at];
}

export function widthOf(rows: readonly Row[]): number {
	return rows.reduce((most, { cells }) => Math.max(most, cells.length), 0);
}

export function pairRows(old: readonly Row[], now: readonly Row[]): Beside[] {
	const keyOf = ({ texts }: Row) => JSON.stringify(texts);
	const steps = diffSequences(old.map(keyOf), now.map(keyOf));
	const pairs: Beside[] = [];
	let [x, y] = [0, 0];
	for (let at = 0; at < steps.length; at++) {
		const { what, count } = steps[at] as (typeof steps)[number];
		const come =
			what === 'ins' ? count : what === 'del' && steps[at + 1]?.what === 'ins' ? (steps[++at]?.count ?? 0) : 0;
		if (what === 'same') for (let i = 0; i < count; i++) pairs.push([x++, y++]);
		else {
			const gone = what === 'del' ? count : 0;
			for (const [one, other] of pairChanged(old.slice(x, x + gone), now.slice(y, y + come)))
				pairs.push([one === null ? null : x + one, other === null ? null : y + other]);
			x += gone;
			y += come;
		}
	}
	return pairs;
}

function pairChanged(old: readonly Row[], now: readonly Row[]): Beside[] {
	if (old.length > mostCompared || now.length > mostCompared)
		return align(old.length, 0, () => 0).concat(align(0, now.length, () => 0));
	const [a, b] = [old, now].map((rows) => rows.map(({ texts }) => wordsIn(texts.join(' ')))) as [
		Set<string>[],
		Set<string>[],
	];
	return align(old.length, now.length, (at, beside) => likeness(a[at] as Set<string>, b[beside] as Set<string>));
}

/** How much of the shorter one is in the other, from a half to the whole; 0 for less. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
	const least = Math.min(a.size, b.size);
	if (least === 0) return a.size === b.size ? 1 : 0;
	let shared = 0;
	for (const word of a) if (b.has(word)) shared++;
	return shared * 2 >= least ? shared / Math.max(a.size, b.size) : 0;
}

/** Columns that read alike in the rows that are there before and after. */
export function pairColumns(old: readonly Row[], now: readonly Row[], pairs: readonly Beside[]): Beside[] {
	const both = pairs.flatMap(([one, other]): [string[], string[]][] => {
		const [was, is] = [rowAt(old, one), rowAt(now, other)];
		return was && is ? [[was.texts, is.texts]] : [];
	});
	const telling = both.slice(0, mostTelling);
	return align(widthOf(old), widthOf(now), (at, beside) => {
		const like = telling.map(([was, is]) => {
			const [one = '', other = ''] = [was[at], is[beside]];
			if (one === other) return one === '' ? 0.1 : 1;
			return likeness(wordsIn(one), wordsIn(other)) / 2;
		});
		// Those of which nothing is known belong together as they stand.
		return like.reduce((sum, each) => sum + each, 0.001);
	});
}
