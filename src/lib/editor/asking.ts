/**
 * A sign asks for something to put in its place: `@` for a fact, `/` for a kind of paragraph. What is typed behind it
 * narrows the choices, the arrows walk through them, Enter takes one, Escape leaves the sign as it is. The list itself is
 * drawn elsewhere; this says where it stands and hands it the keys.
 */
import { Plugin, PluginKey, type EditorState } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';

/** What is being asked for: from the sign to the caret. */
export type Asking = { from: number; to: number; query: string };

type AskingState = {
	asking: Asking | null;
	/** Where a sign stands that is to stay one. */
	refused: number | null;
};

/** Longer than any name of a meeting. */
const longest = 40;

export type AskingHooks = {
	/** @param asking null when the question is over */
	onasking: (asking: Asking | null, view: EditorView) => void;
	/** @returns whether the key was for the list */
	onkey: (key: string) => boolean;
};

export type Sign = '@' | '/';

/** @returns the plugin, and what ends the question as Escape does */
export function asking(
	sign: Sign,
	{ onasking, onkey }: AskingHooks,
): { plugin: Plugin; stop: (view: EditorView) => void } {
	const key = new PluginKey<AskingState>(`asking ${sign}`);
	const stop = (view: EditorView) => view.dispatch(view.state.tr.setMeta(key, 'leave'));
	const plugin = new Plugin<AskingState>({
		key,
		state: {
			init: () => ({ asking: null, refused: null }),
			apply(tr, { asking, refused }, _old, state) {
				const leaves = tr.getMeta(key) === 'leave';
				const stays = leaves ? (asking?.from ?? null) : refused === null ? null : tr.mapping.map(refused);
				if (leaves) return { asking: null, refused: stays };
				if (!tr.docChanged && !tr.selectionSet) return { asking, refused: stays };
				const next = askingIn(state, sign, asking !== null || (tr.docChanged && isBehindSign(state, sign)));
				return { asking: next?.from === stays ? null : next, refused: stays };
			},
		},
		props: {
			handleKeyDown(view, event) {
				if (event.isComposing || !key.getState(view.state)?.asking) return false;
				if (event.key === 'Escape') {
					stop(view);
					return true;
				}
				return !event.ctrlKey && !event.metaKey && !event.altKey && onkey(event.key);
			},
			handleDOMEvents: {
				blur: (view) => {
					if (key.getState(view.state)?.asking) onasking(null, view);
					return false;
				},
			},
		},
		view: () => ({
			update(view, before) {
				const [was, is] = [key.getState(before)?.asking, key.getState(view.state)?.asking];
				if (was !== is) onasking(is ?? null, view);
			},
		}),
	});
	return { plugin, stop };
}

/** A question begins where a sign was just typed, not where a caret comes by an old one. */
function isBehindSign({ selection: { $from, empty } }: EditorState, sign: Sign): boolean {
	const { parent, parentOffset } = $from;
	return empty && parent.isTextblock && parent.textBetween(Math.max(0, parentOffset - 1), parentOffset) === sign;
}

/** An address of e-mail has letters before its sign; and people write und/oder, 1/2 and https://. A suggested break is a sign. */
const mayStandBefore: Readonly<Record<Sign, RegExp>> = { '@': /[^\p{L}\p{N}.]/u, '/': /[\s¶]/u };

function askingIn({ selection, doc }: EditorState, sign: Sign, may: boolean): Asking | null {
	const { $from, empty, from: to } = selection;
	if (!may || !empty || !$from.parent.isTextblock) return null;
	const before = doc.textBetween($from.start(), to, undefined, '\ufffc');
	const at = before.lastIndexOf(sign);
	const query = before.slice(at + 1);
	if (at < 0 || !mayStandBefore[sign].test(before[at - 1] ?? ' ')) return null;
	if (sign === '/' && /\s/u.test(query)) return null;
	if (query.length > longest || /[\n\ufffc]|^\s|\s\s|[.,;:!?]\s/u.test(query)) return null;
	return { from: $from.start() + at, to, query };
}
