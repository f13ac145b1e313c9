/**
 * What the signs of CriticMarkup in a file mean together. Each sign has a meaning or is text: none is dropped. A
 * suggestion or a comment may reach over several paragraphs, as it does in a body.
 */
import type { RichMark } from '#lib/documents/rich-body.ts';
import { readNote } from './critic-notes.ts';
import type { ImportedComment } from './imported.ts';
import { suggestion, type Importer } from './mark-tags.ts';

/** A sign as it was found. `form`: a note in Markdown has escapes, one in HTML only references. */
export type FoundSign = { value: string; start: number; end: number; form: 'markdown' | 'html' };

/** `begin` and `end` name the range that they belong to; a comment without a range is at its `place`. */
export type Meaning =
	| { kind: 'text' }
	| { kind: 'nothing' }
	| { kind: 'begin'; range: number; mark: RichMark | null }
	| { kind: 'end'; range: number }
	| { kind: 'turn'; range: number; mark: RichMark }
	| { kind: 'place'; id: string };

type Pair = { open: number; turn: number | null; close: number };

const closing: Readonly<Record<string, string>> = { '++}': '{++', '--}': '{--', '==}': '{==', '~~}': '{~~' };

export function meaningsOf(
	signs: readonly FoundSign[],
	source: string,
	importer: Importer,
): { meanings: Meaning[]; comments: ImportedComment[] } {
	const meanings = signs.map((): Meaning => ({ kind: 'text' }));
	const found = new Map<number, ImportedComment>();
	const gap = (at: number) => source.slice(signs[at - 1]?.end ?? 0, signs[at]?.start ?? 0);
	const pairs = pairsOf(signs);
	const commentOf = new Map<number, string>();
	const opening = new Map(pairs.filter(({ open }) => signs[open]?.value === '{==').map((pair) => [pair.open, pair]));

	/** The notes that stand one behind the other from here: a thread. @returns its id */
	const thread = (first: number): string | null => {
		const entries: ImportedComment['entries'] = [];
		for (let at = first; at < signs.length && (at === first || gap(at) === ''); at++) {
			const sign = signs[at] as FoundSign;
			const entry = readNote(sign, importer);
			if (!entry) break;
			meanings[at] = { kind: 'nothing' };
			entries.push(entry);
		}
		if (entries.length === 0) return null;
		const id = importer.newId();
		found.set(first, { id, quote: '', resolved: false, entries });
		return id;
	};

	// From behind, because a range without a note belongs to the one that follows at once: so one is written that has parts.
	for (const { open, close } of [...opening.values()].sort((a, b) => b.close - a.close)) {
		const noted =
			close + 1 < signs.length && /^[ \t]*(?:\r?\n)?[ \t]*$/.test(gap(close + 1)) ? thread(close + 1) : null;
		const id = noted ?? followed(close);
		if (id !== null) commentOf.set(open, id);
	}

	function followed(close: number): string | null {
		for (let at = close + 1; at < signs.length && isBetweenParts(gap(at)); at++) {
			if (opening.has(at)) return commentOf.get(at) ?? null;
			const { value = '' } = signs[at] ?? {};
			if (value !== '==}' && !value.startsWith('{>>')) return null;
		}
		return null;
	}

	for (const [range, { open, turn, close }] of pairs.entries()) {
		const value = signs[open]?.value;
		const comment = commentOf.get(open);
		const mark =
			value === '{=='
				? comment === undefined
					? null
					: { type: 'comment', attrs: { id: comment } }
				: suggestion(value === '{++' ? 'ins' : 'del', {}, importer);
		meanings[open] = { kind: 'begin', range, mark };
		if (turn !== null) meanings[turn] = { kind: 'turn', range, mark: suggestion('ins', {}, importer) };
		meanings[close] = { kind: 'end', range };
	}
	for (let at = 0; at < signs.length; at++) {
		if (meanings[at]?.kind !== 'text') continue;
		const id = thread(at);
		if (id !== null) meanings[at] = { kind: 'place', id };
	}
	return { meanings, comments: [...found].sort(([a], [b]) => a - b).map(([, comment]) => comment) };
}

/** Each sign that closes with the nearest before it that opens. */
function pairsOf(signs: readonly FoundSign[]): Pair[] {
	const pairs: Pair[] = [];
	const waiting = new Map<string, { open: number; turn: number | null }[]>();
	for (const [at, { value }] of signs.entries()) {
		if (/^\{(?:\+\+|--|==|~~)$/.test(value)) {
			const open = waiting.get(value) ?? [];
			waiting.set(value, [...open.slice(-50), { open: at, turn: null }]);
		} else if (value === '~>') {
			const last = waiting.get('{~~')?.at(-1);
			if (last && last.turn === null) last.turn = at;
		} else {
			const opener = closing[value];
			const open = opener === undefined ? undefined : waiting.get(opener)?.pop();
			if (open && (opener !== '{~~' || open.turn !== null)) pairs.push({ ...open, close: at });
		}
	}
	return pairs;
}

/** Whether what stands between two parts of a range only begins another block. */
function isBetweenParts(source: string): boolean {
	return source.length < 500 && /^(?:[\s>#*+|-]|\d{1,9}[.)]|\[[ xX]\]|<[^<>]*>)*$/.test(source);
}
