/** Articles as a file: Word, Markdown, a web page, or plain text. */
import type { RichNode } from '#lib/documents/rich-body.ts';
import { textToDocx } from './docx/to-docx.ts';
import { sectionsToHtml, sectionsToText } from './to-html.ts';
import { blocksToMarkdown, headingToMarkdown } from './to-markdown.ts';

export type FileFormat = 'docx' | 'markdown' | 'html' | 'text';
/** `final`: as if all suggestions were accepted. */
export type FileStyle = 'final' | 'marks' | 'exact' | 'critic';

/** Plain data: it goes to a worker. */
export type TextToWrite = {
	format: FileFormat;
	style: FileStyle;
	language: 'de' | 'en';
	/** The whole text's title. */
	title: string;
	/** `loose`: comments that belong there and to no words of the text. */
	sections: readonly { title: string; blocks: readonly RichNode[]; loose?: readonly string[] }[];
	comments: readonly {
		id: string;
		resolved: boolean;
		entries: readonly { by: string; at: number; text: string }[];
	}[];
	/** How those are called who stand as `by`. */
	names: Readonly<Record<string, string>>;
};

export type WrittenFile = { content: string | Uint8Array; type: string; extension: string };

/** @param onprogress hears what part of it is written, from 0 to 1 */
export function writeTextFile(text: TextToWrite, onprogress: (done: number) => void = () => {}): WrittenFile {
	const { format, title, sections, language } = text;
	switch (format) {
		case 'docx':
			return writeWord(text, onprogress);
		case 'markdown':
			return writeMarkdown(text, onprogress);
		case 'html':
			return { content: sectionsToHtml(title, sections, language), type: 'text/html', extension: 'html' };
		case 'text':
			return { content: sectionsToText(title, sections), type: 'text/plain', extension: 'txt' };
	}
}

function writeWord(text: TextToWrite, onprogress: (done: number) => void): WrittenFile {
	const { title, sections, comments, style, language } = text;
	const content = textToDocx({
		title,
		sections,
		comments: style === 'final' ? [] : comments,
		nameOf: (by) => nameOf(text, by),
		language: language === 'de' ? 'de-DE' : 'en-GB',
		onblock: counter(text, onprogress),
	});
	return {
		content,
		type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
		extension: 'docx',
	};
}

function writeMarkdown(text: TextToWrite, onprogress: (done: number) => void): WrittenFile {
	const { sections, comments, style } = text;
	const words = new Map(
		comments.map(({ id, entries }) => [
			id,
			entries.map((entry) => ({ name: nameOf(text, entry.by), text: entry.text })),
		]),
	);
	const onblock = counter(text, onprogress);
	const parts = sections.flatMap(({ title, blocks, loose }) => [
		// Of several articles one without a title begins too.
		title === '' && sections.length === 1 ? '' : headingToMarkdown(title),
		blocksToMarkdown(blocks, {
			flavour: style === 'final' ? 'clean' : style,
			commentWords: (id) => words.get(id) ?? [],
			onblock,
			...(style === 'critic' && loose ? { loose } : {}),
		}),
	]);
	return { content: parts.filter(Boolean).join('\n'), type: 'text/markdown', extension: 'md' };
}

/** Whom only a file named is called as there. */
function nameOf({ names }: TextToWrite, by: string): string {
	return by.startsWith('word:') ? by.slice(5) : (names[by] ?? '');
}

function counter({ sections }: TextToWrite, onprogress: (done: number) => void): () => void {
	const all = sections.reduce((sum, { blocks }) => sum + blocks.length, 0);
	let done = 0;
	return () => {
		if (++done % 50 === 0) onprogress(done / all);
	};
}
