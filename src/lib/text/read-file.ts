/** A file that somebody brings, by what it is: Word, Markdown, a web page, or plain text. */
import { paragraph, textOf, type RichNode } from '#lib/documents/rich-body.ts';
import { BlockBuilder } from './block-builder.ts';
import { docxToText, type DocxReadOptions } from './docx/from-docx.ts';
import { readMarkdown } from './from-markdown.ts';
import { readHtmlInto } from './html-blocks.ts';
import { toImported, type Imported } from './imported.ts';
import type { Importer } from './mark-tags.ts';
import { ImportRefusal } from './refusal.ts';
import { groupSuggestions } from './suggestion-groups.ts';

/** Bytes of a text; a Word file has bounds of its own. */
export const textLimit = 2_000_000;

export type NamedFile = { name: string; bytes: Uint8Array };

/** @throws ImportRefusal, and then nothing has happened */
export async function readTextFile(
	{ name, bytes }: NamedFile,
	importer: Importer,
	options: DocxReadOptions,
): Promise<Imported> {
	if (/\.(docm|dotm)$/i.test(name)) throw new ImportRefusal('macros');
	const isText = /\.(md|markdown|txt|text|html?)$/i.test(name);
	if (!isText) return docxToText(bytes, importer, options);
	// A page holds its pictures, too.
	if (bytes.length > textLimit) throw new ImportRefusal(/\.html?$/i.test(name) ? 'too-large' : 'too-long');
	const imported = read(name, decode(bytes), importer, options.onprogress);
	const { sections } = imported;
	if (sections.every(({ title, blocks }) => title === '' && blocks.every((block) => textOf(block).trim() === ''))) {
		throw new ImportRefusal('empty');
	}
	return imported;
}

function read(name: string, text: string, importer: Importer, onprogress?: (done: number) => void): Imported {
	const made = new Set<string>();
	const noting: Importer = { ...importer, newId: () => noted(made, importer.newId()) };
	const isMade = (id: string) => made.has(id);
	if (/\.(md|markdown)$/i.test(name)) {
		const { blocks, comments, pictures } = readMarkdown(text, noting, onprogress);
		return toImported(groupSuggestions(blocks, isMade), comments, importer.by, { pictures });
	}
	const { blocks, pictures } = blocksOf(name, text, noting);
	return toImported(groupSuggestions(blocks, isMade), [], importer.by, { pictures });
}

function noted(ids: Set<string>, id: string): string {
	ids.add(id);
	return id;
}

function blocksOf(name: string, text: string, importer: Importer): { blocks: RichNode[]; pictures: number } {
	if (/\.html?$/i.test(name)) {
		const builder = new BlockBuilder(importer);
		readHtmlInto(builder, text, {});
		return builder;
	}
	const lines = text.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n');
	const blocks = lines.map((line) =>
		paragraph({}, line === '' ? [] : [{ text: line.replace(/[^\P{Cc}\t]/gu, ''), marks: [] }]),
	);
	return { blocks, pictures: 0 };
}

/** @throws ImportRefusal `not-known` for what is no text */
function decode(bytes: Uint8Array): string {
	const wide = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
	const text = decodeAs(wide, bytes) ?? decodeAs('windows-1252', bytes);
	if (text === null) throw new ImportRefusal('not-known');
	return text;
}

/** Null where it is no text in that encoding. Older programs on Windows write the third of these. */
function decodeAs(encoding: 'utf-16le' | 'utf-8' | 'windows-1252', bytes: Uint8Array): string | null {
	try {
		const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
		const isText = encoding === 'windows-1252' ? !/[^\P{Cc}\t\r\n\f]/u.test(text) : !text.includes('\0');
		return isText ? text : null;
	} catch {
		return null;
	}
}
