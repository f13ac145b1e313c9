/** What an import brings, whatever the file was: articles of blocks, and what was said about parts of them. */
import type { RichNode } from '#lib/documents/rich-body.ts';

export type ImportedSection = {
	/** Empty when the text begins without one. */
	title: string;
	blocks: RichNode[];
};

/** Of one thread: the first entry began it. */
export type ImportedComment = {
	/** The one in the marks of the text. */
	id: string;
	quote: string;
	resolved: boolean;
	entries: { by: string; at: number; text: string }[];
};

export type Imported = { sections: ImportedSection[]; comments: ImportedComment[] };

/** How a person who is not one of ours stands in a mark: the text says where the name is from. */
export function wordAuthor(name: string): string {
	return `word:${name.trim() || '?'}`.slice(0, 64);
}

/** Readers of files give a title the attribute `title`, which no body holds: here it becomes the beginning of a section. */
export function toSections(blocks: readonly RichNode[], titleOf: (block: RichNode) => string): ImportedSection[] {
	const sections: ImportedSection[] = [];
	for (const block of blocks) {
		if (block.attrs.title === true) sections.push({ title: titleOf(block).replace(/\s+/g, ' ').trim(), blocks: [] });
		else {
			if (sections.length === 0) sections.push({ title: '', blocks: [] });
			sections.at(-1)?.blocks.push(block);
		}
	}
	return sections;
}

/** All of it as one text: titles become headings, and the headings below them go one step down. */
export function toOneText(sections: readonly ImportedSection[]): RichNode[] {
	const titled = sections.some(({ title }) => title !== '');
	return sections.flatMap(({ title, blocks }) => [
		...(title === '' ? [] : [{ name: 'paragraph', attrs: { level: 1 }, content: [{ text: title, marks: [] }] }]),
		...(titled ? blocks.map(lower) : blocks),
	]);
}

function lower(block: RichNode): RichNode {
	const { level } = block.attrs;
	return typeof level === 'number' ? { ...block, attrs: { ...block.attrs, level: Math.min(3, level + 1) } } : block;
}
