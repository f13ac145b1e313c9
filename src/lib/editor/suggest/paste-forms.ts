/**
 * Headings and list items that are pasted while suggesting, as what they are. Taken into the paragraph at the caret, as the
 * view does it, the first of them would lose that before anything could be suggested.
 */
import type { Fragment, Slice } from 'prosemirror-model';
import type { EditorState, Transaction } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { setAttributes } from '../commands.ts';
import { attributesOf, isParagraph } from '../schema.ts';
import { isFormed } from './insert-forms.ts';
import { modeOf } from './mode.ts';

/** The blocks that a transaction pastes, as they were copied. */
export const pastedBlocks = 'pasted-blocks';

export function blocksPasted(tr: Transaction): Fragment | undefined {
	return tr.getMeta(pastedBlocks) as Fragment | undefined;
}

/** @returns whether this was pasted */
export function pasteForms({ state, dispatch }: EditorView, slice: Slice): boolean {
	const tr = modeOf(state) === 'suggest' ? withForms(state, slice) : null;
	if (tr) dispatch(tr.setMeta('paste', true).setMeta('uiEvent', 'paste').scrollIntoView());
	return tr !== null;
}

/** Null where it is pasted as in direct writing: a single one amid other words is words. */
export function withForms({ tr, selection }: EditorState, slice: Slice): Transaction | null {
	const { $from, $to, from, to } = selection;
	const { content } = slice;
	const first = content.firstChild;
	if (!first || !isParagraph(first) || !isFormed(first)) return null;
	if (content.childCount > 1) return tr.replaceSelection(slice).setMeta(pastedBlocks, content);
	if (!$from.sameParent($to) || !isParagraph($from.parent)) return null;
	if ($from.parentOffset > 0 || $to.parentOffset < $to.parent.content.size) return null;
	const { level, list, indent, checked } = attributesOf(first);
	return setAttributes(tr.replaceWith(from, to, first.content), $from.before(), { level, list, indent, checked });
}
