/**
 * `@` asks for a fact: what is typed behind it narrows the choices, the arrows walk through them, Enter takes one, Escape
 * leaves the `@` as it is. The list itself is drawn elsewhere; this says where it stands and hands it the keys.
 */
import { Plugin, PluginKey, type EditorState } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';

/** What is being asked for: from the `@` to the caret. */
export type Asking = { from: number; to: number; query: string };

type AtState = {
	asking: Asking | null;
	/** Where an `@` stands that is to stay one. */
	refused: number | null;
};

const atKey = new PluginKey<AtState>('at');

/** Longer than any name of a meeting. */
const longest = 40;

export type AtHooks = {
	/** @param asking null when the question is over */
	onasking: (asking: Asking | null, view: EditorView) => void;
	/** @returns whether the key was for the list */
	onkey: (key: string) => boolean;
};

export function askingPlugin({ onasking, onkey }: AtHooks): Plugin {
	return new Plugin<AtState>({
		key: atKey,
		state: {
			init: () => ({ asking: null, refused: null }),
			apply(tr, { asking, refused }, _old, state) {
				const leaves = tr.getMeta(atKey) === 'leave';
				const stays = leaves ? (asking?.from ?? null) : refused === null ? null : tr.mapping.map(refused);
				if (leaves) return { asking: null, refused: stays };
				if (!tr.docChanged && !tr.selectionSet) return { asking, refused: stays };
				const next = askingIn(state, asking !== null || (tr.docChanged && isBehindSign(state)));
				return { asking: next?.from === stays ? null : next, refused: stays };
			},
		},
		props: {
			handleKeyDown(view, event) {
				if (event.isComposing || !atKey.getState(view.state)?.asking) return false;
				if (event.key === 'Escape') {
					view.dispatch(view.state.tr.setMeta(atKey, 'leave'));
					return true;
				}
				return !event.ctrlKey && !event.metaKey && !event.altKey && onkey(event.key);
			},
			handleDOMEvents: {
				blur: (view) => {
					if (atKey.getState(view.state)?.asking) onasking(null, view);
					return false;
				},
			},
		},
		view: () => ({
			update(view, before) {
				const [was, is] = [atKey.getState(before)?.asking, atKey.getState(view.state)?.asking];
				if (was !== is) onasking(is ?? null, view);
			},
		}),
	});
}

/** Ends the question, as Escape does. */
export function stopAsking(view: EditorView): void {
	view.dispatch(view.state.tr.setMeta(atKey, 'leave'));
}

/** A question begins where an `@` was just typed, not where a caret comes by an old one. */
function isBehindSign({ selection: { $from, empty } }: EditorState): boolean {
	const { parent, parentOffset } = $from;
	return empty && parent.isTextblock && parent.textBetween(Math.max(0, parentOffset - 1), parentOffset) === '@';
}

function askingIn({ selection, doc }: EditorState, may: boolean): Asking | null {
	const { $from, empty, from: to } = selection;
	if (!may || !empty || !$from.parent.isTextblock) return null;
	const before = doc.textBetween($from.start(), to, undefined, '\ufffc');
	const at = before.lastIndexOf('@');
	const query = before.slice(at + 1);
	// An address of e-mail has letters before its sign.
	if (at < 0 || /[\p{L}\p{N}.]/u.test(before[at - 1] ?? ' ')) return null;
	if (query.length > longest || /[\n\ufffc]|^\s|\s\s|[.,;:!?]\s/u.test(query)) return null;
	return { from: $from.start() + at, to, query };
}
