/** Heading, list, indent, bold, link as suggestions: the change is made, and beside it stands what was before. */
import { readChanges, sameForm, writeChanges, type Authored, type BlockForm } from '#lib/documents/suggestion.ts';
import type { Mark, Node } from 'prosemirror-model';
import type { Transaction } from 'prosemirror-state';
import { attributesOf } from '../schema.ts';
import { changesOf, markChange } from './marks.ts';

/** Notes at a paragraph, whose attributes have changed already, what they were. */
export function noteFormerForm(tr: Transaction, at: number, was: BlockForm, authored: Authored): void {
	const node = tr.doc.nodeAt(at);
	if (!node) return;
	const now = formOf(node);
	const changes = readChanges(node.attrs['chg']);
	const last = changes.at(-1);
	if (last?.by === authored.by) {
		if (!last.isNew && sameForm(last.was, now)) changes.pop();
	} else if (!sameForm(was, now)) changes.push({ ...authored, was });
	tr.setNodeAttribute(at, 'chg', writeChanges(changes));
}

export function formOf(node: Node): BlockForm {
	const { level, list, indent, checked } = attributesOf(node);
	return { level, list, indent, checked };
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
