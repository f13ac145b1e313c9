/** What an import brings, whatever the file was: articles of blocks, and what was said about parts of them. */
import { commentLimits } from '#lib/documents/talks.ts';
import { isText, paragraph, textOf, type RichNode, type RichText } from '#lib/documents/rich-body.ts';
import { breaksIn } from './block-suggestion.ts';
import { withPlaces } from './comment-places.ts';
import { importLimits, ImportRefusal } from './refusal.ts';

export type ImportedSection = {
	/** Empty when the text begins without one. */
	title: string;
	/** The title with what is suggested in it, where something is: a text can hold that, the title of an article cannot. */
	heading?: RichNode;
	blocks: RichNode[];
	/** Comments that belong here and to no words of the text. */
	loose?: string[];
};

type Entry = { by: string; at: number; text: string };

/** Of one thread: the first entry began it. */
export type ImportedComment = {
	/** The one in the marks of the text. */
	id: string;
	quote: string;
	resolved: boolean;
	entries: Entry[];
};

/** What a file has and no text here can hold. */
export type Missing = {
	pictures: number;
	/** Whether there was hidden text. */
	hidden: boolean;
	/** Of tables, tracked as inserted or struck as such: only their words are suggested. */
	rows: number;
};

export type Imported = Missing & {
	sections: ImportedSection[];
	comments: ImportedComment[];
	importedBy: string;
};

/** How a person who is not one of ours stands in a mark: the text says where the name is from. */
export function wordAuthor(name: string): string {
	return `word:${name.trim() || '?'}`.slice(0, 64);
}

/** A comment that has no words of its own, among the content of a paragraph, until `toImported` finds it some. */
export function placeOf(id: string): RichNode {
	return { name: 'place', attrs: { id }, content: [] };
}

/**
 * What a reader of files found, as articles. It gives a title the attribute `title`, which no body holds: `true` for an
 * article's, `whole` for that of the whole text.
 * @throws ImportRefusal `too-long`
 */
export function toImported(
	blocks: readonly RichNode[],
	comments: readonly ImportedComment[],
	importedBy: string,
	{ pictures = 0, hidden = false, rows = 0 }: Partial<Missing>,
): Imported {
	checkLength(blocks, comments);
	const sections = toSections(blocks).map(withPlaces);
	if (sections.length > importLimits.articles) throw new ImportRefusal('too-long');
	const quotes = new Map<string, string>();
	for (const { heading, blocks } of sections)
		for (const block of heading ? [heading, ...blocks] : blocks) quote(block, quotes);
	const [first] = sections;
	const loose = new Set(sections.flatMap(({ loose = [] }) => loose));
	const nowhere = comments.flatMap(({ id }) => (quotes.has(id) || loose.has(id) ? [] : id));
	if (first && nowhere.length > 0) first.loose = [...(first.loose ?? []), ...nowhere];
	return {
		sections,
		importedBy,
		pictures,
		hidden,
		rows,
		comments: comments.map((comment) => ({
			...comment,
			quote: (quotes.get(comment.id) ?? comment.quote).slice(0, commentLimits.quote),
			entries: comment.entries.flatMap(inParts),
		})),
	};
}

function checkLength(blocks: readonly RichNode[], comments: readonly ImportedComment[]): void {
	let paragraphs = 0;
	let characters = comments.flatMap(({ entries }) => entries).reduce((sum, { text }) => sum + text.length, 0);
	const count = (node: RichNode): void => {
		if (node.name === 'paragraph') paragraphs++;
		for (const child of node.content) {
			if (isText(child)) characters += child.text.length;
			else count(child);
		}
	};
	blocks.forEach(count);
	if (characters > importLimits.characters || paragraphs > importLimits.paragraphs) throw new ImportRefusal('too-long');
}

/** One remark holds so much; what is longer goes on in the next. */
export function inParts(entry: Entry): Entry[] {
	const count = Math.max(1, Math.ceil(entry.text.length / commentLimits.text));
	return Array.from({ length: count }, (_, at) => ({
		...entry,
		text: entry.text.slice(at * commentLimits.text, (at + 1) * commentLimits.text),
	}));
}

/** `before`: what stands above the first title. */
type Titled = ImportedSection & { kind: 'article' | 'whole' | 'before' };

