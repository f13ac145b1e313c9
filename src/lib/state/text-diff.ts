/**
 * How the words of a text differ, and how they look: a word that only became bold stays, and is said to have done so. What is
 * compared is what was agreed upon then and now; suggestions that are open now stand in it as that.
 */
import { tokens } from '#lib/documents/body-diff.ts';
import { diffSequences } from '#lib/documents/sequence-diff.ts';
import { isText, joined, type RichChild, type RichNode } from '#lib/documents/rich-body.ts';
import { readMarkChange, type MarkChange } from '#lib/documents/suggestion.ts';
import { suggestedOf, unsaid } from '#lib/text/agreed.ts';
import { joinReplacements } from './joined-replacements.ts';

/** `may-…`: suggested, and open. */
export type What = 'same' | 'ins' | 'del' | 'may-ins' | 'may-del';

/**
 * A mark that a text has now and had not, or the other way round, or whose address is another: of a link `was` and `now` are
 * addresses, of others empty, and null where there is none. `open`: suggested.
 */
export type Look = { mark: MarkChange['mark']; was: string | null; now: string | null; open: boolean };

/** A part of a changed text. `was`: how one that stayed looked before, where that differs. */
export type DiffPart = { what: What; child: RichChild; was: RichChild | null; looks: readonly Look[] };

/** `news`: something differs, or is suggested that was not before. */
export type TextDiff = { parts: DiffPart[]; news: boolean };

const looks = ['strong', 'em', 'link'] as const;
/** Of most words: one for all of them, known by being it. */
const noLooks: readonly Look[] = [];

/** @param before as `agreed` gives it, as is `after` */
export function diffText(before: readonly RichChild[], after: readonly RichChild[]): TextDiff {
	const [old, now] = [tokens(before), tokens(after)];
	const found: DiffPart[] = [];
	let [x, y] = [0, 0];
	let news = false;
	const put = (what: What, child: RichChild, isNew: boolean, was?: RichChild) => {
		const part = lookedAt(what, child, was);
		news ||= isNew || part.looks.some((look) => !look.open || !isKnown(look, was));
		found.push(part);
	};
	for (const { what, count } of diffSequences(old.map(wordKey), now.map(wordKey))) {
		for (let i = 0; i < count; i++) {
			const was = what === 'ins' ? undefined : old[x++];
			const is = what === 'del' ? undefined : now[y++];
			const [open, before] = [is && suggestedOf(is), was && suggestedOf(was)];
			// What was agreed upon and is now only suggested was taken out in between.
			if (was && before !== 'ins' && (!is || open === 'ins')) put('del', was, true);
			if (!is) continue;
			if (open === 'ins') put('may-ins', is, before !== 'ins');
			else if (!was || before === 'ins') put('ins', is, true);
			else if (open === 'del') put('may-del', is, before !== 'del', was);
			else put('same', is, false, was);
		}
	}
	return { parts: gathered(joinReplacements(found)), news };
}

/** What a fact refers to, whatever it reads as. */
export function factKey({ attrs: { kind, of, form } }: RichNode): string {
	return JSON.stringify([kind, of, form]);
}

/** What was only suggested does not stand for the same word that was agreed upon. */
function wordKey(child: RichChild): string {
	const word = isText(child) ? child.text : `fact ${factKey(child)} ${String(child.attrs.text)}`;
	return suggestedOf(child) === 'ins' ? `ins ${word}` : word;
}

function lookedAt(what: What, child: RichChild, was: RichChild | undefined): DiffPart {
	if (isPlain(child) && (!was || isPlain(was))) return { what, child, was: null, looks: noLooks };
	const changed = was ? changedLooks(was, child) : noLooks;
	const open = what === 'del' || what === 'may-ins' ? noLooks : openLooks(child);
	return {
		what,
		child: unsaid(child),
		was: was && changed.length > 0 ? unsaid(was) : null,
		looks: changed.length + open.length === 0 ? noLooks : [...changed, ...open],
	};
}

function isPlain(child: RichChild): boolean {
	return isText(child) && child.marks.length === 0;
}

function changedLooks(before: RichChild, after: RichChild): Look[] {
	return looks.flatMap((mark) => {
		const [was, now] = [lookOf(before, mark), lookOf(after, mark)];
		return was === now ? [] : [{ mark, was, now, open: false }];
	});
}

function lookOf(child: RichChild, mark: Look['mark']): string | null {
	const found = isText(child) ? child.marks.find(({ type }) => type === mark) : undefined;
	return found ? String(found.attrs.href ?? '') : null;
}

function openLooks(child: RichChild): Look[] {
	return (isText(child) ? child.marks : []).flatMap(({ type, attrs }) => {
		const change = type === 'fmt' ? readMarkChange(attrs.was) : null;
		if (!change) return [];
		const value = (given: MarkChange['attrs'] | undefined) => (given ? String(given.href ?? '') : null);
		const [was, now] = [value(change.attrs), value(change.to)];
		return was === now ? [] : [{ mark: change.mark, was, now, open: true }];
	});
}

function isKnown(look: Look, was: RichChild | undefined): boolean {
	return was !== undefined && openLooks(was).some((known) => sameLooks([known], [look]));
}

export function sameLooks(some: readonly Look[], others: readonly Look[]): boolean {
	return JSON.stringify(some) === JSON.stringify(others);
}

/** Neighbours of the same kind whose looks changed alike are one. */
function gathered(parts: readonly DiffPart[]): DiffPart[] {
	const out: DiffPart[] = [];
	for (let at = 0; at < parts.length;) {
		const first = parts[at] as DiffPart;
		let end = at;
		while (isLike(parts[end], first)) end++;
		const children = joined(parts.slice(at, end).map(({ child }) => child));
		for (const child of children) out.push({ ...first, child, was: null });
		at = end;
	}
	return out;
}

function isLike(part: DiffPart | undefined, first: DiffPart): boolean {
	return part?.what === first.what && (part.looks === first.looks || sameLooks(part.looks, first.looks));
}
