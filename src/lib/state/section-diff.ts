/** How two states of a document differ, part by part, as a page shows it: text as it reads, without open suggestions. */
import { diffContent, pairBlocks, sameBlock, type DiffPart } from '#lib/documents/body-diff.ts';
import { isText, joined, textOf, type RichChild, type RichNode } from '#lib/documents/rich-body.ts';
import { accepted } from '#lib/text/settle.ts';
import type { Section } from './document-sections.ts';

export type DiffBlock =
	| { kind: 'unchanged'; count: number }
	| { kind: 'text'; what: 'same' | 'ins' | 'del' | 'changed'; node: RichNode; parts: DiffPart[] };

export type SectionDiff = { id: string; title: string; what: 'new' | 'gone' | 'changed'; blocks: DiffBlock[] };

/** The parts that differ, in the order of now; those that are gone stand behind. */
export function diffSections(before: readonly Section[], after: readonly Section[]): SectionDiff[] {
	const old = new Map(before.map((section) => [section.id, section]));
	const present = new Set(after.map(({ id }) => id));
	const now = after.flatMap((section): SectionDiff[] => {
		const was = old.get(section.id);
		const blocks = diffBlocks(was?.blocks ?? [], section.blocks);
		if (was && blocks.every(({ kind }) => kind === 'unchanged')) return [];
		return [{ id: section.id, title: section.title, what: was ? 'changed' : 'new', blocks }];
	});
	const gone = before
		.filter(({ id }) => !present.has(id))
		.map(({ id, title, blocks }): SectionDiff => ({ id, title, what: 'gone', blocks: diffBlocks(blocks, []) }));
	return [...now, ...gone];
}

function diffBlocks(before: readonly RichNode[], after: readonly RichNode[]): DiffBlock[] {
	const out: DiffBlock[] = [];
	for (const pair of pairBlocks(readable(before), readable(after))) {
		const last = out.at(-1);
		if (sameBlock(pair.before, pair.after)) {
			if (last?.kind === 'unchanged') last.count++;
			else out.push({ kind: 'unchanged', count: 1 });
		} else out.push(...changed(pair.before, pair.after));
	}
	return out;
}

function changed(before: RichNode | null, after: RichNode | null): DiffBlock[] {
	if (before?.name === 'paragraph' && after?.name === 'paragraph') {
		const parts = diffContent(before.content, after.content);
		return [{ kind: 'text', what: 'changed', node: after, parts }];
	}
	return [...(before ? [whole(before, 'del')] : []), ...(after ? [whole(after, 'ins')] : [])];
}

function whole(node: RichNode, what: 'ins' | 'del'): DiffBlock {
	return { kind: 'text', what, node, parts: contentOf(node).map((child) => ({ what, child })) };
}

/** A table as its text, a row a line. */
function contentOf(node: RichNode): readonly RichChild[] {
	if (node.name === 'paragraph') return node.content;
	if (node.name === 'rule') return [{ text: '———', marks: [] }];
	const rows = node.content.map((row) => (isText(row) ? '' : row.content.map(textOf).join(' | ')));
	return [{ text: rows.join('\n'), marks: [] }];
}

/** As it will read when suggestions are accepted; who said something about it is no part of it. */
function readable(blocks: readonly RichNode[]): RichNode[] {
	return accepted(blocks).map((block) => {
		if (block.name !== 'paragraph') return block;
		const content = block.content.map((child) =>
			isText(child) ? { ...child, marks: child.marks.filter(({ type }) => type !== 'comment') } : child,
		);
		return { ...block, content: joined(content) };
	});
}
