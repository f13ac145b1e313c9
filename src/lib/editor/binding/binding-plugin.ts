/** The plugin under which a binding lives in an editor, and in which the steps wait that are not written yet. */
import type { Node } from 'prosemirror-model';
import { Plugin, type EditorState } from 'prosemirror-state';
import type { StepMap } from 'prosemirror-transform';
import { ySyncPluginKey, yUndoPluginKey } from 'y-prosemirror';
import type { Binding } from './binding.ts';

/** The fields that y-prosemirror's carets and undo read, and the steps since a document. */
type Kept = {
	type: Binding['type'];
	doc: Binding['doc'];
	binding: Binding;
	snapshot: null;
	prevSnapshot: null;
	isChangeOrigin: boolean;
	isUndoRedoOperation: boolean;
	addToHistory: boolean;
	since: Node;
	steps: readonly StepMap[];
};

export function bindingPlugin(binding: Binding): Plugin {
	return new Plugin<Kept>({
		key: ySyncPluginKey,
		state: {
			init: () => ({
				type: binding.type,
				doc: binding.doc,
				binding,
				snapshot: null,
				prevSnapshot: null,
				isChangeOrigin: false,
				isUndoRedoOperation: false,
				addToHistory: true,
				since: binding.written,
				steps: [],
			}),
			apply(tr, kept, before) {
				const change = (tr.getMeta(ySyncPluginKey) ?? {}) as {
					isChangeOrigin?: boolean;
					isUndoRedoOperation?: boolean;
				};
				const isChangeOrigin = change.isChangeOrigin === true;
				// Steps that are written already need not be kept.
				const steps = before.doc === binding.written ? [] : kept.steps;
				return {
					...kept,
					isChangeOrigin,
					isUndoRedoOperation: isChangeOrigin && change.isUndoRedoOperation === true,
					addToHistory: tr.getMeta('addToHistory') !== false,
					since: steps.length === 0 ? before.doc : kept.since,
					steps: isChangeOrigin ? [] : [...steps, ...tr.mapping.maps],
				};
			},
		},
		view(view) {
			binding.attach(view);
			return {
				update() {
					const { state } = view;
					if (state.doc === binding.written) return;
					const { addToHistory, isChangeOrigin } = stateOf(state);
					if (!addToHistory && !isChangeOrigin) yUndoPluginKey.getState(state)?.undoManager.stopCapturing();
					binding.write(state, addToHistory);
				},
				destroy: () => binding.destroy(),
			};
		},
	});
}

/** @returns the steps that lead from what is written to what the editor shows */
export function stepsSince(state: EditorState, written: Node): readonly StepMap[] {
	const { since, steps } = stateOf(state);
	if (since !== written) throw new Error('there are steps that the binding does not know of');
	return steps;
}

function stateOf(state: EditorState): Kept {
	return ySyncPluginKey.getState(state) as Kept;
}
