/**
 * A note of CriticMarkup may hold empty lines; in Markdown an empty line ends whatever it stands in, and with it the note.
 * So before the text is read, such lines in a note are written as references, which is how we write them ourselves. A note
 * holds no beginning of another: a sign that somebody typed and never ended swallows nothing. What is code stays so.
 */
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';

/** What a line begins with in a quotation; a line is empty that has nothing else. */
const quoted = /^(?:[ \t]*>)*[ \t]*/;

type Range = { from: number; to: number };

export function withWholeNotes(source: string): string {
	const notes = notesIn(source).flatMap((range) => {
		const text = inOneParagraph(source.slice(range.from, range.to));
		return text === null ? [] : [{ ...range, text }];
	});
	if (notes.length === 0) return source;
	const code = codeIn(fromMarkdown(source).children);
	let out = '';
	let done = 0;
	for (const { from, to, text } of notes) {
		if (isEscaped(source, from) || code.some((range) => overlaps(range, { from, to }))) continue;
		out += source.slice(done, from) + text;
		done = to;
	}
	return out + source.slice(done);
}

/** @returns null for a note without an empty line */
function inOneParagraph(note: string): string | null {
	const lines = note.split(/\r?\n/);
	const isEmpty = (line: string) => line.replace(quoted, '') === '';
	if (!lines.some(isEmpty)) return null;
	const parts: string[][] = [[]];
	for (const line of lines) {
		if (!isEmpty(line)) parts.at(-1)?.push(parts.at(-1)?.length === 0 ? line.replace(quoted, '') : line);
		else if (parts.at(-1)?.length !== 0) parts.push([]);
	}
	return parts.map((part) => part.join('\n').trimEnd()).join('&#10;&#10;');
}

/** From each beginning of a note that no other follows before the end. */
function notesIn(source: string): Range[] {
	const found: Range[] = [];
	let from = source.indexOf('{>>');
	let end = source.indexOf('<<}');
	while (from >= 0) {
		if (end >= 0 && end < from) end = source.indexOf('<<}', from);
		if (end < 0) break;
		const next = source.indexOf('{>>', from + 3);
		if (next < 0 || next > end) found.push({ from, to: end + 3 });
		from = next;
	}
	return found;
}

function isEscaped(source: string, at: number): boolean {
	let before = at;
	while (source[before - 1] === '\\') before--;
	return (at - before) % 2 === 1;
}

function codeIn(nodes: readonly Nodes[]): Range[] {
	return nodes.flatMap((node): Range[] => {
		if ('children' in node) return codeIn(node.children);
		if (node.type !== 'code' && node.type !== 'inlineCode') return [];
		return [{ from: node.position?.start.offset ?? 0, to: node.position?.end.offset ?? 0 }];
	});
}

function overlaps(code: Range, note: Range): boolean {
	return (code.from <= note.from && note.from < code.to) || (code.from < note.to && note.to <= code.to);
}
