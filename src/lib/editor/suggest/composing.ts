/**
 * An input method writes into the page before the editor hears of it. When it begins, the caret gets the marks that the
 * suggestion will have, so that what it writes need not be moved into other elements under its hands.
 */
import { Plugin, PluginKey, type EditorState } from 'prosemirror-state';
import type { Authored } from '#lib/documents/suggestion.ts';
import { schema } from '../schema.ts';
import { suggestionAt, type Author } from './author.ts';
import { insertionsOf } from './marks.ts';
import { modeOf } from './mode.ts';

const key = new PluginKey<Authored | null>('composing');

export function composing(author: Author): Plugin {
	return new Plugin<Authored | null>({
		key,
		state: {
			init: () => null,
			apply: (tr, reserved) => (tr.getMeta(key) as Authored | undefined) ?? (tr.docChanged ? null : reserved),
		},
		props: {
			handleDOMEvents: {
				compositionstart(view) {
					const { state } = view;
					const { $head, empty } = state.selection;
					if (modeOf(state) !== 'suggest' || !empty || $head.nodeAfter !== null) return false;
					const authored = suggestionAt(state.doc, $head.pos, $head.pos, author);
					if ($head.nodeBefore && insertionsOf($head.nodeBefore).some(({ attrs }) => attrs.id === authored.id))
						return false;
					const marks = schema.marks.ins.create(authored).addToSet($head.marks());
					view.dispatch(state.tr.setStoredMarks(marks).setMeta(key, authored));
					return false;
				},
			},
		},
	});
}

/** The suggestion that an input method has begun. */
export function reservedIn(state: EditorState): Authored | null {
	return key.getState(state) ?? null;
}
