/** What stands within a line of a Word file: text with its marks, tracked changes, links, comments, notes. */
import { orderedMarks, type RichChild, type RichMark } from '#lib/documents/rich-body.ts';
import { safeHref } from '#lib/domain/href.ts';
import { formatChanges, meant, type Authored, type Format } from '../block-suggestion.ts';
import { placeOf, wordAuthor } from '../imported.ts';
import type { Importer } from '../mark-tags.ts';
import { isOn, valueOf, type DocxParts } from './parts.ts';
import { child, childElements, ownText, type XmlElement } from './xml.ts';

type Note = { number: number; element: XmlElement | undefined };
type Field = { instruction: string; href: string | null; result: boolean };

export class RunReader {
	readonly #parts: DocxParts;
	readonly #importer: Importer;
	/** Of the file → of ours. */
	readonly #commentIds = new Map<string, string>();
	readonly #replies: ReadonlySet<string>;
	readonly #inComment = new Set<string>();
	/** Comments that have words. */
	readonly #worded = new Set<string>();
	readonly #fields: Field[] = [];
	#notes: Note[] = [];
	#noted = 0;
	#boxes: XmlElement[] = [];
	/** How many were come across. */
	pictures = 0;
	/** Whether any text was. */
	hidden = false;

	constructor(parts: DocxParts, importer: Importer) {
		this.#parts = parts;
		this.#importer = importer;
		const known = new Set(parts.comments.map(({ paraId }) => paraId));
		this.#replies = new Set(
			parts.comments.filter(({ parent }) => parent !== null && known.has(parent)).map(({ id }) => id),
		);
	}

	read(element: XmlElement): RichChild[] {
		const out: RichChild[] = [];
		this.#walkAll(element, [], out);
		return out;
	}

	/** Text boxes that hung on what was read: their paragraphs follow behind. */
	takeBoxes(): XmlElement[] {
		const boxes = this.#boxes;
		this.#boxes = [];
		return boxes;
	}

	takeNotes(): Note[] {
		const notes = this.#notes;
		this.#notes = [];
		return notes;
	}

	commentId(id: string): string {
		const found = this.#commentIds.get(id) ?? this.#importer.newId();
		this.#commentIds.set(id, found);
		return found;
	}

	authored({ attrs }: XmlElement): Authored {
		const time = Date.parse(attrs.date ?? '');
		const at = Number.isSafeInteger(time) && time >= 0 ? time : this.#importer.at;
		return { by: wordAuthor(attrs.author ?? ''), at, id: this.#importer.newId() };
	}

	#walkAll(parent: XmlElement, marks: readonly RichMark[], out: RichChild[]): void {
		for (const element of childElements(parent)) this.#walk(element, marks, out);
	}

	#walk(element: XmlElement, marks: readonly RichMark[], out: RichChild[]): void {
		switch (element.name) {
			case 'pPr':
			case 'rPr':
			case 'sdtPr':
			case 'Choice':
			case 'instrText':
			case 'delInstrText':
				if (element.name === 'instrText') this.#instruct(ownText(element));
				return;
			case 'r':
				return this.#run(element, marks, out);
			case 'ins':
			case 'moveTo':
				return this.#walkAll(element, [...marks, { type: 'ins', attrs: this.authored(element) }], out);
			case 'del':
			case 'moveFrom':
				return this.#walkAll(element, [...marks, { type: 'del', attrs: this.authored(element) }], out);
			case 'hyperlink':
				return this.#walkAll(element, this.#linked(marks, this.#parts.links.get(element.attrs.id ?? '') ?? ''), out);
			case 'fldSimple':
				return this.#walkAll(element, this.#linked(marks, hrefOf(element.attrs.instr ?? '')), out);
			case 'fldChar':
				return this.#field(element.attrs.fldCharType);
			case 'commentRangeStart':
				if (!this.#replies.has(element.attrs.id ?? '')) this.#inComment.add(this.commentId(element.attrs.id ?? ''));
				return;
			case 'commentRangeEnd':
				this.#inComment.delete(this.commentId(element.attrs.id ?? ''));
				return;
			case 'commentReference':
				return this.#place(element.attrs.id ?? '', out);
			case 'footnoteReference':
			case 'endnoteReference':
				return this.#note(element, marks, out);
			case 'blip':
			case 'imagedata':
				this.pictures++;
				return;
			case 'txbxContent':
				this.#boxes.push(element);
				return;
			default:
				return this.#leaf(element, marks, out);
		}
	}

	/** Of hidden text nothing is read but where a field begins and ends. */
	#run(element: XmlElement, marks: readonly RichMark[], out: RichChild[]): void {
		if (!this.#isHidden(child(element, 'rPr'))) return this.#walkAll(element, this.#runMarks(element, marks), out);
		for (const part of childElements(element))
			if (/^(fldChar|instrText)$/.test(part.name)) this.#walk(part, marks, out);
		this.hidden ||= /\S/.test(hiddenText(element));
	}

	#isHidden(properties: XmlElement | undefined): boolean {
		const own = child(properties, 'vanish');
		return own ? isOn(own) : (this.#parts.styles.get(valueOf(properties, 'rStyle') ?? '')?.hidden ?? false);
	}

	#leaf(element: XmlElement, marks: readonly RichMark[], out: RichChild[]): void {
		const text = leafText(element);
		if (text === null) return this.#walkAll(element, marks, out);
		if (text === '' || this.#fields.some(({ result }) => !result)) return;
		const href = this.#fields.findLast((field) => field.href !== null)?.href ?? null;
		const linked = href === null ? marks : this.#linked(marks, href);
		for (const id of this.#inComment) this.#worded.add(id);
		const comments = [...this.#inComment].map((id): RichMark => ({ type: 'comment', attrs: { id } }));
		out.push({ text, marks: orderedMarks(meant([...linked, ...comments])) });
	}

	/** A comment about no words is where it was put. */
	#place(id: string, out: RichChild[]): void {
		const known = this.#parts.comments.some((comment) => comment.id === id);
		if (known && !this.#replies.has(id) && !this.#worded.has(this.commentId(id))) out.push(placeOf(this.commentId(id)));
	}

	#runMarks(run: XmlElement, marks: readonly RichMark[]): readonly RichMark[] {
		const properties = child(run, 'rPr');
		if (!properties) return marks;
		const now = this.#format(properties);
		const change = child(properties, 'rPrChange');
		const own: RichMark[] = Object.entries(now).flatMap(([type, on]) => (on ? [{ type, attrs: {} }] : []));
		if (isOn(child(properties, 'strike')) || isOn(child(properties, 'dstrike'))) {
			own.push({ type: 'del', attrs: { by: this.#importer.by, at: this.#importer.at, id: this.#importer.newId() } });
		}
		if (change) {
			own.push(...formatChanges(() => this.authored(change), this.#format(child(change, 'rPr')), now));
		}
		return [...marks, ...own];
	}

	#format(properties: XmlElement | undefined): Format {
		const style = this.#parts.styles.get(valueOf(properties, 'rStyle') ?? '');
		const bold = child(properties, 'b');
		const italic = child(properties, 'i');
		return {
			strong: bold ? isOn(bold) : (style?.strong ?? false),
			em: italic ? isOn(italic) : (style?.em ?? false),
		};
	}

	#linked(marks: readonly RichMark[], href: string): readonly RichMark[] {
		return safeHref(href) === null ? marks : [...marks, { type: 'link', attrs: { href } }];
	}

	#field(type: string | undefined): void {
		const last = this.#fields.at(-1);
		if (type === 'begin') this.#fields.push({ instruction: '', href: null, result: false });
		else if (type === 'separate' && last) {
			last.result = true;
			last.href = hrefOf(last.instruction) || null;
		} else if (type === 'end') this.#fields.pop();
	}

	#instruct(text: string): void {
		const last = this.#fields.at(-1);
		if (last) last.instruction += text;
	}

	#note(element: XmlElement, marks: readonly RichMark[], out: RichChild[]): void {
		const number = ++this.#noted;
		this.#notes.push({
			number,
			element: this.#parts.notes.get(`${element.name.replace('Reference', '')} ${element.attrs.id ?? ''}`),
		});
		out.push({ text: `[${number}]`, marks: orderedMarks(marks) });
	}
}

