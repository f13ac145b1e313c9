/** Deleting as a suggestion: text is struck, what one inserted oneself goes, and no block is removed or joined. */
import { strikingInsertions, type Authored } from '#lib/documents/suggestion.ts';
import type { Node } from 'prosemirror-model';
import type { Transaction } from 'prosemirror-state';
import { isParagraph, schema } from '../schema.ts';
import { structural } from '../table/in-table.ts';
import { insertionsOf, strikesOf } from './marks.ts';

/**
 * Strikes a range of the transaction's document.
 * @param replaced something comes in its place, so that whole paragraphs keep theirs
 */
export function strike(tr: Transaction, from: number, to: number, authored: Authored, replaced: boolean): void {
	const changes: (() => void)[] = [];
	const { doc } = tr;
	doc.nodesBetween(from, to, (node, at, parent, index): void => {
		const start = Math.max(from, at);
		const end = Math.min(to, at + node.nodeSize);
		if (node.isText) {
			changes.push(() => strikeText(tr, node, start, end, authored));
		} else if (isParagraph(node)) {
			if (parent && crosses(parent, index, at, from, to)) changes.push(() => suggestJoin(tr, at, authored));
		} else if (node.isAtom && start === at && end === at + node.nodeSize) {
			changes.push(() => strikeNode(tr, node, at, authored));
		} else if (node.type === schema.nodes.table && start === at && end === at + node.nodeSize) {
			// Its words are struck. That it goes, with its rows, is no suggestion.
			tr.setMeta(structural, 'stays');
		}
	});
	// From the end to the start: what goes does not move what is still to be struck.
	for (const change of changes.reverse()) change();
	if (!replaced) joinWhatFollows(tr, doc, from, to, authored);
}

function strikeText(tr: Transaction, node: Node, from: number, to: number, authored: Authored): void {
	const inserted = insertionsOf(node);
	const others = inserted.some(({ attrs }) => attrs.by !== authored.by);
	if (inserted.length > 0 && !others) tr.delete(from, to);
	else if (!strikesOf(node).some(({ attrs }) => attrs.by === authored.by)) {
		const id = others ? strikingInsertions(authored.id) : authored.id;
		tr.addMark(from, to, schema.marks.del.create({ ...authored, id }));
	}
}

/** Whether a range leads from the end of the paragraph before into this one. */
function crosses(parent: Node, index: number, at: number, from: number, to: number): boolean {
	const before = index > 0 ? parent.child(index - 1) : null;
	return before !== null && from < at && to > at && before.type !== schema.nodes.table;
}

function suggestJoin(tr: Transaction, at: number, authored: Authored): void {
	if (tr.doc.nodeAt(at)?.attrs['join'] === null) tr.setNodeAttribute(at, 'join', JSON.stringify(authored));
}

function strikeNode(tr: Transaction, node: Node, at: number, authored: Authored): void {
	const { by } = (JSON.parse(String(node.attrs['ins'] ?? 'null')) as Authored | null) ?? {};
	if (by === authored.by) tr.delete(at, at + node.nodeSize);
	else if (node.attrs['del'] === null) tr.setNodeAttribute(at, 'del', JSON.stringify(authored));
}

/** A range of whole paragraphs takes their places too: what follows goes together with them, or they with what is before. */
function joinWhatFollows(tr: Transaction, doc: Node, from: number, to: number, authored: Authored): void {
	const [$from, $to] = [doc.resolve(from), doc.resolve(to)];
	if ($from.parent.isTextblock || $to.parent !== $from.parent) return;
	const last = $to.nodeBefore;
	if (from === to || !last || !isParagraph(last)) return;
	if ($to.nodeAfter && isParagraph($to.nodeAfter)) suggestJoin(tr, tr.mapping.map(to), authored);
	else if ($from.nodeBefore && isParagraph($from.nodeBefore)) suggestJoin(tr, tr.mapping.map(from, 1), authored);
}
