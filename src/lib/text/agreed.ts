/**
 * A body as it is agreed upon, with what is only suggested said to be that: of a text by a mark `ins` or `del` without its
 * author, of its look by a `fmt` without one, of a rule or a table by its attribute. What was accepted and is still to be
 * carried out is agreed. A form, a break or a join that is suggested changes nothing here and is told by `suggestedChange`. A
 * table is as it is agreed upon; `cellLines` says what is suggested in one.
 */
import {
	isText,
	joined,
	orderedMarks,
	type RichChild,
	type RichMark,
	type RichNode,
} from '#lib/documents/rich-body.ts';
import {
	readAuthored,
	readChanges,
	readJoin,
	readMarkChange,
	shownChanges,
	suggestionKey,
	type BlockForm,
} from '#lib/documents/suggestion.ts';
import { blockOfLine, breaksIn, linesBehind, strikes, type Line } from './block-suggestion.ts';

export type Suggested = 'ins' | 'del' | null;

/** `join`: it is to go together with the paragraph before. `break`: it is to be divided. */
export type Step = 'join' | 'break';

/** What a paragraph is to become, such as a heading, and what is to be done with it. */
export type SuggestedChange = { form: BlockForm | null; steps: Step[] };

const changes = new WeakMap<RichNode, SuggestedChange>();
const noChange: SuggestedChange = { form: null, steps: [] };

/** What is suggested of a block that `agreed` gave, beside its words. */
export function suggestedChange(block: RichNode): SuggestedChange {
	return changes.get(block) ?? noChange;
}

export function agreed(blocks: readonly RichNode[]): RichNode[] {
	const out: RichNode[] = [];
	for (const block of blocks) {
		if (block.name !== 'paragraph') {
			out.push(agreedTable(block));
			continue;
		}
		const { join, chg: _chg, ins, del: _del, ...attrs } = block.attrs;
		const [begun, ...further] = linesOf(block.content, ins !== undefined);
		const first = begun?.content ?? [];
		const last = out.at(-1);
		if (readJoin(join)?.accepted && last?.name === 'paragraph') {
			out[out.length - 1] = { ...last, content: joined([...last.content, ...first]) };
		} else {
			const line = { ...block, attrs, content: joined(first) };
			const form = shownChanges(block.attrs).at(-1)?.form ?? null;
			const steps = stepsIn(block);
			if (form || steps.length > 0) changes.set(line, { form, steps });
			out.push(line);
		}
		for (const line of further) out.push(blockOfLine({ ...block, attrs }, line));
	}
	return out;
}

function stepsIn({ attrs, content }: RichNode): Step[] {
	const join = readJoin(attrs.join);
	const divides = (child: RichChild) =>
		isText(child) && breaksIn(child) > 0 && child.marks.some(({ type }) => type === 'ins');
	return [...(join && !join.accepted ? ['join' as const] : []), ...(content.some(divides) ? ['break' as const] : [])];
}

/** What is suggested of a part of a text or of a block that `agreed` gave. */
export function suggestedOf(child: RichChild): Suggested {
	if (!isText(child)) return child.attrs.ins !== undefined ? 'ins' : child.attrs.del !== undefined ? 'del' : null;
	const types = child.marks.map(({ type }) => type);
	return types.includes('ins') ? 'ins' : types.includes('del') ? 'del' : null;
}

/** The same without saying that it is only suggested. */
export function unsaid(child: RichChild): RichChild {
	if (!isText(child)) return unsaidBlock(child);
	return { ...child, marks: child.marks.filter(({ type }) => !['ins', 'del', 'fmt'].includes(type)) };
}

export function unsaidBlock({ attrs: { ins: _ins, del: _del, ...attrs }, ...node }: RichNode): RichNode {
	return { name: node.name, attrs, content: node.content };
}

function linesOf(content: readonly RichChild[], whole: boolean): Line[] {
	const lines: Line[] = [{ form: null, content: [] }];
	for (const child of content) {
		if (!isText(child)) {
			lines
				.at(-1)
				?.content.push(whole ? { ...child, attrs: { ...uncommented(child.attrs), ins: true } } : withoutAuthor(child));
			continue;
		}
		const inserted = child.marks.some(({ type }) => type === 'ins');
		const breaks = breaksIn(child);
		if (breaks === 0) {
			const struck = child.marks.some((mark) => strikes(mark, child.marks));
			const suggested = whole || inserted ? 'ins' : struck ? 'del' : null;
			lines.at(-1)?.content.push({ text: child.text, marks: marksOf(child.marks, suggested) });
		} else if (!inserted) lines.push(...linesBehind(child, lines.at(-1)));
	}
	return lines;
}

