/**
 * Every text in a document, whatever its kind, as plain lines in the order in which they stand: for a file that somebody
 * takes along when the app no longer shows it to them. Knows no shapes, so that nothing is left out because it is new.
 */
import * as Y from 'yjs';

/** What all shared types have inside, whichever they are. */
type Shared = { _start: Y.Item | null; _map: Map<string, Y.Item> };

/** @param update the whole document; one that does not apply has no lines */
export function textLinesOf(update: Uint8Array): string[] {
	const doc = new Y.Doc();
	try {
		Y.applyUpdate(doc, update);
		return [...doc.share.keys()].sort().flatMap((root) => linesOf(doc.share.get(root) as Shared));
	} catch {
		return [];
	} finally {
		doc.destroy();
	}
}

function linesOf(type: Shared): string[] {
	const lines: string[] = [];
	let line = '';
	const end = () => {
		if (line.trim() !== '') lines.push(line.trim());
		line = '';
	};
	for (let item = type._start; item !== null; item = item.right) {
		if (item.deleted) continue;
		if (item.content instanceof Y.ContentString) line += item.content.str;
		else if (item.content instanceof Y.ContentType && item.content.type instanceof Y.XmlText) {
			line += linesOf(item.content.type).join('\n');
		} else if (item.content instanceof Y.ContentType && type instanceof Y.XmlText) {
			// What stands among words says something under its keys only.
			line += valueLines(item.content.type._map.get('text')).join('');
		} else if (item.content instanceof Y.ContentType) {
			end();
			lines.push(...linesOf(item.content.type));
		}
	}
	end();
	// What stands under a key of an element is how it looks, not what it says.
	if (type instanceof Y.XmlElement) return lines;
	return [...lines, ...[...type._map.keys()].sort().flatMap((key) => valueLines(type._map.get(key)))];
}

function valueLines(item: Y.Item | undefined): string[] {
	if (!item || item.deleted) return [];
	if (item.content instanceof Y.ContentType) return linesOf(item.content.type);
	return item.content.getContent().filter((value): value is string => typeof value === 'string' && isWords(value));
}

/** Ids, times, words of the code and places in an order are no text that somebody would miss. */
function isWords(value: string): boolean {
	return /\s/.test(value.trim()) || /^\p{Lu}\p{Ll}+/u.test(value);
}
