/** Who else has the caret in the paragraph in which one writes: two who split it at once would get its end twice. */
import { Staying } from '#lib/ui/staying.ts';
import type { EditorState } from 'prosemirror-state';
import type { DecorationSet } from 'prosemirror-view';
import type { Awareness } from 'y-protocols/awareness';
import { yCursorPluginKey } from 'y-prosemirror';
import { modeOf } from './suggest/mode.ts';

/** Milliseconds for which somebody is there before it is said: who only comes by is not. */
export const neighbourStays = 2000;

/** Says who is there besides; also to who suggests, for the other may split the paragraph meanwhile. */
export class Neighbour {
	readonly #awareness: Awareness;
	readonly #staying: Staying<string>;

	/** @param say receives a person id; null when nobody is there any more */
	constructor(awareness: Awareness, say: (personId: string | null) => void) {
		this.#awareness = awareness;
		this.#staying = new Staying(neighbourStays, say);
	}

	/** @param state null when the caret is not in this text */
	look(state: EditorState | null): void {
		this.#staying.look(state && modeOf(state) !== 'view' ? neighbourIn(state, this.#awareness) : null);
	}

	close(): void {
		this.#staying.close();
	}
}

function neighbourIn(state: EditorState, awareness: Awareness): string | null {
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
