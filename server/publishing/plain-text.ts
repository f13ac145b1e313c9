/** An issue as plain text, for mail programs that show nothing else and for who prefers it. */
import { blocksText, type Block, type Span, type TextBlock } from '#lib/documents/body.ts';
import { safeHref } from '#lib/domain/href.ts';
import type { IssueContent } from './issue-content.ts';
import { fullDate } from './words.ts';

/** Blocks as text, with the addresses of links behind their words. */
export function plainText(blocks: readonly Block[]): string {
	return paragraphs(blocks.map(withAddresses));
}

export function issueText({ title, date, language, articles }: IssueContent): string {
	const parts = articles.map((article) =>
		[article.title && underlined(article.title, '-'), plainText(article.blocks)].filter(Boolean).join('\n\n'),
	);
	return [`${underlined(title, '=')}\n${fullDate(date, language)}`, ...parts].join('\n\n\n');
}

/** An empty line between paragraphs, none between the items of a list. */
function paragraphs(blocks: readonly Block[]): string {
	const groups: Block[][] = [];
	for (const block of blocks) {
		const last = groups.at(-1);
		if (last && isItem(block) && isItem(last.at(-1))) last.push(block);
		else groups.push([block]);
	}
	return groups.map(blocksText).join('\n\n');
}

function isItem(block: Block | undefined): boolean {
	return block?.kind === 'text' && block.level === null && block.list !== null;
}

function withAddresses(block: Block): Block {
	if (block.kind === 'rule') return block;
	if (block.kind === 'text') return textWithAddresses(block);
	const rows = block.rows.map((cells) =>
		cells.map((cell) => ({ ...cell, blocks: cell.blocks.map(textWithAddresses) })),
	);
	return { ...block, rows };
}

function textWithAddresses(block: TextBlock): TextBlock {
	return { ...block, spans: block.spans.flatMap((span, index) => withAddress(span, block.spans[index + 1])) };
}

/** A link of several spans is one link: its address stands behind the last of them. */
function withAddress(span: Span, next: Span | undefined): Span[] {
	const href = safeHref(span.href);
	if (href === null || next?.href === span.href) return [span];
	const address = href.replace(/^mailto:/, '');
	return span.text.trim() === address || span.text.trim() === href
		? [span]
		: [span, { ...span, text: ` (${address})` }];
}

function underlined(text: string, line: string): string {
	return `${text}\n${line.repeat(Math.min(60, Math.max(3, text.length)))}`;
}
