/** An editor without a page: the state, the plugins and the binding as in a browser, but nothing is drawn. */
import {
	EditorState,
	TextSelection,
	type Command,
	type Plugin,
	type PluginView,
	type Transaction,
} from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { redo, undo, yUndoPluginKey } from 'y-prosemirror';
import type * as Y from 'yjs';
import { bindingPlugin } from '#lib/editor/binding/binding-plugin.ts';
import { Binding, type Closing } from '#lib/editor/binding/binding.ts';
import { inMode } from '#lib/editor/suggest/suggesting.ts';
import { undoing } from '#lib/editor/undoing.ts';

export class BareEditor {
	state: EditorState;
	closed: Closing | null = null;
	readonly doc: Y.Doc;
	readonly binding: Binding;
	readonly #views: PluginView[];

	constructor(doc: Y.Doc, root: string, plugins: readonly Plugin[] = []) {
		this.doc = doc;
		this.binding = new Binding(doc.getXmlFragment(root), (closing) => (this.closed = closing));
		this.state = EditorState.create({
			doc: this.binding.written,
			plugins: [bindingPlugin(this.binding), undoing(doc.getXmlFragment(root)), ...plugins],
		});
		const host = this as unknown as EditorView;
		this.#views = this.state.plugins.flatMap((plugin) => plugin.spec.view?.(host) ?? []);
	}

	readonly dispatch = (tr: Transaction): void => {
		const before = this.state;
		const done = inMode(before, tr);
		if (!done) return;
		this.state = before.apply(done);
		for (const view of this.#views) view.update?.(this as unknown as EditorView, before);
	};

	run(command: Command): boolean {
		return command(this.state, this.dispatch);
	}

	select(from: number, to = from): void {
		this.dispatch(this.state.tr.setSelection(TextSelection.create(this.state.doc, from, to)));
	}

	/** Puts the caret behind words that stand in the text once, or before them. */
	goTo(words: string, end = true): void {
		this.select(this.find(words) + (end ? words.length : 0));
	}

	selectWords(words: string): void {
		const at = this.find(words);
		this.select(at, at + words.length);
	}

	find(words: string): number {
		let found = -1;
		this.state.doc.descendants((node, at) => {
			const index = node.isTextblock ? node.textBetween(0, node.content.size, '', '\ufffc').indexOf(words) : -1;
			if (index >= 0) found = at + 1 + index;
		});
		if (found < 0) throw new Error(`not there: ${words}`);
		return found;
	}

	type(text: string): void {
		this.dispatch(this.state.tr.insertText(text));
	}

	undo(): void {
		undo(this.state);
	}

	redo(): void {
		redo(this.state);
	}

	get undoManager(): Y.UndoManager {
		return yUndoPluginKey.getState(this.state)?.undoManager as Y.UndoManager;
	}

	get lines(): string[] {
		return this.state.doc.children.map((node) => node.textContent);
	}

	close(): void {
		for (const view of this.#views) view.destroy?.();
	}
}
