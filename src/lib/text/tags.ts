/**
 * HTML taken apart into tags and text, without a browser: for what stands in Markdown. It never throws, builds no tree,
 * and what is no tag counts as text. White space of the source is told from white space that is written as a reference,
 * because only that is meant.
 */
export type Tag = { kind: 'open' | 'close'; name: string; attributes: Readonly<Record<string, string>> };
export type TagToken = Tag | { kind: 'text'; text: string };

const token = /<!--[\s\S]*?(?:-->|$)|<[?!][^>]*(?:>|$)|<(\/?)([a-z][a-z0-9-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>/gi;
const attribute = /([a-z_:][-a-z0-9_:.]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/gi;

/** Stands in for a sign that is no HTML, see `from-markdown.ts`. */
export const signTag = 'critic-sign';

/** Elements whose content is no text. */
const silent = /^(script|style|head|title|template|noscript|iframe|object|svg|math)$/;

export function toTokens(html: string): TagToken[] {
	const out: TagToken[] = [];
	let at = 0;
	let skipping: string | null = null;
	for (const match of html.matchAll(token)) {
		if (skipping === null) pushText(out, html.slice(at, match.index));
		at = match.index + match[0].length;
		const name = match[2]?.toLowerCase();
		if (name === undefined) continue;
		const closes = match[1] === '/';
		if (skipping !== null) {
			if (closes && name === skipping) skipping = null;
		} else if (!closes && silent.test(name)) skipping = name;
		else out.push({ kind: closes ? 'close' : 'open', name, attributes: closes ? {} : attributesOf(match[3] ?? '') });
	}
	if (skipping === null) pushText(out, html.slice(at));
	return out;
}

function pushText(out: TagToken[], source: string): void {
	if (source !== '') out.push({ kind: 'text', text: decodeReferences(source.replace(/[ \t\r\n\f]+/g, ' ')) });
}

function attributesOf(source: string): Record<string, string> {
	const found: Record<string, string> = {};
	for (const [, name = '', double, single, bare] of source.matchAll(attribute)) {
		found[name.toLowerCase()] = decodeReferences(double ?? single ?? bare ?? '');
	}
	return found;
}

const named: Readonly<Record<string, string>> = {
	...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0', shy: '\u00ad', ndash: '–', mdash: '—' },
	...{ auml: 'ä', ouml: 'ö', uuml: 'ü', Auml: 'Ä', Ouml: 'Ö', Uuml: 'Ü', szlig: 'ß', euro: '€', sect: '§' },
	...{ bdquo: '„', ldquo: '“', rdquo: '”', sbquo: '‚', lsquo: '‘', rsquo: '’', hellip: '…', bull: '•' },
};

export function decodeReferences(source: string): string {
	return source.replace(/&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|([a-z]+));/gi, (whole, hex, decimal, name) => {
		if (name !== undefined) return Object.hasOwn(named, name) ? (named[name] ?? whole) : whole;
		const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
		const valid = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
		return valid ? String.fromCodePoint(code) : '\ufffd';
	});
}

/** Text for between tags; white space that would be lost, and what Markdown could see in it, as references. */
export function encodeText(text: string): string {
	return text
		.replace(/[&<>{}]/g, reference)
		.replace(/^ | $| (?= )|\ufeff|[^\P{Cc}\n]/gu, reference)
		.replace(/\n/g, '<br>');
}

export function encodeAttribute(value: string): string {
	return value.replace(/[&<>"{}]|\p{Cc}/gu, reference);
}

function reference(sign: string): string {
	const names: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
	return names[sign] ?? `&#${sign.codePointAt(0)};`;
}

export function openTag(name: string, attributes: Readonly<Record<string, string>> = {}): string {
	const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${encodeAttribute(value)}"`);
	return `<${name}${given.join('')}>`;
}
