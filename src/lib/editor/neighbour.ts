/** Who else has the caret in the paragraph in which one writes: two who split it at once would get its end twice. */
import type { EditorState } from 'prosemirror-state';
import type { DecorationSet } from 'prosemirror-view';
import type { Awareness } from 'y-protocols/awareness';
import { yCursorPluginKey } from 'y-prosemirror';

/** @returns a person id, or null */
export function neighbourIn(state: EditorState, awareness: Awareness): string | null {
	const { $head } = state.selection;
	const carets = yCursorPluginKey.getState(state) as DecorationSet | undefined;
	if (!carets || !$head.parent.isTextblock) return null;
	for (const { spec } of carets.find($head.start(), $head.end())) {
		const key: unknown = spec['key'];
		const user: unknown = typeof key === 'string' ? awareness.getStates().get(Number(key))?.['user'] : null;
		const id: unknown = typeof user === 'object' && user !== null && 'id' in user ? user.id : null;
		if (typeof id === 'string') return id;
	}
	return null;
}
