/** What a person does to paragraphs. Each command changes attributes or splits; none wraps, lifts or changes a type. */
import { maxIndent, type HeadingLevel, type ListKind } from '#lib/documents/body-gate.ts';
import { tailForm } from '#lib/documents/suggestion.ts';
import {
	baseKeymap,
	chainCommands,
	createParagraphNear,
	deleteSelection,
	joinBackward,
	selectNodeBackward,
	splitBlockAs,
} from 'prosemirror-commands';
import type { MarkType, Node } from 'prosemirror-model';
import type { Command, EditorState, Transaction } from 'prosemirror-state';
import { AddMarkStep, RemoveMarkStep } from 'prosemirror-transform';
import { attributesOf, isListItem, isParagraph, plainParagraph, schema, type ParagraphAttributes } from './schema.ts';
import { caretMarks } from './suggest/caret-marks.ts';
import { showsMark } from './suggest/marks.ts';

/** Headings and list kinds exclude each other; choosing the one that stands takes it away. */
export function toggleLevel(level: HeadingLevel | null): Command {
	return changeParagraphs((paragraphs) => {
		const off = level === null || paragraphs.every((each) => each.level === level);
		return off ? { level: null } : { level, list: null, checked: null, indent: null };
	});
}

export function toggleList(list: ListKind): Command {
	return changeParagraphs((paragraphs) => {
		const off = paragraphs.every((each) => each.list === list && each.level === null);
		return off ? { list: null, indent: null, checked: null } : { list, level: null, checked: null };
	});
}

/** One step in or out, of list items only: so that Tab leaves the editor everywhere else. */
export function shiftIndent(step: 1 | -1): Command {
	return (state, dispatch) => {
		const items = paragraphsOf(state).filter(({ node }) => isListItem(node));
		const moved = items.filter(({ node }) => {
			const next = indentOf(node) + step;
			return next >= 0 && next <= maxIndent;
		});
		if (items.length === 0) return false;
		if (dispatch) {
			const { tr } = state;
			for (const { node, at } of moved) setAttributes(tr, at, { indent: indentOf(node) + step || null });
			dispatch(tr.scrollIntoView());
		}
		return true;
	};
}

/** Ticks or unticks the check items of the selection. */
export const toggleChecked: Command = (state, dispatch) => {
	const items = paragraphsOf(state).filter(({ node }) => attributesOf(node).list === 'check');
	if (items.length === 0) return false;
	const all = items.every(({ node }) => attributesOf(node).checked);
	if (dispatch) {
		const { tr } = state;
		for (const { at } of items) setAttributes(tr, at, { checked: all ? null : true });
		dispatch(tr);
	}
	return true;
};

export const insertLineBreak: Command = (state, dispatch) => {
	if (!state.selection.$from.parent.isTextblock) return false;
	dispatch?.(state.tr.insertText('\n').scrollIntoView());
	return true;
};

/** Enter in an empty list item: one step out, at last out of the list. */
const leaveEmptyItem: Command = (state, dispatch) => {
	const { $from, empty } = state.selection;
	const node = $from.parent;
	if (!empty || !isParagraph(node) || !isListItem(node) || node.content.size > 0) return false;
	const indent = indentOf(node);
	dispatch?.(
		setAttributes(
			state.tr,
			$from.before(),
			indent > 0 ? { indent: indent - 1 || null } : { list: null, checked: null },
		).scrollIntoView(),
	);
	return true;
};

/** The second half keeps list and indent, starts unticked, and is plain behind the end of a heading. */
const splitParagraph = splitBlockAs((node, atEnd) => {
	if (!isParagraph(node)) return null;
	return { type: node.type, attrs: { ...plainParagraph, ...tailForm(node.attrs, atEnd) } };
});

/** Backspace at the start of something that is not plain text makes it plainer before it joins it to what is before. */
const makePlainer: Command = (state, dispatch, view) => {
	const { $from, empty } = state.selection;
	const node = $from.parent;
	const atStart = view ? view.endOfTextblock('backward', state) : $from.parentOffset === 0;
	if (!empty || !isParagraph(node) || $from.parentOffset > 0 || !atStart) return false;
	const { level, list, indent } = attributesOf(node);
	const plainer: Partial<ParagraphAttributes> | null =
		level !== null
			? { level: null }
			: list !== null
				? { list: null, checked: null }
				: indent !== null
					? { indent: indent - 1 || null }
					: null;
	if (!plainer) return false;
	dispatch?.(setAttributes(state.tr, $from.before(), plainer).scrollIntoView());
	return true;
};

