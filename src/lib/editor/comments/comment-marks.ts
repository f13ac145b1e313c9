/** Shows in an editor which words people talk about, and begins a comment on what is selected. */
import { readComments } from '#lib/documents/body-attributes.ts';
import { breakSign } from '#lib/documents/suggestion.ts';
import type { Node } from 'prosemirror-model';
import { Plugin, PluginKey, type Command, type EditorState, type Transaction } from 'prosemirror-state';
import { Decoration, DecorationSet } from 'prosemirror-view';
import { ySyncPluginKey } from 'y-prosemirror';
import * as Y from 'yjs';
import type { Binding } from '../binding/binding.ts';
import { toPlace } from '../binding/relative-selection.ts';
import { shownWords } from '../facts/shown-words.ts';
import { schema } from '../schema.ts';
import type { CommentDesk, CommentDraft } from './desk.ts';
import './comments.css';

type Range = { from: number; to: number };
type Place = Y.RelativePosition;
/** What a comment was begun on here last, wherever it has come since. */
type Begun = Range & { draft: CommentDraft };
type Shown = { marks: DecorationSet; begun: Begun | null };

const key = new PluginKey<Shown>('comments');

export function commentMarks(desk: CommentDesk, fragment: string): Plugin<Shown> {
	return new Plugin<Shown>({
		key,
		state: {
			init: (_config, { doc }) => ({ marks: decorate(doc, desk, null), begun: null }),
			apply(tr, shown) {
				const said = tr.getMeta(key) as Begun | true | undefined;
				if (!tr.docChanged && !said) return shown;
				const begun = said && said !== true ? said : shown.begun && mapped(shown.begun, tr);
				return { marks: decorate(tr.doc, desk, begun), begun };
			},
		},
		view(view) {
			const off = desk.onchange(() => view.dispatch(view.state.tr.setMeta(key, true)));
			return { destroy: off };
		},
		props: {
			decorations: (state) => key.getState(state)?.marks,
			handleClick(view, at) {
				const id = commentAt(view.state, at, desk);
				if (id !== null) desk.pick(id);
				return false;
			},
			handleKeyDown(view, event) {
				if (event.code !== 'KeyM' || !event.altKey || event.shiftKey || !(event.ctrlKey || event.metaKey)) return false;
				// On Windows AltGr is Ctrl and Alt, and writes a µ.
				if (event.getModifierState('AltGraph')) return false;
				event.preventDefault();
				return beginComment(desk, fragment)(view.state, view.dispatch.bind(view), view);
			},
		},
	});
}

/** With nothing selected, the word at the caret is meant, and beside one the whole paragraph. */
export function beginComment(desk: CommentDesk, fragment: string): Command {
	return (state, dispatch, view) => {
		const range = rangeOf(state);
		if (!range) return false;
		if (!dispatch || !view) return true;
		const quote = readWords(state, range);
		const back = () => view.isDestroyed || view.focus();
		const draft = { fragment, quote, place: placeOf(state, range), back };
		// While one writes, the field has the selection: the text has to say by itself what is spoken of.
		dispatch(state.tr.setMeta(key, { ...range, draft }));
		desk.begin(draft);
		return true;
	};
}

/** As one reads them: a new line stands where a paragraph ends, or is suggested to. */
function readWords(state: EditorState, { from, to }: Range): string {
	const lines: string[] = [];
	state.doc.nodesBetween(from, to, (node, at) => {
		if (node.isTextblock) lines.push('');
		if (!node.isInline) return;
		const words = wordsOf(state, node);
		lines.push((lines.pop() ?? '') + (node.isText ? words.slice(Math.max(0, from - at), to - at) : words));
	});
	return lines.join('\n');
}

function wordsOf(state: EditorState, node: Node): string {
	if (!node.isText) return shownWords(state, node);
	const text = node.text ?? '';
	return schema.marks.brk.isInSet(node.marks) ? text.replaceAll(breakSign, '\n') : text;
}

/** At the words, wherever they come: what is written at their ends is not meant. */
function placeOf(state: EditorState, { from, to }: Range): CommentDraft['place'] {
	const { type, doc, binding } = ySyncPluginKey.getState(state) as {
		type: Y.XmlFragment;
		doc: Y.Doc;
		binding: Binding;
	};
	const [start, end] = [from, to].map((at) => toPlace({ type, mapping: binding.mapping }, at)) as [Place, Place];
	const last = Y.createAbsolutePositionFromRelativePosition(end, doc);
	const isInText = last?.type instanceof Y.XmlText && last.index > 0;
	return { from: start, to: isInText ? Y.createRelativePositionFromTypeIndex(last.type, last.index, -1) : end };
}

function rangeOf({ selection, doc }: EditorState): Range | null {
	const { from, to, empty, $from } = selection;
	if (!empty) return doc.textBetween(from, to).trim() === '' ? null : { from, to };
	const before = /[\p{L}\p{N}]*$/u.exec($from.parent.textBetween(0, $from.parentOffset, '\n', '\n'))?.[0].length ?? 0;
	const after =
		/^[\p{L}\p{N}]*/u.exec($from.parent.textBetween($from.parentOffset, $from.parent.content.size, '\n', '\n'))?.[0]
			.length ?? 0;
	if (before + after > 0) return { from: from - before, to: to + after };
	return $from.parent.textContent.trim() === '' ? null : { from: $from.start(), to: $from.end() };
}

function commentAt({ doc }: EditorState, at: number, desk: CommentDesk): string | null {
	const node = doc.nodeAt(at);
	return (node && commentsOn(node).find((id) => desk.openIds.has(id))) ?? null;
}

function commentsOn({ type, attrs, marks }: Node): string[] {
	if (type === schema.nodes.fact) return readComments(attrs.comments);
	return marks.flatMap((mark) => (mark.type === schema.marks.comment ? String(mark.attrs.id) : []));
}

function mapped(begun: Begun, { mapping }: Transaction): Begun {
	return { ...begun, from: mapping.map(begun.from, 1), to: mapping.map(begun.to, -1) };
}

function decorate(doc: Node, { openIds, active, draft }: CommentDesk, begun: Begun | null): DecorationSet {
	const found: Decoration[] = [];
	if (begun && begun.draft === draft && begun.from < begun.to)
		found.push(Decoration.inline(begun.from, begun.to, { class: 'commenting' }));
	if (openIds.size === 0) return DecorationSet.create(doc, found);
	doc.descendants((node, at) => {
		for (const id of commentsOn(node)) {
			if (!openIds.has(id)) continue;
			found.push(
				Decoration.inline(at, at + node.nodeSize, { class: id === active ? 'commented active' : 'commented' }),
			);
		}
	});
	return DecorationSet.create(doc, found);
}
