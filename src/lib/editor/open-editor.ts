/**
 * One editor over one body. The body is looked through before it is bound, and by the binding at every change that comes
 * in; an editor whose binding was severed is closed at once.
 */
import { findUnknown } from '#lib/documents/body-gate.ts';
import { EditorState, type Command, type Plugin, type Transaction } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { yCursorPluginKey, yUndoPluginKey } from 'y-prosemirror';
import type * as Y from 'yjs';
import type { Awareness } from 'y-protocols/awareness';
import { asking, type Asking } from './asking.ts';
import { bindingPlugin } from './binding/binding-plugin.ts';
import { Binding, type Closing } from './binding/binding.ts';
import { cursors } from './cursors.ts';
import { markdownRules } from './input-rules.ts';
import { editorKeys } from './keymap.ts';
import { pasting } from './paste.ts';
import { checkBoxes } from './check-item.ts';
import { commentMarks } from './comments/comment-marks.ts';
import type { CommentDesk } from './comments/desk.ts';
import { placeholder } from './placeholder.ts';
import { readBack } from './read-back.ts';
import type { Author } from './suggest/author.ts';
import { composing } from './suggest/composing.ts';
import { finalText } from './suggest/final-text.ts';
import { modeOf, type Mode } from './suggest/mode.ts';
import { replacing } from './suggest/replacing.ts';
import { inMode, setMode, suggesting } from './suggest/suggesting.ts';
import { fullRows, loadTables, structural } from './table/in-table.ts';
import { undoing } from './undoing.ts';
import { hearCaret, withUnheardCaret } from './unheard-caret.ts';

export type { Closing };

export type EditorOptions = {
	doc: Y.Doc;
	awareness: Awareness;
	/** The root's name, such as `body:…`. */
	fragment: string;
	label: string;
	placeholder: string;
	nameOf: (personId: string) => string;
	/** Who suggests here; without, nobody does. */
	author?: Author | undefined;
	mode?: Mode | undefined;
	/** After every change of content, selection or undo. */
	onstate: () => void;
	/** Others' carets have moved, and somebody writes here. */
	oncarets?: (() => void) | undefined;
	onclosed: (closing: Closing) => void;
	/** The person asks for a link by key. */
	onlink: () => void;
	/** A paste was refused for its size. */
	onoversized: () => void;
	comments?: CommentDesk | null;
	/** Of facts and checks; before the keys, which they may need. */
	plugins?: readonly Plugin[];
	/** A `/` asks what the paragraph is to be; null when the question is over. */
	onblocks?: ((asking: Asking | null) => void) | undefined;
	/** @returns whether a key was for the answers to that */
	onblockkey?: ((key: string) => boolean) | undefined;
	/** What the person did cannot be suggested; nothing has changed, or `partly` all but a table's rows. */
	onunsuggestable?: ((partly?: boolean) => void) | undefined;
};

export type Editor = {
	readonly state: EditorState;
	readonly element: HTMLElement;
	/** Where a place of the text is on the screen; null when it is there no more. */
	placeOf(at: number): DOMRect | null;
	run(command: Command): void;
	/** Renames the text for screen readers; nothing is opened anew. */
	setLabel(label: string): void;
	setMode(mode: Mode): void;
	/** Something that it is drawn by is there now. */
	redraw(): void;
	focus(): void;
	canUndo(): boolean;
	canRedo(): boolean;
	close(): void;
};

/** Others' carets move many times a second, in every editor of a page. */
function isCaretsOnly(tr: Transaction): boolean {
	return !tr.docChanged && !tr.selectionSet && tr.getMeta(yCursorPluginKey) !== undefined;
}

/** @returns the editor, or why this body must not be opened in one */
export function openEditor(place: HTMLElement, options: EditorOptions): Editor | Closing {
	const body = options.doc.getXmlFragment(options.fragment);
	const unknown = findUnknown(body);
	if (unknown) return { why: 'unknown', unknown };
	try {
		return bind(place, body, options);
	} catch (error) {
		place.replaceChildren();
		return { why: 'fault', error };
	}
}