/** A line across: before an empty paragraph, in which one goes on, else behind the paragraph. */
export const insertRule: Command = (state, dispatch) => {
	const { $from } = state.selection;
	if ($from.depth !== 1) return false;
	const at = $from.parent.content.size === 0 ? $from.before() : $from.after();
	dispatch?.(state.tr.insert(at, schema.nodes.rule.create()).scrollIntoView());
	return true;
};

export const enter = chainCommands(leaveEmptyItem, createParagraphNear, splitParagraph);
export const backspace = chainCommands(deleteSelection, makePlainer, joinBackward, selectNodeBackward);
export const forwardDelete: Command = baseKeymap['Delete'] ?? (() => false);

/** Strong or emphasis on or off; what is suggested counts as it shows. */
export function toggleFormat(type: MarkType): Command {
	return (state, dispatch) => {
		const { from, to, empty, $from } = state.selection;
		if (empty) {
			if (!$from.parent.inlineContent) return false;
			const [now, mark] = [caretMarks(state), type.create()];
			dispatch?.(state.tr.setStoredMarks(mark.isInSet(now) ? mark.removeFromSet(now) : mark.addToSet(now)));
			return true;
		}
		let shown = false;
		state.doc.nodesBetween(from, to, (node) => {
			if (node.isText && showsMark(node, type)) shown = true;
		});
		const mark = type.create();
		// As steps, so that taking away reaches text where the mark is only suggested.
		dispatch?.(state.tr.step(shown ? new RemoveMarkStep(from, to, mark) : new AddMarkStep(from, to, mark)));
		return true;
	};
}

/** Puts a link on the selection, or takes it away. With nothing selected the address itself is written. */
export function setLink(href: string | null): Command {
	return (state, dispatch) => {
		const { link } = schema.marks;
		const { from, to, empty } = linkRange(state) ?? state.selection;
		const { tr } = state;
		if (empty && href === null) return false;
		if (empty && href !== null) tr.insert(from, schema.text(href.replace(/^mailto:/, ''), [link.create({ href })]));
		else if (href === null) tr.removeMark(from, to, link);
		else tr.addMark(from, to, link.create({ href }));
		dispatch?.(tr.scrollIntoView());
		return true;
	};
}

/** The whole link in which the caret stands, when nothing is selected. */
export function linkRange(state: EditorState): { from: number; to: number; empty: false; href: string } | null {
	const { $from, empty } = state.selection;
	if (!empty) return null;
	const parent = $from.parent;
	const start = $from.start();
	let found: { from: number; to: number; empty: false; href: string } | null = null;
	parent.forEach((child, offset) => {
		const mark = schema.marks.link.isInSet(child.marks);
		if (!mark) return;
		const from = start + offset;
		const href = String(mark.attrs.href);
		const joins = found?.to === from && found.href === href;
		if (found && found.from <= $from.pos && found.to >= $from.pos && !joins) return;
		found = { from: joins && found ? found.from : from, to: from + child.nodeSize, empty: false, href };
	});
	const range = found as { from: number; to: number; empty: false; href: string } | null;
	return range && range.from <= $from.pos && range.to >= $from.pos ? range : null;
}

/** The paragraphs that the selection touches. */
export function paragraphsOf(state: EditorState): { node: Node; at: number }[] {
	const found: { node: Node; at: number }[] = [];
	const { from, to } = state.selection;
	state.doc.nodesBetween(from, to, (node, at) => {
		if (isParagraph(node)) found.push({ node, at });
	});
	return found;
}

function indentOf(node: Node): number {
	return attributesOf(node).indent ?? 0;
}

function changeParagraphs(
	change: (paragraphs: readonly ParagraphAttributes[]) => Partial<ParagraphAttributes>,
): Command {
	return (state, dispatch) => {
		const paragraphs = paragraphsOf(state);
		if (paragraphs.length === 0) return false;
		if (dispatch) {
			const next = change(paragraphs.map(({ node }) => attributesOf(node)));
			const { tr } = state;
			for (const { at } of paragraphs) setAttributes(tr, at, next);
			dispatch(tr.scrollIntoView());
		}
		return true;
	};
}

/** Attribute by attribute: the text is not replaced, so that the caret stays and others' typing merges. */
export function setAttributes(tr: Transaction, at: number, change: Partial<ParagraphAttributes>): Transaction {
	for (const [key, value] of Object.entries(change)) tr.setNodeAttribute(at, key, value);
	return tr;
}
