/**
 * A body as Markdown. Each block is written as naturally as Markdown can say it and read back at once; what does not come
 * back as it was is written as HTML on one line, which every reader of Markdown lets through. So reading what was written
 * in the `exact` flavour gives the same body, whatever stands in it.
 */
import { isText, textOf, type Attributes, type RichChild, type RichNode } from '#lib/documents/rich-body.ts';
import type { PhrasingContent, Root, Table } from 'mdast';
import { gfmStrikethroughToMarkdown } from 'mdast-util-gfm-strikethrough';
import { gfmTableToMarkdown } from 'mdast-util-gfm-table';
import { toMarkdown, type Options } from 'mdast-util-to-markdown';
import { criticTagOf, criticUnsafe, type CommentWords } from './critic-markup.ts';
import { noteToMarkdown } from './critic-notes.ts';
import { markdownToBlocks } from './from-markdown.ts';
import { asSaid, nobody, withoutComments, type Flavour } from './flavour.ts';
import { blockToHtml } from './html-blocks.ts';
import { factTag, nest, tagOf, type Branch, type Marked, type Tags, type TagStyle } from './mark-tags.ts';
import { encodeText } from './tags.ts';

export type MarkdownOptions = {
	flavour: Flavour;
	/** For `critic`: what was said about a range. */
	commentWords?: CommentWords;
	/** For `critic`: comments that belong here and to no words of the text. They stand behind it, each for itself. */
	loose?: readonly string[];
	/** After each block. */
	onblock?: () => void;
};

const printing: Options = {
	bullet: '-',
	rule: '-',
	fences: true,
	extensions: [gfmStrikethroughToMarkdown(), gfmTableToMarkdown()],
	unsafe: criticUnsafe,
};

type Writing = MarkdownOptions & { style: TagStyle };

export function blocksToMarkdown(blocks: readonly RichNode[], options: MarkdownOptions): string {
	const writing: Writing = {
		...options,
		style: { exact: options.flavour === 'exact' },
	};
	const text = new MarkdownWriter(writing).write(blocks);
	const notes = (options.loose ?? []).map((id) => options.commentWords?.(id).map(noteToMarkdown).join('') ?? '');
	return [text, ...notes.filter((note) => note !== '').map((note) => `${note}\n`)].filter(Boolean).join('\n');
}

/** An article's title: the one heading that stands above all in its text. */
export function headingToMarkdown(title: string): string {
	const children: PhrasingContent[] = [{ type: 'text', value: title.replace(/\s+/g, ' ') }];
	return toMarkdown({ type: 'root', children: [{ type: 'heading', depth: 1, children }] }, printing);
}

type Piece = { text: string; item: boolean; html: boolean };

class MarkdownWriter {
	readonly #writing: Writing;
	/** Of each open list item: how far its content is indented. */
	#open: { indent: string; count: number; ordered: boolean }[] = [];
	#out = '';
	#last: Piece | null = null;

	/** Of each comment, the last text that it is about. */
	readonly #lastOf = new Map<string, RichChild>();

