/**
 * The little XML that an office file needs: elements under their local names. No document type, so no entities of its own
 * and nothing from elsewhere is ever fetched; depth and number of elements are bounded.
 */
import { ImportRefusal } from '../refusal.ts';

export type XmlElement = { name: string; attrs: Readonly<Record<string, string>>; children: (XmlElement | string)[] };

export const xmlLimits = { depth: 200, elements: 2_000_000 };

const token =
	/<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<(\/?)([^\s<>/!?]+)((?:\s+[^\s=<>/]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/y;
const attribute = /([^\s=<>/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** @throws ImportRefusal `broken`, `too-large`, `too-deep` */
export function parseXml(bytes: Uint8Array): XmlElement {
	const source = decode(bytes);
	const root: XmlElement = { name: '', attrs: {}, children: [] };
	const open: XmlElement[] = [root];
	let elements = 0;
	for (token.lastIndex = 0; token.lastIndex < source.length;) {
		const match = token.exec(source);
		if (!match) throw new ImportRefusal('broken');
		const [, cdata, closes, name, attributes, empty, text] = match;
		const parent = open.at(-1) as XmlElement;
		if (cdata !== undefined) parent.children.push(cdata);
		else if (text !== undefined) parent.children.push(unescape(text));
		else if (name === undefined) continue;
		else if (closes) {
			if (open.length < 2 || open.pop()?.name !== localName(name)) throw new ImportRefusal('broken');
		} else {
			if (++elements > xmlLimits.elements) throw new ImportRefusal('too-large');
			const element = { name: localName(name), attrs: attributesOf(attributes ?? ''), children: [] };
			parent.children.push(element);
			if (!empty) open.push(element);
			if (open.length > xmlLimits.depth) throw new ImportRefusal('too-deep');
		}
	}
	const found = childElements(root)[0];
	if (open.length !== 1 || !found) throw new ImportRefusal('broken');
	return found;
}

export function childElements(element: XmlElement, name?: string): XmlElement[] {
	return element.children.filter(
		(child): child is XmlElement => typeof child !== 'string' && (name === undefined || child.name === name),
	);
}

export function child(element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
	return path.reduce<XmlElement | undefined>((at, name) => (at ? childElements(at, name)[0] : undefined), element);
}

export function ownText(element: XmlElement): string {
	return element.children.filter((each): each is string => typeof each === 'string').join('');
}

function decode(bytes: Uint8Array): string {
	const wide =
		bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
	return new TextDecoder(wide).decode(bytes);
}

function localName(name: string): string {
	return name.slice(name.indexOf(':') + 1);
}

function attributesOf(source: string): Record<string, string> {
	const found: Record<string, string> = {};
	for (const [, name = '', double, single] of source.matchAll(attribute))
		found[localName(name)] = unescape(double ?? single ?? '');
	return found;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescape(text: string): string {
	return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex, decimal, name) => {
		if (name !== undefined) return entities[name] ?? whole;
		const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
		return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : '\ufffd';
	});
}

/** What XML cannot hold is left out. */
export function xmlText(text: string): string {
	return text
		.replace(/[^\P{Cc}\t\n\r\x7f-\x9f]|[\ufffe\uffff]|\p{Cs}/gu, '')
		.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign);
}
