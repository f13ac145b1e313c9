/**
 * Words in a row that others stand for now read as one strike and one insertion, not word by word. What was there before is
 * still what is unchanged and struck, and what is there now what is unchanged and inserted: a space that goes along is in both.
 */
import { isText, type RichChild } from '#lib/documents/rich-body.ts';
import type { DiffPart } from './text-diff.ts';

/** @param parts word by word, in a change what went before what came */
export function joinReplacements(parts: readonly DiffPart[]): DiffPart[] {
	const out: DiffPart[] = [];
	let gone: DiffPart[] = [];
	let come: DiffPart[] = [];
	const flush = () => {
		// As many as a text has words: too many to be handed over as arguments.
		for (const part of gone) out.push(part);
		for (const part of come) out.push(part);
		[gone, come] = [[], []];
	};
	for (let at = 0; at < parts.length; at++) {
		const part = parts[at] as DiffPart;
		const isBehind = gone.length > 0 && come.length > 0;
		const next = isBehind && isSpace(part) ? replacementAt(parts, at + 1) : null;
		if (next) {
			gone.push(alone('del', part.was ?? part.child), ...next.gone);
			come.push(alone('ins', part.child), ...next.come);
			at += next.gone.length + next.come.length;
		} else if (part.what === 'ins') come.push(part);
		else if (part.what === 'del' && come.length === 0) gone.push(part);
		else {
			flush();
			(part.what === 'del' ? gone : out).push(part);
		}
	}
	flush();
	return out;
}

function alone(what: DiffPart['what'], child: RichChild): DiffPart {
	return { what, child, was: null, looks: [] };
}

/** A line's end is none. */
function isSpace({ what, child }: DiffPart): boolean {
	return what === 'same' && isText(child) && /^[^\S\n]$/u.test(child.text);
}

/** What went and what came in its place; null where only one of both did. */
function replacementAt(parts: readonly DiffPart[], start: number): { gone: DiffPart[]; come: DiffPart[] } | null {
	const gone = runOf(parts, start, 'del');
	const come = runOf(parts, start + gone.length, 'ins');
	return gone.length > 0 && come.length > 0 ? { gone, come } : null;
}

function runOf(parts: readonly DiffPart[], start: number, what: DiffPart['what']): DiffPart[] {
	let end = start;
	while (parts[end]?.what === what) end++;
	return parts.slice(start, end);
}