function toSections(blocks: readonly RichNode[]): ImportedSection[] {
	const sections: Titled[] = [];
	for (const block of blocks) {
		if (block.attrs.title !== undefined) {
			const loose = [...commentsIn(block)];
			const heading = headingOf(block);
			sections.push({
				title: titleOf(block),
				...(heading ? { heading } : {}),
				blocks: [],
				kind: block.attrs.title === 'whole' ? 'whole' : 'article',
				...(loose.length > 0 ? { loose } : {}),
			});
		} else {
			if (sections.length === 0) sections.push({ title: '', blocks: [], kind: 'before' });
			sections.at(-1)?.blocks.push(block);
		}
	}
	while (isNoArticle(sections[0], sections[1])) {
		const [dropped, next] = [sections.shift(), sections[0]];
		const loose = [...(dropped?.loose ?? []), ...(dropped?.blocks ?? []).flatMap((block) => [...commentsIn(block)])];
		if (next && loose.length > 0) next.loose = [...loose, ...(next.loose ?? [])];
	}
	return sections.map(({ kind: _kind, ...section }) => section);
}

/** A title holds no suggestions: it reads as it will when they are accepted, but is never lost as a whole. */
function titleOf(block: RichNode): string {
	const agreed = block.content.map((child) => {
		const has = (name: string) => isText(child) && child.marks.some(({ type }) => type === name);
		return has('del') ? '' : has('brk') ? ' ' : textOf(child);
	});
	const line = (text: string) => text.replace(/\s+/g, ' ').trim();
	return line(agreed.join('')) || line(textOf(block));
}

/** Null where nothing is suggested in it. */
function headingOf({ content }: RichNode): RichNode | null {
	const suggests = content.some(
		(child) => isText(child) && child.marks.some(({ type }) => type === 'ins' || type === 'del'),
	);
	return suggests ? paragraph({ level: 1 }, content.filter(isText)) : null;
}

/** What stands above the first article without words of its own: the title of the whole, or empty lines. */
function isNoArticle(section: Titled | undefined, next: Titled | undefined): boolean {
	if (!section || !next || section.kind === 'article') return false;
	return section.blocks.every((block) => block.name === 'paragraph' && textOf(block).trim() === '');
}

/** The comments on the words of these articles, and those without words. */
export function commentsOf(sections: readonly ImportedSection[]): Set<string> {
	const found = new Set(sections.flatMap(({ loose = [] }) => loose));
	for (const { blocks } of sections) for (const block of blocks) commentsIn(block, found);
	return found;
}

function commentsIn(node: RichNode, found = new Set<string>()): Set<string> {
	for (const child of node.content) {
		if (isText(child)) for (const { type, attrs } of child.marks) if (type === 'comment') found.add(String(attrs.id));
		if (isText(child)) continue;
		if (child.name === 'place') found.add(String(child.attrs.id));
		else commentsIn(child, found);
	}
	return found;
}

/** As one reads it: a new line stands where a paragraph ends, or is suggested to. */
function quote(node: RichNode, quotes: Map<string, string>): void {
	const here = new Map<string, string>();
	for (const child of node.content) {
		if (!isText(child)) quote(child, quotes);
		else addWords(here, child);
	}
	for (const [id, words] of here) {
		const before = quotes.get(id);
		quotes.set(id, before === undefined ? words.replace(/\n+$/, '') : `${before}\n${words.replace(/\n+$/, '')}`);
	}
}

function addWords(quotes: Map<string, string>, given: RichText): void {
	const { text, marks } = given;
	const breaks = breaksIn(given);
	const about = marks.filter(({ type }) => type === 'comment').map(({ attrs }) => String(attrs.id));
	for (const id of about) quotes.set(id, (quotes.get(id) ?? '') + (breaks > 0 ? '' : text));
	// Files put no comment on a break, however far it goes on behind it.
	if (breaks > 0) for (const [id, words] of quotes) quotes.set(id, words + '\n'.repeat(breaks));
}

/** All of it as one text: titles become headings, with what is suggested in them, and the headings below them go one step down. */
export function toOneText(sections: readonly ImportedSection[]): RichNode[] {
	const titled = sections.some(({ title }) => title !== '');
	return sections.flatMap(({ title, heading = paragraph({ level: 1 }, [{ text: title, marks: [] }]), blocks }) => [
		...(title === '' ? [] : [heading]),
		...(titled ? blocks.map(lower) : blocks),
	]);
}

function lower(block: RichNode): RichNode {
	const { level } = block.attrs;
	return typeof level === 'number' ? { ...block, attrs: { ...block.attrs, level: Math.min(3, level + 1) } } : block;
}
