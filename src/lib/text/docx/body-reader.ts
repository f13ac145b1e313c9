/** Walks through a Word file's body, paragraph by paragraph. */
import { maxIndent } from '#lib/documents/body-gate.ts';
import {
	joined,
	orderedMarks,
	paragraph,
	textOf,
	type Attributes,
	type RichChild,
	type RichMark,
	type RichNode,
} from '#lib/documents/rich-body.ts';
import { formOf } from '#lib/documents/suggestion.ts';
import { meant, withChanges, writeAuthored, writeChange } from '../block-suggestion.ts';
import { wordAuthor, type ImportedComment, type Missing } from '../imported.ts';
import type { Importer } from '../mark-tags.ts';
import { groupEnded, type Ended, type Ending } from '../suggestion-groups.ts';
import { RunReader } from './run-reader.ts';
import { countTrackedRows, readTable } from './table-reader.ts';
import { isOn, valueOf, type DocxComment, type DocxParts } from './parts.ts';
import { child, childElements, type XmlElement } from './xml.ts';

/** Elements that only stand around others. */
const wrappers = /^(sdt|sdtContent|customXml|smartTag|ins|moveTo|del|moveFrom|AlternateContent|Fallback)$/;

export class BodyReader {
	readonly #parts: DocxParts;
	readonly #importer: Importer;
	readonly #runs: RunReader;
	#trackedRows = 0;

	readonly #onprogress: (done: number) => void;

	/** @param onprogress hears what part of the body is read, from 0 to 1 */
	constructor(parts: DocxParts, importer: Importer, onprogress: (done: number) => void = () => {}) {
		this.#onprogress = onprogress;
		this.#parts = parts;
		this.#importer = importer;
		this.#runs = new RunReader(parts, importer);
	}

