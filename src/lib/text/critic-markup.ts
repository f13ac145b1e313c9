/** CriticMarkup written: `{++in++}`, `{--out--}`, `{==about==}{>>Mara: a note<<}`. */
import type { RichMark } from '#lib/documents/rich-body.ts';
import type { Options } from 'mdast-util-to-markdown';
import { noteToHtml, noteToMarkdown } from './critic-notes.ts';

/** What was said about the range of a comment, in its order; nothing for a comment that is not to be written. */
export type CommentWords = (commentId: string) => readonly { name: string; text: string }[];

/** @param last whether no other part of a comment's range follows: there stands what was said */
export function criticTagOf(
	mark: RichMark,
	{ words = () => [], last, html }: { words?: CommentWords | undefined; last: boolean; html: boolean },
): { open: string; close: string } | null {
	if (mark.type === 'ins') return { open: '{++', close: '++}' };
	if (mark.type === 'del') return { open: '{--', close: '--}' };
	if (mark.type !== 'comment') return null;
	const said = words(String(mark.attrs.id));
	if (said.length === 0) return null;
	return { open: '{==', close: `==}${last ? said.map(html ? noteToHtml : noteToMarkdown).join('') : ''}` };
}

/**
 * Signs of the text that would be taken for marks, in every flavour, because whoever reads it may understand them. The
 * second character of a sign is escaped, so that also readers that know no escapes see no sign.
 */
export const criticUnsafe: NonNullable<Options['unsafe']> = [
	...['+', '-', '=', '>'].map((character) => ({
		character,
		before: '\\{',
		after: `[${character}]`,
		inConstruct: 'phrasing' as const,
	})),
	...['+', '-', '=', '<'].map((character) => ({
		character,
		before: `[${character}]`,
		after: '\\}',
		inConstruct: 'phrasing' as const,
	})),
	// Tildes of the text are escaped anyway; those of a strike that follows are not.
	{ character: '{', after: '~$', inConstruct: 'phrasing' },
];

const tagOrSign = /<(?:[^<>"']|"[^"]*"|'[^']*')*>|\{(?:\+\+|--|~~|==|>>)|~>|(?:\+\+|--|~~|==)\}/g;

/** The signs in a piece of HTML, outside of tags. */
export function replaceSigns(html: string, replace: (sign: string, at: number) => string): string {
	const pattern = new RegExp(tagOrSign);
	let out = '';
	let done = 0;
	for (let match = pattern.exec(html); match; match = pattern.exec(html)) {
		const [found] = match;
		if (found.startsWith('<')) continue;
		const end = found === '{>>' ? html.indexOf('<<}', match.index) + 3 : pattern.lastIndex;
		// None of those that follow has an end either.
		if (end < match.index) break;
		out += html.slice(done, match.index) + replace(html.slice(match.index, end), match.index);
		// What stands in a note is no tag, nor is the end of one its beginning.
		done = pattern.lastIndex = end;
	}
	return out + html.slice(done);
}
