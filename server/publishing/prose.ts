/** What an issue says as running text, for where it stands in one line: in what a search or a messenger shows of a link. */
import type { Block, Cell, TextBlock } from '#lib/documents/body.ts';
import type { IssueContent } from './issue-content.ts';

/** Without signs of lists and addresses of links: what is no sentence of its own ends with a sign of ours. */
export function issueProse({ articles }: IssueContent): string {
	const parts = articles.flatMap(({ title, blocks }) => [
		{ words: wordsOf(title), end: blocks.length > 0 ? ':' : '.' },
		...blocks.flatMap(partsOf),
	]);
	const said = parts.filter(({ words }) => words !== '');
	return said
		.map(({ words, end }, index) => (index === said.length - 1 || isEnded(words) ? words : words + end))
		.join(' ');
}

type Part = { words: string; end: string };

function partsOf(block: Block, index: number, blocks: readonly Block[]): Part[] {
	if (block.kind === 'rule') return [];
	if (block.kind === 'table') return block.rows.map((cells) => ({ words: rowWords(cells), end: ';' }));
	if (block.level !== null) return [{ words: textWords(block), end: ':' }];
	return [{ words: textWords(block), end: isItem(block) && isItem(blocks[index + 1]) ? ';' : '.' }];
}

function isItem(block: Block | undefined): boolean {
	return block?.kind === 'text' && block.level === null && block.list !== null;
}

function rowWords(cells: readonly Cell[]): string {
	const words = cells.map(({ blocks }) => wordsOf(blocks.map(textWords).join(' ')));
	return words.filter(Boolean).join(', ');
}

function textWords({ spans }: TextBlock): string {
	return wordsOf(spans.map(({ text }) => text).join(''));
}

function wordsOf(text: string): string {
	return text.replace(/\s+/g, ' ').trim();
}

function isEnded(words: string): boolean {
	return /[.!?…:;,][\p{Pf}\p{Pe}"'“]?$/u.test(words);
}
