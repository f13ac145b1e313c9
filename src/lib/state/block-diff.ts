/**
 * How the blocks of a text differ. What is compared is what was agreed upon then and now; suggestions that are open now stand
 * in it as that, and those that were only open before are nothing that anybody took out.
 */
import { pairBlocks, sameBlock, wordsIn, type BlockPair } from '#lib/documents/body-diff.ts';
import { isText, textOf, type RichChild, type RichNode } from '#lib/documents/rich-body.ts';
import { agreed, suggestedChange, suggestedOf, unsaidBlock } from '#lib/text/agreed.ts';
import { numberItems } from './list-numbers.ts';
import { diffParagraph, type ParagraphDiff, type TextBlock } from './paragraph-diff.ts';
import { diffTable, type TableBlock, type TableDiff } from './table-diff.ts';
import { factKey } from './text-diff.ts';

export type ChangedBlock = TextBlock | TableBlock;
export type DiffBlock = { kind: 'unchanged'; count: number } | ChangedBlock;

/**
 * Pauses after every block: see `in-slices.ts`.
 * @param title an article's own; unchanged it stands above the changes, and is no paragraph
 */
export function* diffBlocks(
	before: readonly RichNode[],
	after: readonly RichNode[],
	title = '',
): Generator<void, DiffBlock[], void> {
	const out: DiffBlock[] = [];
	const [old, now] = [asAgreed(before), asAgreed(after)];
	for (const blocks of [old, now]) numberItems(blocks);
	for (const [at, pair] of pairsOf(old, now).entries()) {
		const changes = changed(pair.before, pair.after);
		const last = out.at(-1);
		if (changes) out.push(...changes);
		else if (at === 0 && isTitle(pair.after, title)) continue;
		else if (last?.kind === 'unchanged') last.count++;
		else out.push({ kind: 'unchanged', count: 1 });
		yield;
	}
	return out;
}

function isTitle(block: RichNode | null, title: string): boolean {
	return block?.attrs['level'] === 1 && textOf(block) === title;
}

/** What an agreed table is of, which knows what is suggested in it. */
const written = new WeakMap<RichNode, RichNode>();

function asAgreed(blocks: readonly RichNode[]): RichNode[] {
	const all = agreed(blocks);
	const tables = blocks.filter(isTable);
	for (const [at, table] of all.filter(isTable).entries()) written.set(table, tables[at] as RichNode);
	return all;
}

function isTable({ name }: RichNode): boolean {
	return name === 'table';
}

/** Whether a table or a rule is only suggested does not tell it from the same one, nor what the facts in a text show. */
function pairsOf(before: readonly RichNode[], after: readonly RichNode[]): BlockPair[] {
	const meant = new Map<RichNode, RichNode>();
	const plain = (block: RichNode) => {
		const same = withoutReadings(suggestedOf(block) === null ? block : unsaidBlock(block));
		meant.set(same, block);
		return same;
	};
	const given = (block: RichNode | null) => block && (meant.get(block) ?? block);
	return pairBlocks(before.map(plain), after.map(plain), wordsOf).map((pair) => ({
		before: given(pair.before),
		after: given(pair.after),
	}));
}

function withoutReadings(node: RichNode): RichNode {
	if (node.name === 'fact') return { ...node, attrs: { ...node.attrs, text: factKey(node), was: undefined } };
	const content = node.content.map((child): RichChild => (isText(child) ? child : withoutReadings(child)));
	return content.every((child, at) => child === node.content[at]) ? node : { ...node, content };
}

const knownWords = new WeakMap<RichNode, ReadonlySet<string>>();

function wordsOf(block: RichNode): ReadonlySet<string> | null {
	if (block.name === 'rule') return null;
	const known = knownWords.get(block) ?? wordsIn(readable(block));
	knownWords.set(block, known);
	return known;
}

/** The text, cells apart. */
function readable(node: RichNode): string {
	if (node.name === 'paragraph') return textOf(node);
	return node.content.map((child) => (isText(child) ? child.text : readable(child))).join(' ');
}

/** @returns null where nothing of it is news */
function changed(before: RichNode | null, after: RichNode | null): ChangedBlock[] | null {
	if (before && after && before.name === after.name) {
		if (isUntouched(before, after)) return null;
		const diff = compared(before, after);
		if (diff) return diff.news ? blocksOf(diff) : null;
	}
	const [gone, come] = [before && compared(before, null), after && compared(null, after)];
	return [...blocksOf(gone), ...blocksOf(come)];
}

/** As most are: their words need not be told apart. */
function isUntouched(before: RichNode, after: RichNode): boolean {
	const [was, is] = [suggestedChange(before), suggestedChange(after)];
	return sameBlock(asWritten(before), asWritten(after)) && JSON.stringify(was) === JSON.stringify(is);
}

function asWritten(block: RichNode): RichNode {
	return written.get(block) ?? block;
}

/** @returns null for two tables that cannot be laid upon each other */
function compared(before: RichNode | null, after: RichNode | null): ParagraphDiff | TableDiff | null {
	const name = (after ?? before)?.name;
	if (name === 'paragraph') return diffParagraph(before, after);
	if (name === 'table') return diffTable(before && asWritten(before), after && asWritten(after));
	return diffParagraph(before && asLine(before), after && asLine(after));
}

/** A rule, drawn as a text. */
function asLine(rule: RichNode): RichNode {
	const suggested = suggestedOf(rule);
	const marks = suggested === null ? [] : [{ type: suggested, attrs: {} }];
	return { name: 'rule', attrs: {}, content: [{ text: '———', marks }] };
}

function blocksOf(diff: ParagraphDiff | TableDiff | null): ChangedBlock[] {
	return diff?.block ? [diff.block] : [];
}
