/** Gathers text into paragraphs, with the white space that a page would show. */
import { maxIndent, type HeadingLevel, type ListKind } from '#lib/documents/body-gate.ts';
import type { Mark, Node } from 'prosemirror-model';
import { plainParagraph, schema, type ParagraphAttributes } from './schema.ts';

/** A list item that is being read. Its first paragraph is the item; further ones stand indented below it. */
export type ItemContext = { list: ListKind; indent: number; checked: boolean; begun: boolean };

type Place = { level: HeadingLevel | null; item: ItemContext | null; marks: readonly Mark[]; verbatim: boolean };
type Part = { text: string; marks: readonly Mark[]; fact?: Node };

export class BlockCollector {
	readonly nodes: Node[] = [];
	#parts: Part[] = [];
	#attributes: ParagraphAttributes | null = null;

	text(text: string, place: Place): void {
		const shown = place.verbatim ? verbatim(text) : this.#collapsed(text);
		if (shown === '') return;
		this.#attributes ??= attributesAt(place);
		this.#parts.push({ text: shown, marks: place.marks });
	}

	lineBreak(place: Place): void {
		this.#trimEnd(/[ \t]+$/);
		this.#attributes ??= attributesAt(place);
		this.#parts.push({ text: '\n', marks: place.marks });
	}

	/** Stands in its paragraph as a letter does. */
	fact(fact: Node, place: Place): void {
		this.#attributes ??= attributesAt(place);
		this.#parts.push({ text: '\ufffc', marks: [], fact });
	}

	add(node: Node): void {
		this.close();
		this.nodes.push(node);
	}

	/** Ends the paragraph, if one has begun. A last line break is not seen on a page either. */
	close(): void {
		this.#trimEnd(/[ \t\n]+$/);
		const content = this.#parts
			.filter(({ text }) => text !== '')
			.map(({ text, marks, fact }) => fact ?? schema.text(text, marks));
		const seen = this.#parts.some(({ text }) => text.trim() !== '');
		if (this.#attributes && seen) this.nodes.push(schema.nodes.paragraph.create(this.#attributes, content));
		this.#parts = [];
		this.#attributes = null;
	}

	#collapsed(text: string): string {
		const one = text.replace(/[ \t\r\n\f]+/g, ' ');
		const before = this.#parts.at(-1)?.text.at(-1);
		return before === undefined || before === ' ' || before === '\n' ? one.replace(/^ /, '') : one;
	}

	#trimEnd(pattern: RegExp): void {
		for (let last = this.#parts.at(-1); last; last = this.#parts.at(-1)) {
			last.text = last.text.replace(pattern, '');
			if (last.text !== '') return;
			this.#parts.pop();
		}
	}
}

/** Control characters have no place in a text; a tab and a line break have. */
function verbatim(text: string): string {
	return text.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\t\n]/gu, '');
}

function attributesAt({ level, item }: Place): ParagraphAttributes {
	if (level !== null) return { ...plainParagraph, level };
	if (!item) return plainParagraph;
	if (item.begun) return { ...plainParagraph, indent: Math.min(maxIndent, item.indent + 1) };
	item.begun = true;
	const checked = item.list === 'check' && item.checked ? true : null;
	return { ...plainParagraph, list: item.list, indent: item.indent || null, checked };
}
