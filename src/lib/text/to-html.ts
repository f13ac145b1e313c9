/**
 * Articles as a page of HTML or as plain text, lists as lists. The page says which of its articles are ours: what is read
 * back then is them, and not one text with their titles in it.
 */
import { blocksText, type Block } from '#lib/documents/body.ts';
import { toTree, type Branch, type ListBranch } from '#lib/documents/body-tree.ts';
import type { HeadingLevel, ListKind } from '#lib/documents/body-gate.ts';
import { isText, textOf, type RichNode } from '#lib/documents/rich-body.ts';
import { articleAttribute, blockToHtml } from './html-blocks.ts';
import { asSaid } from './flavour.ts';
import { contentToHtml } from './mark-tags.ts';
import { encodeAttribute, encodeText } from './tags.ts';

export type TextSection = { title: string; blocks: readonly RichNode[] };

const shown = { exact: false };

export function sectionsToHtml(title: string, sections: readonly TextSection[], language: string): string {
	const articles = sections.map(({ title, blocks }) => {
		const heading = title === '' ? '' : `<h2>${encodeText(title)}</h2>\n`;
		return `<article ${articleAttribute}>\n${heading}${blocksToHtml(blocks)}\n</article>`;
	});
	const head = `<meta charset="utf-8"><title>${encodeText(title)}</title>`;
	return `<!doctype html>\n<html lang="${encodeAttribute(language)}"><head>${head}</head>\n<body>\n<h1>${encodeText(title)}</h1>\n${articles.join('\n')}\n</body></html>\n`;
}

export function sectionsToText(title: string, sections: readonly TextSection[]): string {
	const articles = sections.map(({ title, blocks }) =>
		[title, blocksText(blocks.flatMap(toBlock))].filter(Boolean).join('\n\n'),
	);
	return [title, ...articles].filter(Boolean).join('\n\n\n') + '\n';
}

export function blocksToHtml(blocks: readonly RichNode[]): string {
	const nodes = new Map<Block, RichNode>();
	for (const block of blocks) {
		const node = asSaid(block, 'clean');
		for (const each of toBlock(node)) nodes.set(each, node);
	}
	return branchesToHtml(toTree([...nodes.keys()]), nodes);
}

function branchesToHtml(branches: readonly Branch[], nodes: ReadonlyMap<Block, RichNode>): string {
	return branches
		.map((branch) => (branch.kind === 'list' ? listToHtml(branch, nodes) : nodeToHtml(nodes.get(branch.block))))
		.join('\n');
}

function listToHtml({ list, items }: ListBranch, nodes: ReadonlyMap<Block, RichNode>): string {
	const tag = list === 'ordered' ? 'ol' : 'ul';
	const entries = items.map(({ block, children }) => {
		const box = list === 'check' ? `<input type="checkbox" disabled${block.checked ? ' checked' : ''}> ` : '';
		const inner = contentToHtml(nodes.get(block)?.content ?? [], shown);
		return `<li>${box}${inner}${branchesToHtml(children, nodes)}</li>`;
	});
	return `<${tag}>\n${entries.join('\n')}\n</${tag}>`;
}

function nodeToHtml(node: RichNode | undefined): string {
	if (!node) return '';
	if (node.name !== 'paragraph') return blockToHtml(node, node.attrs, shown);
	const { level } = node.attrs;
	const tag = typeof level === 'number' ? `h${level + 2}` : 'p';
	return `<${tag}>${contentToHtml(node.content, shown)}</${tag}>`;
}

function toBlock(node: RichNode): Block[] {
	if (node.name === 'rule') return [{ kind: 'rule' }];
	if (node.name === 'table') return [{ kind: 'table', rows: node.content.map(rowOf) }];
	return [textBlock(node)];
}

function textBlock({ attrs, content }: RichNode) {
	const { level = null, list = null, indent = 0, checked = false } = attrs;
	const span = { strong: false, em: false, href: null, ins: false, del: false };
	return {
		kind: 'text' as const,
		level: level as HeadingLevel | null,
		list: list as ListKind | null,
		indent: Number(indent),
		checked: checked === true,
		spans: content.map((child) => ({ ...span, text: textOf(child) })),
	};
}

function rowOf(row: RichNode['content'][number]) {
	const cells = isText(row) ? [] : row.content;
	return cells.map((cell) => ({
		header: !isText(cell) && cell.attrs.header === true,
		colspan: 1,
		rowspan: 1,
		blocks: isText(cell) ? [] : cell.content.flatMap((each) => (isText(each) ? [] : [textBlock(each)])),
	}));
}
