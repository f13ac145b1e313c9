/**
 * Articles as a Word file: suggestions as tracked changes with who and when, comments with their answers, lists,
 * headings, tables and links. Of several people's strikes on the same word, Word can hold one: the first.
 */
import type { RichNode } from '#lib/documents/rich-body.ts';
import { strToU8, zipSync } from 'fflate';
import { BodyWriter } from './body-writer.ts';
import {
	commentsExtendedXml,
	commentsXml,
	contentTypes,
	numberingXml,
	packageRels,
	relsXml,
	settingsXml,
	stylesXml,
} from './package-parts.ts';
import { xmlText } from './xml.ts';

export type DocxSection = {
	title: string;
	blocks: readonly RichNode[];
	/** Comments that belong here and to no words of the text. */
	loose?: readonly string[];
};
export type DocxThread = {
	id: string;
	resolved: boolean;
	entries: readonly { by: string; at: number; text: string }[];
};

export type DocxOptions = {
	/** The whole text's title; empty for none. */
	title: string;
	sections: readonly DocxSection[];
	comments: readonly DocxThread[];
	/** How a person is called; for what stands as `by`. */
	nameOf: (by: string) => string;
	language: 'de-DE' | 'en-GB';
	/** After each block. */
	onblock?: () => void;
};

export function textToDocx(options: DocxOptions): Uint8Array {
	const writer = new BodyWriter(options.comments, options.nameOf, options.onblock);
	if (options.title !== '') writer.styled('Title', options.title);
	for (const [at, { title, blocks, loose }] of options.sections.entries()) {
		// An article without a title begins too, behind another or behind the title of the whole.
		if (title !== '' || options.title !== '' || at > 0) writer.styled('Heading1', title);
		writer.write(blocks, loose);
	}
	const { comments, links, lists } = writer;
	const parts: Record<string, string> = {
		'[Content_Types].xml': contentTypes(comments.length > 0),
		'_rels/.rels': packageRels,
		'docProps/core.xml': coreXml(options.title || (options.sections[0]?.title ?? '')),
		'word/document.xml': writer.toXml(),
		'word/styles.xml': stylesXml(options.language),
		'word/settings.xml': settingsXml,
		'word/numbering.xml': numberingXml(lists),
		'word/_rels/document.xml.rels': relsXml(links, comments.length > 0),
	};
	if (comments.length > 0) {
		parts['word/comments.xml'] = commentsXml(comments);
		parts['word/commentsExtended.xml'] = commentsExtendedXml(comments);
	}
	return zipSync(Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(xml)])), {
		level: 6,
		mtime: '1980-01-01',
	});
}

function coreXml(title: string): string {
	return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${xmlText(title)}</dc:title></cp:coreProperties>`;
}
