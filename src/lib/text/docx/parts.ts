/** The parts of a Word file around its text, read: links, numbering, styles, comments and notes. */
import { ImportRefusal } from '../refusal.ts';
import { child, childElements, parseXml, type XmlElement } from './xml.ts';

export type DocxParts = {
	body: XmlElement;
	/** Relationship id → address, of links. */
	links: ReadonlyMap<string, string>;
	/** Numbering id → level → how it is marked. */
	numbering: ReadonlyMap<string, readonly ListMark[]>;
	/** Style id → what it makes of a paragraph or text. */
	styles: ReadonlyMap<string, DocxStyle>;
	comments: readonly DocxComment[];
	/** `footnote 2` → its content. */
	notes: ReadonlyMap<string, XmlElement>;
};

export type ListMark = 'bullet' | 'ordered' | 'open' | 'done' | null;
/** `heading`: 0 for a title. */
export type DocxStyle = { heading: number | null; numId: string | null; strong: boolean; em: boolean; hidden: boolean };
export type DocxComment = {
	id: string;
	author: string;
	date: string;
	element: XmlElement;
	paraId: string;
	parent: string | null;
	done: boolean;
};

export const wantedParts =
	/^word\/(document|comments|commentsExtended|numbering|styles|footnotes|endnotes|_rels\/document\.xml)(\.xml|\.rels)$/;

/** @throws ImportRefusal */
export function readParts(files: ReadonlyMap<string, Uint8Array>): DocxParts {
	const xml = (name: string) => {
		const bytes = files.get(`word/${name}`);
		return bytes ? parseXml(bytes) : undefined;
	};
	const body = child(xml('document.xml'), 'body');
	if (!body) throw new ImportRefusal(files.has('word/document.xml') ? 'broken' : 'not-known');
	return {
		body,
		links: readLinks(xml('_rels/document.xml.rels')),
		numbering: readNumbering(xml('numbering.xml')),
		styles: readStyles(xml('styles.xml')),
		comments: readComments(xml('comments.xml'), xml('commentsExtended.xml')),
		notes: new Map([...readNotes('footnote', xml('footnotes.xml')), ...readNotes('endnote', xml('endnotes.xml'))]),
	};
}

export function valueOf(element: XmlElement | undefined, ...path: readonly string[]): string | undefined {
	return child(element, ...path)?.attrs.val;
}

/** Whether a property such as bold is on: it is unless it says otherwise. */
export function isOn(element: XmlElement | undefined): boolean {
	return element !== undefined && !/^(0|false|off|none)$/i.test(element.attrs.val ?? '1');
}

function readLinks(root: XmlElement | undefined): Map<string, string> {
	const all = root ? childElements(root, 'Relationship') : [];
	const links = all.filter(({ attrs }) => /\/hyperlink$/.test(attrs.Type ?? '') && attrs.TargetMode === 'External');
	return new Map(links.map(({ attrs }) => [attrs.Id ?? '', attrs.Target ?? '']));
}

function readNumbering(root: XmlElement | undefined): Map<string, ListMark[]> {
	if (!root) return new Map();
	const abstract = new Map(
		childElements(root, 'abstractNum').map((each) => [
			each.attrs.abstractNumId ?? '',
			childElements(each, 'lvl').map(listMark),
		]),
	);
	return new Map(
		childElements(root, 'num').map((num) => [
			num.attrs.numId ?? '',
			abstract.get(valueOf(num, 'abstractNumId') ?? '') ?? [],
		]),
	);
}

function listMark(level: XmlElement): ListMark {
	const format = valueOf(level, 'numFmt');
	const text = valueOf(level, 'lvlText') ?? '';
	if (format === 'none') return null;
	if (format !== 'bullet') return 'ordered';
	return /[☐□❏]/.test(text) ? 'open' : /[☑☒✓✔]/.test(text) ? 'done' : 'bullet';
}

function readStyles(root: XmlElement | undefined): Map<string, DocxStyle> {
	const all = root ? childElements(root, 'style') : [];
	const byId = new Map(all.map((style) => [style.attrs.styleId ?? '', style]));
	return new Map([...byId].map(([id, style]) => [id, styleOf(style, byId)]));
}

function styleOf(style: XmlElement, all: ReadonlyMap<string, XmlElement>): DocxStyle {
	const found: DocxStyle = { heading: null, numId: null, strong: false, em: false, hidden: false };
	const seen = new Set<XmlElement>();
	for (let at: XmlElement | undefined = style; at && !seen.has(at); at = all.get(valueOf(at, 'basedOn') ?? '')) {
		seen.add(at);
		found.heading ??= headingOf(at);
		found.numId ??= valueOf(at, 'pPr', 'numPr', 'numId') ?? null;
		if (at.attrs.type === 'character') {
			found.strong ||= isOn(child(at, 'rPr', 'b'));
			found.em ||= isOn(child(at, 'rPr', 'i'));
			found.hidden ||= isOn(child(at, 'rPr', 'vanish'));
		}
	}
	return found;
}

function headingOf(style: XmlElement): number | null {
	const name = (valueOf(style, 'name') ?? '').toLowerCase();
	if (name === 'title') return 0;
	const level = /^(?:heading|überschrift) ([1-9])$/.exec(name)?.[1];
	if (level !== undefined) return Number(level);
	const outline = Number(valueOf(style, 'pPr', 'outlineLvl') ?? Number.NaN);
	return outline >= 0 && outline < 9 ? outline + 1 : null;
}

function readComments(root: XmlElement | undefined, extended: XmlElement | undefined): DocxComment[] {
	const more = new Map(
		(extended ? childElements(extended, 'commentEx') : []).map(({ attrs }) => [attrs.paraId ?? '', attrs]),
	);
	return (root ? childElements(root, 'comment') : []).map((element) => {
		const paraId = childElements(element, 'p').at(-1)?.attrs.paraId ?? '';
		const { paraIdParent = null, done = '0' } = more.get(paraId) ?? {};
		const { id = '', author = '', date = '' } = element.attrs;
		return { id, author, date, element, paraId, parent: paraIdParent, done: done === '1' };
	});
}

function readNotes(kind: 'footnote' | 'endnote', root: XmlElement | undefined): [string, XmlElement][] {
	const all = root ? childElements(root, kind) : [];
	return all.filter(({ attrs }) => attrs.type === undefined).map((note) => [`${kind} ${note.attrs.id ?? ''}`, note]);
}
