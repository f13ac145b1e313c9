/** Texts with tables in them, for tests of what is done across the borders of cells. */
import { schema } from '#lib/editor/schema.ts';
import type { Node } from 'prosemirror-model';
import { AllSelection, NodeSelection, TextSelection, type Selection } from 'prosemirror-state';
import type { Random } from './random.ts';

const { paragraph, table, row, cell, rule } = schema.nodes;

export function block(words: string): Node {
	return paragraph.create(null, words === '' ? [] : [schema.text(words)]);
}

export function tableOf(...rows: readonly (readonly string[])[]): Node {
	const cells = (words: readonly string[]) => words.map((each) => cell.create(null, each.split('|').map(block)));
	return table.create(
		null,
		rows.map((each) => row.create(null, cells(each))),
	);
}

export function tablesIn(doc: Node): Node[] {
	return doc.children.filter(({ type }) => type === table);
}

/** The words of each cell, a line for each of its paragraphs. */
export function wordsIn(node: Node): string[][] {
	return node.children.map((line) =>
		line.children.map((each) => each.children.map(({ textContent }) => textContent).join('|')),
	);
}

export const abcd = [block('Vor.'), tableOf(['Ab', 'Bc'], ['Cd', 'De'], ['Ef', 'Fg']), block('Nach.')];

/** Words that stand once, and of which none is a part of another. */
export function bodyOf(random: Random): Node[] {
	let count = 0;
	const words = () => (random.chance(0.15) ? '' : `w${count++}, w${count++},`);
	const cellWords = () => (random.chance(0.2) ? `${words()}|${words()}` : words());
	const grid = () => {
		const columns = 1 + random.nat(3);
		return tableOf(...Array.from({ length: 1 + random.nat(3) }, () => Array.from({ length: columns }, cellWords)));
	};
	const kinds = [() => block(words()), () => block(words()), grid, grid, () => rule.create()];
	return [...Array.from({ length: 1 + random.nat(4) }, () => random.pick(kinds)?.() ?? grid()), grid()];
}

export function selectionIn(doc: Node, random: Random): Selection {
	const nodes: number[] = [];
	const places: number[] = [];
	doc.descendants((node, at) => {
		if (!node.isTextblock && !node.isText) nodes.push(at);
		if (node.isTextblock) for (let offset = 0; offset <= node.content.size; offset++) places.push(at + 1 + offset);
	});
	if (random.chance(0.03)) return new AllSelection(doc);
	if (random.chance(0.1)) return NodeSelection.create(doc, random.pick(nodes) ?? 0);
	const anchor = random.pick(places) ?? 0;
	return TextSelection.create(doc, anchor, random.chance(0.15) ? anchor : random.pick(places));
}

export function endsIn(doc: Node): number[] {
	const ends: number[] = [];
	doc.descendants((node, at) => {
		if (node.isTextblock) ends.push(at + node.nodeSize - 1);
	});
	return ends;
}
