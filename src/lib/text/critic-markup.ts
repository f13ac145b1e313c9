/** CriticMarkup: `{++in++}`, `{--out--}`, `{~~old~>new~~}`, `{==about==}{>>a note<<}`. */
import type { RichMark } from '#lib/documents/rich-body.ts';
import type { Options } from 'mdast-util-to-markdown';
import { encodeAttribute } from './tags.ts';

/** What was said about the range of a comment, one entry a line; null for a comment that is not to be written. */
export type CommentWords = (commentId: string) => string | null;

export function criticTagOf(mark: RichMark, words: CommentWords = () => null): { open: string; close: string } | null {
	if (mark.type === 'ins') return { open: '{++', close: '++}' };
	if (mark.type === 'del') return { open: '{--', close: '--}' };
	if (mark.type !== 'comment') return null;
	const said = words(String(mark.attrs.id));
	return said === null ? null : { open: '{==', close: `==}{>>${said.replace(/\s+/g, ' ').replace(/<</g, '‹')}<<}` };
}

/** Signs of the text that would be taken for marks. */
export const criticUnsafe: NonNullable<Options['unsafe']> = [
	{ character: '{', after: '[-+=~>]', inConstruct: 'phrasing' },
	...['+', '-', '=', '~', '<'].map((character) => ({
		character,
		after: '[-+=~<]?\\}',
		inConstruct: 'phrasing' as const,
	})),
];

/** Writes the marks of a source as tags, so that one reader reads both. Marks behind a backslash are meant as text. */
export function criticToTags(source: string): string {
	return source
		.replace(/(?<!\\)\{~~((?:(?!~~\}|~>)[\s\S])*)~>((?:(?!~~\})[\s\S])*)~~\}/g, '<del>$1</del><ins>$2</ins>')
		.replace(/(?<!\\)\{\+\+((?:(?!\+\+\})[\s\S])*)\+\+\}/g, '<ins>$1</ins>')
		.replace(/(?<!\\)\{--((?:(?!--\})[\s\S])*)--\}/g, '<del>$1</del>')
		.replace(
			/(?<!\\)\{==((?:(?!==\})[\s\S])*)==\}\s*\{>>((?:(?!<<\})[\s\S])*)<<\}/g,
			(_all, about: string, note: string) => noted(about, note),
		)
		.replace(/(?<!\\)\{==((?:(?!==\})[\s\S])*)==\}/g, '$1')
		.replace(/(?<!\\)\{>>((?:(?!<<\})[\s\S])*)<<\}/g, (_all, note: string) => noted('', note));
}

function noted(about: string, note: string): string {
	return `<span data-note="${encodeAttribute(note.trim())}">${about}</span>`;
}