function marksOf(marks: readonly RichMark[], suggested: Suggested): RichMark[] {
	let all = marks.filter(({ type }) => !['ins', 'del', 'fmt', 'comment'].includes(type));
	const open: RichMark[] = [];
	for (const { type, attrs } of marks) {
		const change = type === 'fmt' ? readMarkChange(attrs.was) : null;
		if (!change) continue;
		const { mark, attrs: was, to = marks.find((each) => each.type === mark)?.attrs ?? null } = change;
		open.push({ type: 'fmt', attrs: { was: JSON.stringify({ mark, attrs: was, to }) } });
		// Where it says what is to be, the text still is as it was.
		if (change.to !== undefined) continue;
		all = all.filter((each) => each.type !== mark);
		if (was !== null) all.push({ type: mark, attrs: was });
	}
	return orderedMarks([...all, ...open, ...(suggested === null ? [] : [{ type: suggested, attrs: {} }])]);
}

/** Without what people say about it. */
function uncommented({ comments: _comments, ...attrs }: RichNode['attrs']): RichNode['attrs'] {
	return attrs;
}

function withoutAuthor(node: RichNode): RichNode {
	const { ins, del, ...attrs } = uncommented(node.attrs);
	const suggested = { ...(ins === undefined ? {} : { ins: true }), ...(del === undefined ? {} : { del: true }) };
	return { ...node, attrs: { ...attrs, ...suggested } };
}

function agreedTable(table: RichNode): RichNode {
	return { ...withoutAuthor(table), content: table.content.flatMap(agreedPart) };
}

/** A row, a cell, or a paragraph in one: without what is only suggested. */
function agreedPart(node: RichChild): RichChild[] {
	if (isText(node) || node.attrs.ins !== undefined) return [];
	const { del: _del, ...attrs } = node.attrs;
	if (node.name !== 'paragraph') return [{ ...node, attrs, content: node.content.flatMap(agreedPart) }];
	return agreed([node]).map((line) => ({
		...line,
		content: joined(line.content.filter((child) => suggestedOf(child) !== 'ins').map(unsaid)),
	}));
}

/** The paragraphs of a cell, with what is only suggested said to be that. @param around what is suggested of the cell's row */
export function cellLines(cell: RichNode, around: Suggested): RichNode[] {
	const lines = agreed(cell.content.filter((child): child is RichNode => !isText(child)));
	if (around === null) return lines;
	return lines.map((line) => ({ ...line, content: joined(line.content.map((child) => as(child, around))) }));
}

function as(child: RichChild, suggested: 'ins' | 'del'): RichChild {
	// What is not agreed upon is nothing that could go.
	if (suggestedOf(child) === 'ins') return child;
	const bare = unsaid(child);
	if (!isText(bare)) return { ...bare, attrs: { ...bare.attrs, [suggested]: true } };
	return { ...bare, marks: orderedMarks([...bare.marks, { type: suggested, attrs: {} }]) };
}

/** Of all suggestions that are open in it, whose and which. */
export function suggestionsIn(blocks: readonly RichNode[]): Set<string> {
	const found = new Set<string>();
	const note = (authored: { by: string; id: string } | null) => authored && found.add(suggestionKey(authored));
	const look = ({ attrs, content }: RichNode): void => {
		for (const key of ['ins', 'del']) note(readAuthored(attrs[key]));
		const join = readJoin(attrs.join);
		if (!join?.accepted) note(join);
		for (const change of readChanges(attrs.chg)) note(change);
		for (const child of content) {
			if (!isText(child)) look(child);
			else
				for (const mark of child.marks)
					if (mark.type === 'ins' || mark.type === 'fmt' || strikes(mark, child.marks))
						note({ by: String(mark.attrs.by), id: String(mark.attrs.id) });
		}
	};
	blocks.forEach(look);
	return found;
}
