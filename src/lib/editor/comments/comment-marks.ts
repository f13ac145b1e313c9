/** Shows in an editor which words people talk about, and begins a comment on what is selected. */
import { breakSign } from '#lib/documents/suggestion.ts';
import type { Node } from 'prosemirror-model';
import { Plugin, PluginKey, type Command, type EditorState } from 'prosemirror-state';
import { Decoration, DecorationSet, type EditorView } from 'prosemirror-view';
import { schema } from '../schema.ts';
import { asItIs } from '../suggest/suggesting.ts';
import type { CommentDesk } from './desk.ts';
import './comments.css';

const key = new PluginKey<DecorationSet>('comments');

export function commentMarks(desk: CommentDesk, fragment: string): Plugin<DecorationSet> {
	return new Plugin<DecorationSet>({
		key,
		state: {
			init: (_config, { doc }) => decorate(doc, desk),
			apply: (tr, shown) => (tr.docChanged || tr.getMeta(key) ? decorate(tr.doc, desk) : shown),
		},
		view(view) {
			const off = desk.onchange(() => view.dispatch(view.state.tr.setMeta(key, true)));
			return { destroy: off };
		},
		props: {
			decorations: (state) => key.getState(state),
			handleClick(view, at) {
				const id = commentAt(view.state, at, desk);
				if (id !== null) desk.pick(id);
				return false;
			},
			handleKeyDown(view, event) {
				if (event.code !== 'KeyM' || !event.altKey || event.shiftKey || !(event.ctrlKey || event.metaKey)) return false;
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
		const quote = readWords(state.doc, range);
		desk.begin({ fragment, quote, anchor: anchorOn(view, range, quote) });
		return true;
	};
}

type Range = { from: number; to: number };

/** As one reads them: a new line stands where a paragraph ends, or is suggested to. */
function readWords(doc: Node, { from, to }: Range): string {
	const lines: string[] = [];
	doc.nodesBetween(from, to, (node, at) => {
		if (node.isTextblock) lines.push('');
		if (!node.isInline) return;
		const words = node.isText ? textOf(node).slice(Math.max(0, from - at), to - at) : String(node.attrs.text ?? '');
		lines.push((lines.pop() ?? '') + words);
	});
	return lines.join('\n');
}

function readLines(block: Node): string {
	return block.children.map((child) => (child.isText ? textOf(child) : '')).join('');
}

function textOf(node: Node): string {
	const text = node.text ?? '';
	return schema.marks.brk.isInSet(node.marks) ? text.replaceAll(breakSign, '\n') : text;
}

/** Others may have written meanwhile: the words are looked for again where they were. */
function anchorOn(view: EditorView, range: Range, quote: string): (id: string) => void {
	return (id) => {
		const { doc, tr } = view.state;
		const to = Math.min(range.to, doc.content.size);
		const from = Math.min(range.from, to);
		const found = readWords(doc, { from, to }) === quote ? { from, to } : find(doc, quote);
		if (found) view.dispatch(asItIs(tr.addMark(found.from, found.to, schema.marks.comment.create({ id }))));
	};
}

function find(doc: Node, quote: string): Range | null {
	let found: Range | null = null;
	doc.descendants((node, at) => {
		const index = node.isTextblock && !found ? readLines(node).indexOf(quote) : -1;
		if (index >= 0) found = { from: at + 1 + index, to: at + 1 + index + quote.length };
		return !found;
	});
	return found;
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
	const marks = doc.nodeAt(at)?.marks ?? [];
	const ids = marks.filter(({ type }) => type === schema.marks.comment).map(({ attrs }) => String(attrs.id));
	return ids.find((id) => desk.openIds.has(id)) ?? null;
}

function decorate(doc: Node, { openIds, active }: CommentDesk): DecorationSet {
	if (openIds.size === 0) return DecorationSet.empty;
	const found: Decoration[] = [];
	doc.descendants((node, at) => {
		for (const { type, attrs } of node.marks) {
			const id = String(attrs.id);
			if (type !== schema.marks.comment || !openIds.has(id)) continue;
			found.push(
				Decoration.inline(at, at + node.nodeSize, { class: id === active ? 'commented active' : 'commented' }),
			);
		}
	});
	return DecorationSet.create(doc, found);
}