function bind(place: HTMLElement, body: Y.XmlFragment, options: EditorOptions): Editor {
	let open = true;
	const close = () => {
		if (!open) return;
		open = false;
		view.destroy();
	};
	const fail = (closing: Closing) => {
		if (!open) return;
		close();
		options.onclosed(closing);
	};

	const binding = new Binding(body, fail);
	const state = EditorState.create({ doc: binding.written, plugins: pluginsOf(binding, options) });
	// As what has the focus elsewhere, the caret stands clear of what sticks above, and of the tools below.
	const top = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop);
	const clear = { top, bottom: 136, left: 8, right: 8 };
	const view = new EditorView(place, {
		state,
		attributes: attributesFor(options.label),
		scrollMargin: clear,
		scrollThreshold: clear,
		handleDOMEvents: { keydown: hearCaret, compositionstart: hearCaret, beforeinput: hearCaret },
		dispatchTransaction(this: EditorView, tr: Transaction) {
			if (!open) return;
			try {
				const done = inMode(this.state, withUnheardCaret(this, tr));
				if (!done) return modeOf(this.state) === 'suggest' ? options.onunsuggestable?.() : undefined;
				this.updateState(this.state.apply(done));
				if (done.getMeta(structural) === 'stays') options.onunsuggestable?.(true);
				if (!isCaretsOnly(done)) options.onstate();
				else if (this.hasFocus()) options.oncarets?.();
			} catch (error) {
				fail({ why: 'fault', error });
			}
		},
	});
	// What keeps its rows and columns has to be there before the first key.
	if (state.doc.children.some(({ type }) => type.name === 'table'))
		loadTables().then(
			() => open && view.setProps({}),
			() => undefined,
		);
	const undoManager = undoManagerOf(view.state);
	undoManager.on('stack-item-added', options.onstate);
	undoManager.on('stack-item-popped', options.onstate);
	return {
		get state() {
			return view.state;
		},
		element: view.dom,
		placeOf(at) {
			if (!open || at > view.state.doc.content.size) return null;
			const { left, top, bottom } = view.coordsAtPos(at);
			return new DOMRect(left, top, 1, bottom - top);
		},
		run(command) {
			if (!open) return;
			view.focus();
			command(view.state, view.dispatch.bind(view), view);
		},
		setLabel(label) {
			if (open) view.setProps({ attributes: attributesFor(label) });
		},
		setMode(mode) {
			if (open) setMode(view.state, view.dispatch.bind(view), mode);
		},
		redraw() {
			if (open) view.setProps({});
		},
		focus: () => view.focus(),
		canUndo: () => undoManager.undoStack.length > 0,
		canRedo: () => undoManager.redoStack.length > 0,
		close,
	};
}

function attributesFor(label: string): Record<string, string> {
	return { role: 'textbox', 'aria-multiline': 'true', 'aria-label': label, class: 'rich' };
}

function pluginsOf(binding: Binding, options: EditorOptions) {
	const { author } = options;
	return [
		bindingPlugin(binding),
		readBack,
		...cursors(options.awareness, options.fragment, options.nameOf),
		undoing(binding.type),
		...(author ? [suggesting(author, options.mode ?? 'edit'), composing(author), replacing()] : []),
		finalText(),
		markdownRules(),
		checkBoxes(),
		fullRows(),
		...(options.comments ? [commentMarks(options.comments, options.fragment)] : []),
		placeholder(options.placeholder),
		...(options.plugins ?? []),
		// Behind those who know facts, and read and write them on the clipboard.
		pasting(options.onoversized),
		...blocks(options),
		...editorKeys(options.onlink),
	];
}

function blocks({ onblocks, onblockkey }: EditorOptions): Plugin[] {
	return onblocks && onblockkey ? [asking('/', { onasking: onblocks, onkey: onblockkey }).plugin] : [];
}

function undoManagerOf(state: EditorState): Y.UndoManager {
	return yUndoPluginKey.getState(state).undoManager as Y.UndoManager;
}