	/** Of what was read. */
	get missing(): Missing {
		const { pictures, hidden } = this.#runs;
		return { pictures, hidden, rows: this.#trackedRows };
	}

	readAll(): RichNode[] {
		const blocks = this.readBlocks(this.#parts.body);
		for (const note of this.#runs.takeNotes()) {
			const content = note.element ? this.readBlocks(note.element) : [];
			blocks.push(paragraph({}, [{ text: `[${note.number}] ${content.map(textOf).join(' ').trim()}`, marks: [] }]));
		}
		return blocks;
	}

	readBlocks(parent: XmlElement): RichNode[] {
		const out: Ended[] = [];
		this.#collect(parent, out);
		return this.#marksBetween(groupEnded(out, () => true));
	}

	#collect(parent: XmlElement, out: Ended[]): void {
		const none = { ins: null, del: null };
		const elements = childElements(parent);
		for (const [at, element] of elements.entries()) {
			if (parent === this.#parts.body && at % 50 === 49) this.#onprogress(at / elements.length);
			if (element.name === 'p') {
				out.push({ block: this.#paragraph(element), mark: this.#markOf(element) });
				for (const box of this.#runs.takeBoxes()) this.#collect(box, out);
			} else if (element.name === 'tbl') {
				this.#trackedRows += countTrackedRows(element);
				out.push({ block: readTable(element, (cell) => this.readBlocks(cell)), mark: none });
			} else if (wrappers.test(element.name)) this.#collect(element, out);
			// A formula or something newer that stands as a block of its own.
			else if (!/^(sectPr|bookmark|proofErr|comment|perm|sdtPr|sdtEndPr|Choice|pPr|tcPr)/.test(element.name)) {
				const content = this.#runs.read(element);
				if (content.length > 0) out.push({ block: paragraph({}, joined(content)), mark: none });
			}
		}
	}

	/** A paragraph mark that was inserted stands inside the text, one that was deleted on the paragraph behind it. */
	#marksBetween(found: readonly Ended[]): RichNode[] {
		const out: RichNode[] = [];
		let before: Ending = { ins: null, del: null };
		for (const { block, mark } of found) {
			const last = out.at(-1);
			const mergeable = last?.name === 'paragraph' && block.name === 'paragraph';
			if (last && mergeable && before.ins && sameAttributes(last, block)) {
				const marks: RichMark[] = [
					{ type: 'brk', attrs: {} },
					{ type: 'ins', attrs: before.ins },
				];
				if (before.del) marks.push({ type: 'del', attrs: before.del });
				const content = [...last.content, { text: '¶', marks: orderedMarks(meant(marks)) }, ...block.content];
				out[out.length - 1] = { ...last, content: joined(content) };
			} else if (mergeable && before.del && !before.ins) {
				out.push({ ...block, attrs: { ...block.attrs, join: writeAuthored(before.del) } });
			} else out.push(block);
			before = mark;
		}
		return out;
	}

	#markOf(element: XmlElement): Ending {
		const properties = child(element, 'pPr', 'rPr');
		const ins = child(properties, 'ins') ?? child(properties, 'moveTo');
		const del = child(properties, 'del') ?? child(properties, 'moveFrom');
		return { ins: ins ? this.#runs.authored(ins) : null, del: del ? this.#runs.authored(del) : null };
	}

	#paragraph(element: XmlElement): RichNode {
		const properties = child(element, 'pPr');
		const content = joined(this.#runs.read(element));
		const border = child(properties, 'pBdr', 'bottom') ?? child(properties, 'pBdr', 'top');
		if (content.length === 0 && border && border.attrs.val !== 'nil') return { name: 'rule', attrs: {}, content: [] };
		const attrs = this.#attributes(properties);
		const change = child(properties, 'pPrChange');
		if (!change || attrs.title !== undefined) return paragraph(attrs, content);
		const { title: _title, ...was } = this.#attributes(child(change, 'pPr'));
		if (sameJson(was, attrs)) return paragraph(attrs, content);
		return paragraph({ ...was, chg: writeChange(this.#runs.authored(change), was, attrs) }, content);
	}

	/** `title` for what is an article's title, or that of the whole. */
	#attributes(properties: XmlElement | undefined): Attributes {
		const style = this.#parts.styles.get(valueOf(properties, 'pStyle') ?? '');
		const outline = Number(valueOf(properties, 'outlineLvl') ?? Number.NaN);
		const heading = style?.heading ?? headingOfId(valueOf(properties, 'pStyle')) ?? (outline < 9 ? outline + 1 : null);
		if (heading === 0) return { title: 'whole' };
		if (heading !== null) return heading === 1 ? { title: true } : { level: Math.min(3, heading - 1) };
		const numId = valueOf(properties, 'numPr', 'numId') ?? style?.numId ?? null;
		const level = Math.min(maxIndent, Math.max(0, Number(valueOf(properties, 'numPr', 'ilvl') ?? 0) || 0));
		const marks = this.#parts.numbering.get(numId ?? '');
		const mark = marks?.[level] ?? marks?.[0] ?? null;
		const indent = level > 0 ? { indent: level } : {};
		if (numId !== null && numId !== '0' && mark !== null) {
			if (mark === 'open') return { list: 'check', ...indent };
			if (mark === 'done') return { list: 'check', ...indent, checked: true };
			return { list: mark, ...indent };
		}
		const left = Number(child(properties, 'ind')?.attrs.left ?? child(properties, 'ind')?.attrs.start ?? 0);
		const steps = Math.min(maxIndent, Math.floor(left / 360));
		return steps > 0 && isOwnIndent(properties) ? { indent: steps } : {};
	}

	comments(): ImportedComment[] {
		const parentOf = new Map(this.#parts.comments.map((comment) => [comment.paraId, comment]));
		const threads = this.#parts.comments.filter(({ parent }) => parent === null || !parentOf.has(parent));
		return threads.map((first): ImportedComment => {
			const answers = this.#parts.comments.filter(
				(each) => each !== first && each.parent !== null && each.parent === first.paraId,
			);
			const id = this.#runs.commentId(first.id);
			return {
				id,
				quote: '',
				resolved: first.done,
				entries: [first, ...answers].map((each) => this.#entry(each)),
			};
		});
	}

	#entry({ author, date, element }: DocxComment) {
		const text = this.readBlocks(element).map(textOf).join('\n').trim();
		return { by: wordAuthor(author), at: timeOf(date, this.#importer.at), text };
	}
}

export function timeOf(date: string | undefined, otherwise: number): number {
	const time = Date.parse(date ?? '');
	return Number.isSafeInteger(time) && time >= 0 ? time : otherwise;
}

function headingOfId(id: string | undefined): number | null {
	const level = /^(?:Heading|berschrift|Überschrift)([1-9])$/i.exec(id ?? '')?.[1];
	return level !== undefined ? Number(level) : id === 'Title' || id === 'Titel' ? 0 : null;
}

/** Our own files mark what stands indented without a list, so that a layout's margins do not count as that. */
function isOwnIndent(properties: XmlElement | undefined): boolean {
	return valueOf(properties, 'pStyle') === 'Indented' && isOn(child(properties, 'ind'));
}

function sameAttributes(a: RichNode, b: RichNode): boolean {
	const shape = ({ attrs }: RichNode) => ({ ...formOf(withChanges(attrs)), title: attrs.title });
	return sameJson(shape(a), shape(b));
}

function sameJson(a: unknown, b: unknown): boolean {
	return JSON.stringify(a) === JSON.stringify(b);
}

export type { RichChild };
