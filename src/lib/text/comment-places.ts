/** Gives each comment that was only put at a place the word beside it: without words it would count as orphaned. */
import {
	isText,
	joined,
	orderedMarks,
	type RichChild,
	type RichNode,
	type RichText,
} from '#lib/documents/rich-body.ts';
import type { ImportedSection } from './imported.ts';

/** How many neighbours are asked for a word, so that a file full of places takes no longer than its length. */
const reach = 50;

export function withPlaces(section: ImportedSection): ImportedSection {
	if (!section.blocks.some(hasPlace)) return section;
	const settler = new Settler();
	const blocks = section.blocks.flatMap((block) => settler.settle(block, false));
	const loose = [...(section.loose ?? []), ...settler.waiting];
	return { ...section, blocks: blocks.map(settler.finish), ...(loose.length > 0 ? { loose } : {}) };
}

class Settler {
	/** Comments that look for the first word behind them. */
	waiting: string[] = [];
	readonly #lines: RichChild[][] = [];
	readonly #contentOf = new Map<RichNode, RichChild[]>();

	settle(node: RichNode, inCell: boolean): RichNode[] {
		if (node.name !== 'paragraph') {
			const content = node.content.flatMap((child): RichChild[] =>
				isText(child) ? [child] : this.settle(child, true),
			);
			return [{ ...node, content }];
		}
		const line: RichChild[] = [];
		this.#lines.push(line);
		let places = 0;
		for (const child of node.content) {
			if (isPlace(child)) {
				places++;
				const id = String(child.attrs.id);
				if (this.waiting.length > 0 || !markLast(line, id)) this.waiting.push(id);
			} else {
				line.push(child);
				if (this.waiting.length > 0 && hasWords(child)) this.#markFirst(line, child);
			}
		}
		if (places > 0) this.waiting = this.waiting.filter((id) => !this.#markAbove(id));
		// It was there for the comment alone.
		if (places > 0 && line.length === 0 && !inCell) return [];
		this.#contentOf.set(node, line);
		return [node];
	}

	/** With the marks that lines got from those behind them. */
	readonly finish = (node: RichNode): RichNode => {
		const line = this.#contentOf.get(node);
		if (line) return { ...node, content: joined(line) };
		return { ...node, content: node.content.map((child) => (isText(child) ? child : this.finish(child))) };
	};

	#markAbove(id: string): boolean {
		return this.#lines
			.slice(-reach - 1, -1)
			.toReversed()
			.some((line) => markLast(line, id));
	}

	/** @param child the last of the line, with words */
	#markFirst(line: RichChild[], { text, marks }: RichText): void {
		const from = text.search(/\S/);
		const length = /^\S+/.exec(text.slice(from))?.[0].length ?? 1;
		line.splice(-1, 1, ...divided(text, marks, from, from + length, this.waiting));
		this.waiting = [];
	}
}

/** Marks the last word of what there is. */
function markLast(line: RichChild[], id: string): boolean {
	for (let at = line.length - 1; at >= Math.max(0, line.length - reach); at--) {
		const child = line[at];
		if (!hasWords(child)) continue;
		const to = child.text.trimEnd().length;
		let from = to;
		while (from > 0 && /\S/.test(child.text[from - 1] ?? '')) from--;
		line.splice(at, 1, ...divided(child.text, child.marks, from, to, [id]));
		return true;
	}
	return false;
}

function divided(text: string, marks: RichText['marks'], from: number, to: number, ids: readonly string[]): RichText[] {
	const comments = ids.map((id) => ({ type: 'comment', attrs: { id } }));
	const parts = [
		{ text: text.slice(0, from), marks },
		{ text: text.slice(from, to), marks: orderedMarks([...marks, ...comments]) },
		{ text: text.slice(to), marks },
	];
	return parts.filter(({ text }) => text !== '');
}

function hasPlace(node: RichNode): boolean {
	return node.content.some((child) => !isText(child) && (isPlace(child) || hasPlace(child)));
}

function isPlace(child: RichChild): child is RichNode {
	return !isText(child) && child.name === 'place';
}

/** Whether words can stand in it: a suggested break has none. */
function hasWords(child: RichChild | undefined): child is RichText {
	return (
		child !== undefined && isText(child) && /\S/.test(child.text) && child.marks.every(({ type }) => type !== 'brk')
	);
}