/** The address in a field's instruction; empty for another field. */
function hrefOf(instruction: string): string {
	return /^\s*HYPERLINK\s+"([^"]*)"/i.exec(instruction)?.[1] ?? '';
}

function hiddenText(element: XmlElement): string {
	return leafText(element) ?? childElements(element).map(hiddenText).join('');
}

/** @returns null for what holds other elements */
function leafText(element: XmlElement): string | null {
	switch (element.name) {
		case 't':
		case 'delText':
			return ownText(element);
		case 'br':
		case 'cr':
			return element.attrs.type === 'page' || element.attrs.type === 'column' ? '' : '\n';
		case 'tab':
		case 'ptab':
			return '\t';
		case 'noBreakHyphen':
			return '\u2011';
		case 'softHyphen':
			return '\u00ad';
		case 'sym':
			return symbolOf(element.attrs.char);
		case 'docPr':
			return pictureText(element.attrs.descr || element.attrs.title);
	}
	return null;
}

function pictureText(said: string | undefined): string {
	return said ? `[${said}]` : '';
}

/** Symbol fonts have theirs in the private area: what they show cannot be known. */
function symbolOf(char: string | undefined): string {
	const code = Number.parseInt(char ?? '', 16);
	return code > 0 && code <= 0xffff && (code < 0xe000 || code > 0xf8ff) ? String.fromCharCode(code) : '•';
}
