/** Gathers what a reader of Markdown or HTML finds into blocks. */
import {
	joined,
	orderedMarks,
	paragraph,
	type Attributes,
	type RichChild,
	type RichMark,
	type RichNode,
} from '#lib/documents/rich-body.ts';
import { factOfTag, markOfTag, type Importer } from './mark-tags.ts';
import type { Tag, TagToken } from './tags.ts';

export class BlockBuilder {
	readonly importer: Importer;
	/** Where finished blocks go: the body, or a cell of a table. */
	blocks: RichNode[] = [];
	#attrs: Attributes | null = null;
	#content: RichChild[] = [];
	#open: { name: string; mark: RichMark | null }[] = [];
	#fact: { tag: Tag; text: string } | null = null;

	constructor(importer: Importer) {
		this.importer = importer;
	}

	get inParagraph(): boolean {
		return this.#attrs !== null;
	}

	begin(attrs: Attributes): void {
		this.end();
		this.#attrs = attrs;
	}

	/** Ends the paragraph, if one has begun. */
	end(): void {
		if (this.#fact) this.#endFact();
		if (this.#attrs) this.blocks.push(paragraph(this.#attrs, joined(this.#content)));
		this.#attrs = null;
		this.#content = [];
	}

	/** Tags that were not closed end with the block around them. */
	forgetTags(): void {
		if (this.#fact) this.#endFact();
		this.#open = [];
	}

	add(node: RichNode): void {
		this.end();
		this.blocks.push(node);
	}

	text(text: string, marks: readonly RichMark[] = []): void {
		if (this.#fact) this.#fact.text += text;
		else if (text !== '') {
			this.#attrs ??= {};
			const open = this.#open.flatMap(({ mark }) => mark ?? []);
			this.#content.push({ text, marks: orderedMarks([...marks, ...open]) });
		}
	}

	/** A tag within a line. */
	inline(token: TagToken, marks: readonly RichMark[] = []): void {
		if (token.kind === 'text') return this.text(token.text, marks);
		if (token.name === 'br') return token.kind === 'open' ? this.text('\n', marks) : undefined;
		if (token.kind === 'close') return this.#close(token.name);
		if ('data-fact' in token.attributes) this.#fact = { tag: token, text: '' };
		else this.#open.push({ name: token.name, mark: markOfTag(token, this.importer) });
	}

	#close(name: string): void {
		if (this.#fact && name === 'span') return this.#endFact();
		const at = this.#open.findLastIndex((each) => each.name === name);
		if (at >= 0) this.#open.splice(at, 1);
	}

	#endFact(): void {
		if (!this.#fact) return;
		const { tag, text } = this.#fact;
		this.#fact = null;
		const fact = factOfTag(tag, text);
		this.#attrs ??= {};
		if (fact) this.#content.push(fact);
		else this.text(text);
	}
}
