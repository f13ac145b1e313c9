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
import type { Meaning } from './critic-signs.ts';
import { placeOf } from './imported.ts';
import { factOfTag, markOfTag, type Importer } from './mark-tags.ts';
import { signTag, type Tag, type TagToken } from './tags.ts';

type SignAt = (at: number) => { sign: string; meaning: Meaning } | null;

export class BlockBuilder {
	readonly importer: Importer;
	readonly #signAt: SignAt;
	/** Where finished blocks go: the body, or a cell of a table. */
	blocks: RichNode[] = [];
	/** How many stood in the source: only what is said of one becomes text. */
	pictures = 0;
	#attrs: Attributes | null = null;
	#content: RichChild[] = [];
	#open: { name: string; mark: RichMark | null }[] = [];
	#fact: { tag: Tag; text: string } | null = null;
	/** What reaches over the paragraphs until it is ended. */
	readonly #ranges = new Map<number, RichMark>();

	/** @param signAt what the signs in the source mean, by their number */
	constructor(importer: Importer, signAt: SignAt = () => null) {
		this.importer = importer;
		this.#signAt = signAt;
	}

	get inParagraph(): boolean {
		return this.#attrs !== null;
	}

	begin(attrs: Attributes): void {
		this.end();
		this.#attrs = attrs;
	}

	/** What has begun turns out to be of another kind. */
	change(attrs: Attributes): void {
		if (this.#attrs) this.#attrs = attrs;
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
			this.#content.push({ text, marks: orderedMarks([...marks, ...open, ...this.#inRanges()]) });
		}
	}

	/** @param alt what is said of it */
	picture(alt: string, marks: readonly RichMark[] = []): void {
		this.pictures++;
		this.text(alt, marks);
	}

	/** What the sign with this number means here. */
	sign(at: number, marks: readonly RichMark[] = []): void {
		const found = this.#signAt(at);
		if (!found) return;
		const { sign, meaning } = found;
		switch (meaning.kind) {
			case 'text':
				return this.text(sign, marks);
			case 'begin':
				if (meaning.mark) this.#ranges.set(meaning.range, meaning.mark);
				return;
			case 'turn':
				this.#ranges.set(meaning.range, meaning.mark);
				return;
			case 'end':
				this.#ranges.delete(meaning.range);
				return;
			case 'place':
				this.#attrs ??= {};
				this.#content.push(placeOf(meaning.id));
		}
	}

	/** Of several suggestions of a kind one inside the other, the outer one. */
	#inRanges(): RichMark[] {
		const seen = new Set<string>();
		return [...this.#ranges.values()].filter(({ type }) => {
			if (type === 'comment') return true;
			const first = !seen.has(type);
			seen.add(type);
			return first;
		});
	}

	/** A tag within a line. */
	inline(token: TagToken, marks: readonly RichMark[] = []): void {
		if (token.kind === 'text') return this.text(token.text, marks);
		if (token.name === signTag)
			return token.kind === 'open' ? this.sign(Number(token.attributes.at), marks) : undefined;
		if (token.name === 'br') return token.kind === 'open' ? this.text('\n', marks) : undefined;
		if (token.name === 'img')
			return token.kind === 'open' ? this.picture(token.attributes.alt ?? '', marks) : undefined;
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
