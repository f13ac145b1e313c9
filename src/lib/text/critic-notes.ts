/** The notes of CriticMarkup: `{>>Mara: Stimmt das?<<}`. What one person said is one note, answers follow at once. */
import type { FoundSign } from './critic-signs.ts';
import { wordAuthor, type ImportedComment } from './imported.ts';
import type { Importer } from './mark-tags.ts';
import { decodeReferences, encodeAttribute } from './tags.ts';

type Remark = { name: string; text: string };

/** Behind a name that would not be taken for one. */
const afterName = ':\u00a0';

export function noteToMarkdown({ name, text }: Remark): string {
	return `{>>${escaped(name).replace(/:/g, '&#58;')}${separator(name)}${escaped(text)}<<}`;
}

export function noteToHtml({ name, text }: Remark): string {
	return `{>>${encoded(name).replace(/:(?!$)/g, '&#58;')}${separator(name)}${encoded(text)}<<}`;
}

/** @returns null for what says nothing, or is no note */
export function readNote({ value, form }: FoundSign, { by, at }: Importer): ImportedComment['entries'][number] | null {
	const said = /^\{>>([\s\S]*)<<\}$/.exec(value)?.[1]?.trim();
	if (!said) return null;
	const decode = (source: string) => {
		const line = source.trim().replace(/[ \t]*[\r\n]+[ \t]*/g, ' ');
		return form === 'html' ? decodeReferences(line) : decodeMarkdown(line);
	};
	const [, before = '', sign = '', behind = ''] = /^([^:]{1,200}):([ \u00a0\n])([\s\S]+)$/.exec(said) ?? [];
	const name = decode(before);
	if (sign === '\u00a0' || (sign !== '' && isName(name))) return { by: wordAuthor(name), at, text: decode(behind) };
	return { by, at, text: decode(said) };
}

function separator(name: string): string {
	return isName(name) ? ': ' : afterName;
}

/** What begins many a note and is nobody. */
const nobodies =
	/^(?:Frage|Achtung|Hinweis|Anmerkung|Kommentar|Notiz|Vorschlag|Idee|Bitte|Wichtig|Besser|Oder|Also|Beispiel|Quelle|Question|Note|Comment|Idea|Suggestion|Please|Important|Better|Source|Example|Warning|Todo|TODO|FIXME|PS|NB)$/;

/** One to four words that begin like names do. */
function isName(text: string): boolean {
	const name = /^\p{Lu}[\p{L}\p{M}.’'-]*(?: (?:von|van|de|der|den|zu|af|av|\p{Lu}[\p{L}\p{M}.’'-]*)){0,3}$/u;
	return text.length <= 60 && name.test(text) && !nobodies.test(text);
}

function escaped(text: string): string {
	return text
		.replace(/[\\`*[\]<>&|~{}]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&')
		.replace(/^\s|\s$|\s(?=\s)|[^\P{Cc}\t]/gu, (sign) => `&#${sign.codePointAt(0)};`);
}

function encoded(text: string): string {
	return encodeAttribute(text).replace(/^\s|\s$|\s(?=\s)/gu, (sign) => `&#${sign.codePointAt(0)};`);
}

function decodeMarkdown(source: string): string {
	return source
		.split(/(\\[!-/:-@[-`{-~])/)
		.map((part, at) => (at % 2 === 1 ? part.slice(1) : decodeReferences(part)))
		.join('');
}
