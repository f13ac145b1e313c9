/** What is typed at the caret is: strong, emphasized, or neither. */
import type { Mark } from 'prosemirror-model';
import type { EditorState } from 'prosemirror-state';
import { goesOnLike } from './marks.ts';
import { modeKey } from './mode.ts';

/** Of an empty selection. What was chosen, else as the text before it is, for its author also as it is suggested. */
export function caretMarks(state: EditorState): readonly Mark[] {
	const { $from } = state.selection;
	if (state.storedMarks) return state.storedMarks;
	const now = modeKey.getState(state);
	if (now?.mode !== 'suggest') return $from.marks();
	return goesOnLike($from.marks(), $from.nodeBefore ?? $from.nodeAfter, now.author.id);
}
