/** Where the selection stands, as a toolbar shows it. */
import { maxIndent, type HeadingLevel, type ListKind } from '#lib/documents/body-gate.ts';
import type { MarkType } from 'prosemirror-model';
import type { EditorState } from 'prosemirror-state';
import { linkRange, paragraphsOf } from './commands.ts';
import { attributesOf, isListItem, schema } from './schema.ts';
import { caretMarks } from './suggest/caret-marks.ts';
import { showsMark } from './suggest/marks.ts';
import { isInTable } from './table/in-table.ts';

export type Situation = {
	strong: boolean;
	em: boolean;
	/** What all selected paragraphs are; null when they differ or are none. */
	level: HeadingLevel | null;
	list: ListKind | null;
	canIndent: boolean;
	canOutdent: boolean;
	/** Of the link at the caret or in the selection. */
	href: string | null;
	/** The caret is in a table. */
	table: boolean;
};

export function situationOf(state: EditorState): Situation {
	const paragraphs = paragraphsOf(state).map(({ node }) => node);
	const first = paragraphs[0];
	const level = first ? attributesOf(first).level : null;
	const list = first && isListItem(first) ? attributesOf(first).list : null;
	const items = paragraphs.filter(isListItem);
	return {
		strong: hasMark(state, schema.marks.strong),
		em: hasMark(state, schema.marks.em),
		level: paragraphs.every((node) => attributesOf(node).level === level) ? level : null,
		list: paragraphs.every((node) => isListItem(node) && attributesOf(node).list === list) ? list : null,
		canIndent: items.some((node) => (attributesOf(node).indent ?? 0) < maxIndent),
		canOutdent: items.some((node) => (attributesOf(node).indent ?? 0) > 0),
		href: linkRange(state)?.href ?? hrefIn(state),
		table: isInTable(state),
	};
}

function hasMark(state: EditorState, mark: MarkType): boolean {
	const { from, to, empty } = state.selection;
	if (empty) return Boolean(mark.isInSet(caretMarks(state)));
	let found = false;
	state.doc.nodesBetween(from, to, (node) => {
		if (node.isText && showsMark(node, mark)) found = true;
	});
	return found;
}

function hrefIn(state: EditorState): string | null {
	const { from, to } = state.selection;
	let href: string | null = null;
	state.doc.nodesBetween(from, to, (node) => {
		const mark = schema.marks.link.isInSet(node.marks);
		if (mark) href ??= String(mark.attrs.href);
	});
	return href;
}