	constructor(writing: Writing) {
		this.#writing =
			writing.flavour === 'critic'
				? { ...writing, style: { ...writing.style, noted: (branch) => this.#criticTag(branch, true) } }
				: writing;
	}

	write(blocks: readonly RichNode[]): string {
		const said = blocks.map((block) => asSaid(block, this.#writing.flavour));
		for (const block of said) this.#noteEnds(block);
		for (const block of said) {
			this.#append(this.#piece(block));
			this.#writing.onblock?.();
		}
		return this.#out === '' ? '' : this.#out + '\n';
	}

	#noteEnds(node: RichNode): void {
		for (const child of node.content) {
			if (!isText(child)) this.#noteEnds(child);
			else for (const { type, attrs } of child.marks) if (type === 'comment') this.#lastOf.set(String(attrs.id), child);
		}
	}

	#criticTag({ mark, children }: Marked, html: boolean): Tags | null {
		const last = this.#lastOf.get(String(mark.attrs.id));
		return criticTagOf(mark, {
			words: this.#writing.commentWords,
			last: children.some((branch) => last !== undefined && holds(branch, last)),
			html,
		});
	}

	#append(piece: Piece): void {
		const tight = piece.item && this.#last?.item && !piece.html && !this.#last.html;
		this.#out += (this.#last ? (tight ? '\n' : '\n\n') : '') + piece.text;
		this.#last = piece;
	}

	#piece(block: RichNode): Piece {
		if (block.name !== 'paragraph') {
			this.#open = [];
			return this.#whole(block);
		}
		const { list, indent = 0, level, checked, join, chg, ...rest } = block.attrs;
		const odd =
			join !== undefined ||
			chg !== undefined ||
			Object.keys(rest).length > 0 ||
			(checked !== undefined && list !== 'check');
		if (odd || (level !== undefined && (list !== undefined || indent !== 0))) return this.#asHtml(block);
		if (level !== undefined) return this.#heading(block);
		const depth = Number(indent);
		if (depth > this.#open.length) return this.#asHtml(block);
		if (list !== undefined) return this.#item(block, depth);
		this.#open.length = depth;
		const before = this.#open.at(-1)?.indent ?? '';
		return this.#paragraph(block, before, before, false);
	}

	/** A table or a rule, which stand outside of all lists. */
	#whole(block: RichNode): Piece {
		const natural = block.name === 'rule' ? '---' : this.#table(block);
		if (natural !== null && this.#readsAs(natural, block)) return { text: natural, item: false, html: false };
		return { text: blockToHtml(block, block.attrs, this.#writing.style), item: false, html: true };
	}

	#asHtml(block: RichNode): Piece {
		this.#open = [];
		return { text: this.#critic(blockToHtml(block, block.attrs, this.#writing.style)), item: false, html: true };
	}

	#heading(block: RichNode): Piece {
		this.#open = [];
		const depth = (Number(block.attrs.level) + 1) as 2 | 3 | 4;
		const text = this.#print({
			type: 'root',
			children: [{ type: 'heading', depth, children: this.#phrasing(block.content, false) }],
		});
		return this.#readsAs(text, block) ? { text, item: false, html: false } : this.#asHtml(block);
	}

	#item(block: RichNode, depth: number): Piece {
		const { list, checked } = block.attrs;
		const ordered = list === 'ordered';
		const sibling = this.#open[depth];
		const count = ordered && sibling?.ordered ? sibling.count + 1 : 1;
		this.#open.length = depth;
		const outer = this.#open.at(-1)?.indent ?? '';
		const marker = ordered ? `${count}. ` : '- ';
		const indent = outer + ' '.repeat(marker.length);
		this.#open.push({ indent, count, ordered });
		const box = list === 'check' ? (checked === true ? '[x] ' : '[ ] ') : '';
		return this.#paragraph(block, outer + marker + box, indent, true);
	}

	/** @param first what stands before the first line, @param further before the others */
	#paragraph(block: RichNode, first: string, further: string, item: boolean): Piece {
		const plain = { ...block, attrs: {} };
		const boxed = first.endsWith('] ');
		const falseBox = item && !boxed && /^\[[ xX]\](\s|$)/.test(block.content.map(textOf).join(''));
		if (block.content.length === 0) return { text: `${first}${boxed ? '' : '<br>'}`.trimEnd(), item, html: !boxed };
		if (!falseBox) {
			const root: Root = {
				type: 'root',
				children: [{ type: 'paragraph', children: this.#phrasing(block.content, true) }],
			};
			const text = this.#print(root);
			if (this.#readsAs(text, plain)) return { text: first + text.replace(/\n/g, `\n${further}`), item, html: false };
		}
		if (boxed) return this.#asHtml(block);
		return { text: first + this.#critic(blockToHtml(block, {}, this.#writing.style)), item, html: true };
	}

	#table(block: RichNode): string | null {
		const rows = block.content as RichNode[];
		const columns = rows[0]?.content.length ?? 0;
		const fits = rows.every(
			(row, at) => row.content.length === columns && row.content.every((cell) => isPlainCell(cell, at === 0)),
		);
		if (columns === 0 || !fits) return null;
		const table: Table = {
			type: 'table',
			children: rows.map((row) => ({
				type: 'tableRow',
				children: (row.content as RichNode[]).map((cell) => ({
					type: 'tableCell',
					children: withEdges(this.#phrasing((cell.content[0] as RichNode).content, false)),
				})),
			})),
		};
		return this.#print({ type: 'root', children: [table] });
	}

	#print(root: Root): string {
		return toMarkdown(root, printing).replace(/\n$/, '');
	}

	#phrasing(content: readonly RichChild[], lines: boolean): PhrasingContent[] {
		return nest(content).flatMap((branch) => this.#branch(branch, lines));
	}

	#branch(branch: Branch, lines: boolean): PhrasingContent[] {
		if (!('mark' in branch)) return this.#leaf(branch.child, lines);
		const { mark } = branch;
		const critic = this.#writing.flavour === 'critic' ? this.#criticTag(branch, false) : null;
		const children = branch.children.flatMap((child) => this.#branch(child, lines));
		if (mark.type === 'strong') return [{ type: 'strong', children }];
		if (mark.type === 'em') return [{ type: 'emphasis', children }];
		if (mark.type === 'link') return [{ type: 'link', url: String(mark.attrs.href), children: children as never[] }];
		if (mark.type === 'del' && this.#writing.flavour === 'marks') return [{ type: 'delete', children }];
		const tag = critic ?? tagOf(mark, this.#writing.style);
		return tag ? [{ type: 'html', value: tag.open }, ...children, { type: 'html', value: tag.close }] : children;
	}

	#leaf(child: RichChild, lines: boolean): PhrasingContent[] {
		if (!isText(child)) {
			const { open, text, close } = factTag(child);
			if (!this.#writing.style.exact) return textNodes(text, lines);
			return [
				{ type: 'html', value: open },
				...(text === '' ? [] : [{ type: 'html' as const, value: encodeText(text) }]),
				{ type: 'html', value: close },
			];
		}
		return textNodes(child.text, lines);
	}

	/** The HTML form of CriticMarkup has its signs for tags. */
	#critic(html: string): string {
		if (this.#writing.flavour !== 'critic') return html;
		return html
			.replace(/<ins>/g, '{++')
			.replace(/<\/ins>/g, '++}')
			.replace(/<del>/g, '{--')
			.replace(/<\/del>/g, '--}');
	}

	#readsAs(markdown: string, block: RichNode): boolean {
		const read = markdownToBlocks(markdown, nobody);
		if (this.#writing.flavour !== 'critic') return JSON.stringify(read) === JSON.stringify([block]);
		return JSON.stringify(read.map(withoutComments)) === JSON.stringify([withoutComments(block)]);
	}
}

function holds(branch: Branch, child: RichChild): boolean {
	return 'mark' in branch ? branch.children.some((each) => holds(each, child)) : branch.child === child;
}

function isPlainCell(cell: RichChild, header: boolean): boolean {
	if (isText(cell) || cell.content.length !== 1) return false;
	const only = cell.content[0] as RichNode;
	const attrs: Attributes = cell.attrs;
	return (
		(attrs.header === true) === header &&
		!('colspan' in attrs) &&
		!('rowspan' in attrs) &&
		Object.keys(only.attrs).length === 0
	);
}

/** A blank at the edge of a cell would go with the blanks around it. */
function withEdges(children: PhrasingContent[]): PhrasingContent[] {
	const [first, last] = [children[0], children.at(-1)];
	const before = first?.type === 'text' && /^[ \t]/.exec(first.value)?.[0];
	if (before)
		return [reference(before), ...withEdges([{ ...first, value: first.value.slice(1) }, ...children.slice(1)])];
	const behind = last?.type === 'text' && /[ \t]$/.exec(last.value)?.[0];
	if (!behind) return children;
	return [...children.slice(0, -1), { ...last, value: last.value.slice(0, -1) }, reference(behind)];
}

function reference(character: string): PhrasingContent {
	return { type: 'html', value: `&#${character.charCodeAt(0)};` };
}

/** @param lines whether a line may end within the text; else a line break is written as a tag */
function textNodes(text: string, lines: boolean): PhrasingContent[] {
	const parts = text.split('\n');
	return parts.flatMap((part, at): PhrasingContent[] => {
		const broken =
			lines && part !== '' && parts[at - 1] !== '' && !/^\s|\s$/.test(parts[at - 1] ?? ' ') && !/^\s/.test(part);
		const before: PhrasingContent[] = at === 0 ? [] : [broken ? { type: 'break' } : { type: 'html', value: '<br>' }];
		return part === '' ? before : [...before, { type: 'text', value: part }];
	});
}
