/** Writes a body from a few marks of plain text, as the editor would: for texts that ship with the app. */
import * as Y from 'yjs';

/**
 * Appends paragraphs to a body. `# ` begins a heading, `- ` a list item; `**strong**`, `_em_` and `[text](https://…)`
 * inside.
 */
export function writeBody(doc: Y.Doc, root: string, lines: readonly string[]): void {
	doc.transact(() => doc.getXmlFragment(root).push(lines.map(toParagraph)));
}

type Paragraph = Y.XmlElement<Record<string, string | number>>;

function toParagraph(line: string): Y.XmlElement {
	const paragraph: Paragraph = new Y.XmlElement('paragraph');
	if (line.startsWith('# ')) paragraph.setAttribute('level', 2);
	if (line.startsWith('- ')) paragraph.setAttribute('list', 'bullet');
	const text = new Y.XmlText();
	text.applyDelta(toSpans(line.replace(/^[#-] /, '')));
	paragraph.insert(0, [text]);
	return paragraph as Y.XmlElement;
}

type Span = { insert: string; attributes?: Record<string, Record<string, string>> };

const marked = /\*\*(.+?)\*\*|_(.+?)_|\[(.+?)\]\((.+?)\)/g;

function toSpans(line: string): Span[] {
	const spans: Span[] = [];
	let at = 0;
	for (const match of line.matchAll(marked)) {
		if (match.index > at) spans.push({ insert: line.slice(at, match.index) });
		spans.push(toMarked(match));
		at = match.index + match[0].length;
	}
	if (at < line.length) spans.push({ insert: line.slice(at) });
	return spans;
}

function toMarked([, strong, em, text, href]: RegExpMatchArray): Span {
	if (strong !== undefined) return { insert: strong, attributes: { strong: {} } };
	if (em !== undefined) return { insert: em, attributes: { em: {} } };
	return { insert: text ?? '', attributes: { link: { href: href ?? '' } } };
}
