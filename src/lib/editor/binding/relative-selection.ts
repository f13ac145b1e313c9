/** A selection by the words it stands at, so that it stays there whatever others write around it. */
import { AllSelection, NodeSelection, TextSelection, type EditorState, type Transaction } from 'prosemirror-state';
import { absolutePositionToRelativePosition, relativePositionToAbsolutePosition } from 'y-prosemirror';
import type * as Y from 'yjs';
import type { Mapping } from './body-to-nodes.ts';

/** The form is y-prosemirror's: its undo keeps such a selection with each step. */
export type RelativeSelection = { type: string; anchor: Y.RelativePosition; head: Y.RelativePosition };

/** The library's name for the same map; it does not ask more of the keys. */
type TheirMapping = Parameters<typeof absolutePositionToRelativePosition>[2];

type Bound = { readonly doc: Y.Doc; readonly type: Y.XmlFragment; readonly mapping: Mapping };

export function toPlace({ type, mapping }: Omit<Bound, 'doc'>, position: number): Y.RelativePosition {
	return absolutePositionToRelativePosition(position, type, mapping as TheirMapping);
}

export function toRelative(bound: Bound, { selection }: EditorState): RelativeSelection {
	const place = (position: number): Y.RelativePosition => toPlace(bound, position);
	return { type: selection.toJSON().type, anchor: place(selection.anchor), head: place(selection.head) };
}

export function restoreSelection(tr: Transaction, relative: RelativeSelection | null, bound: Bound): void {
	if (!relative) return;
	if (relative.type === 'all') {
		tr.setSelection(new AllSelection(tr.doc));
		return;
	}
	const place = (position: Y.RelativePosition): number | null =>
		relativePositionToAbsolutePosition(bound.doc, bound.type, position, bound.mapping as TheirMapping);
	const anchor = place(relative.anchor);
	const head = place(relative.head);
	if (anchor === null || head === null || Math.max(anchor, head) > tr.doc.content.size) return;
	const node = relative.type === 'node' ? tr.doc.nodeAt(anchor) : null;
	tr.setSelection(
		node && NodeSelection.isSelectable(node)
			? NodeSelection.create(tr.doc, anchor)
			: TextSelection.between(tr.doc.resolve(anchor), tr.doc.resolve(head)),
	);
}
