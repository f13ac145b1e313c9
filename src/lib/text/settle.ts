/** A body as it will read when all of its suggestions are accepted: without strikes, with what was inserted. */
import {
	asSuggested,
	blockOfLine,
	breaksIn,
	linesBehind,
	strikes,
	withChanges,
	type Line,
} from './block-suggestion.ts';
import { isText, joined, type RichChild, type RichNode } from '#lib/documents/rich-body.ts';

export function accepted(blocks: readonly RichNode[]): RichNode[] {
	const out: RichNode[] = [];
	for (const block of blocks) {
		if (block.attrs.del !== undefined) continue;
		if (block.name !== 'paragraph') {
			out.push(settledTable(block));
			continue;
		}
		const { join, ins: _ins, ...attrs } = withChanges(block.attrs);
		const [first, ...further] = linesOf(block.content);
		const content = joined(first?.content ?? []);
		const last = out.at(-1);
		if (join !== undefined && last?.name === 'paragraph') {
			out[out.length - 1] = { ...last, content: joined([...last.content, ...content]) };
		} else out.push({ ...block, attrs, content });
		for (const line of further) out.push(blockOfLine({ ...block, attrs }, line));
	}
	return out;
}

function settledTable(block: RichNode): RichNode {
	const { ins: _ins, ...attrs } = block.attrs;
	const content = block.content.map((child) => (isText(child) ? child : settledChild(child)));
	return { ...block, attrs, content };
}

function settledChild(node: RichNode): RichNode {
	if (node.name === 'cell')
		return { ...node, content: accepted(node.content.filter((child) => !isText(child)) as RichNode[]) };
	return settledTable(node);
}

/** The content without what goes; a suggested break ends a line. */
function linesOf(content: readonly RichChild[]): Line[] {
	const lines: Line[] = [{ form: null, content: [] }];
	for (const child of content) {
		if (!isText(child)) {
			const { ins: _ins, del, ...attrs } = child.attrs;
			if (del === undefined) lines.at(-1)?.content.push({ ...child, attrs });
			continue;
		}
		if (child.marks.some((mark) => strikes(mark, child.marks))) continue;
		const breaks = breaksIn(child);
		lines.push(...linesBehind(child, lines.at(-1)));
		if (breaks === 0)
			lines.at(-1)?.content.push({
				...child,
				marks: asSuggested(child.marks).filter(({ type }) => !['ins', 'del', 'fmt'].includes(type)),
			});
	}
	return lines;
}
