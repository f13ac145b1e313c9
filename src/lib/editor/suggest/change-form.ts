/** Heading, list, indent, bold, link as suggestions: beside what is so stands what is to be. */
import {
	asChanged,
	formKeys,
	readChanges,
	writeChanges,
	type Authored,
	type BlockForm,
} from '#lib/documents/suggestion.ts';
import type { Attributes } from '#lib/documents/rich-body.ts';
import type { Mark, Node } from 'prosemirror-model';
import type { Transaction } from 'prosemirror-state';
import { changesOf, markChange } from './marks.ts';

/** Suggests a form for a paragraph. What one suggested before for it goes on, and goes when it says nothing any more. */
export function changeForm(tr: Transaction, at: number, to: Partial<BlockForm>, authored: Authored): void {
	const { attrs } = tr.doc.nodeAt(at) as Node;
	const changes = readChanges(attrs['chg']);
	const mine = changes.find(({ by }) => by === authored.by) ?? { ...authored, to: {} };
	const others = changes.filter(({ by }) => by !== authored.by);
	const below: Attributes = asChanged({ ...attrs, chg: writeChanges(others) });
	const all = { ...mine.to, ...to };
	if (formKeys.some((key) => key in all && all[key] !== below[key])) {
		// What one does shows: it is laid over what another suggests of the same, also where that one's clock is ahead.
		const under = others.filter((other) => Object.keys(to).some((key) => key in other.to));
		others.push({ ...mine, at: Math.max(mine.at, ...under.map((other) => other.at + 1)), to: all });
	}
	tr.setNodeAttribute(at, 'chg', writeChanges(others));
}

/** Suggests a mark on a range, or to take it away. The text's own marks stay as they are. */
export function changeMark(
	tr: Transaction,
	from: number,
	to: number,
	mark: Mark,
	added: boolean,
	authored: Authored,
): void {
	tr.doc.nodesBetween(from, to, (node, at) => {
		if (!node.isText) return;
		const range = [Math.max(from, at), Math.min(to, at + node.nodeSize)] as const;
		const own = node.marks.find(({ type }) => type === mark.type);
		const wanted = added ? mark : undefined;
		for (const earlier of changesOf(node, mark.type)) {
			if (earlier.attrs.by === authored.by) tr.removeMark(...range, earlier);
		}
		if (own === wanted || (own && wanted?.eq(own))) return;
		tr.addMark(...range, markChange(mark.type, own, wanted, authored));
	});
}
