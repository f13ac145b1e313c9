/**
 * An input method writes into the page before the editor hears of it, and goes on at the very letter where it began: if what
 * it wrote is moved elsewhere meanwhile, it begins again, and the first letters stand twice. So when it begins, what it
 * replaces is struck, the caret gets the marks that the suggestion will have, and all of it stays where the caret was: before
 * what is struck, where other keys go on behind it.
 */
import { Plugin, PluginKey, TextSelection, type EditorState } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import type { Authored } from '#lib/documents/suggestion.ts';
import { schema } from '../schema.ts';
import { suggestionAt, type Author } from './author.ts';
import { marksAt } from './insert.ts';
import { insertionsOf } from './marks.ts';
import { modeOf } from './mode.ts';

const { ins, del } = schema.marks;

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
					if (modeOf(view.state) === 'suggest') prepare(view, author);
					return false;
				},
			},
		},
	});
}

function prepare(view: EditorView, author: Author): void {
	const { from, empty } = view.state.selection;
	if (!empty) view.dispatch(view.state.tr.deleteSelection());
	const { doc, tr } = view.state;
	const caret = TextSelection.near(doc.resolve(from), 1);
	if (!(caret instanceof TextSelection)) return;
	const { nodeBefore, nodeAfter, pos } = caret.$head;
	const authored = suggestionAt(doc, pos, pos, author);
	const goesOn = nodeBefore !== null && insertionsOf(nodeBefore).some(({ attrs }) => attrs.id === authored.id);
	const amongSuggestions = [nodeBefore, nodeAfter].every((node) =>
		node?.marks.some(({ type }) => type === ins || type === del),
	);
	if (goesOn || (empty && nodeAfter !== null && !amongSuggestions)) return;
	tr.setSelection(caret).setStoredMarks(marksAt(caret.$head, authored));
	view.dispatch(tr.setMeta(key, authored));
}

/** The suggestion that an input method has begun. */
export function reservedIn(state: EditorState): Authored | null {
	return key.getState(state) ?? null;
}
