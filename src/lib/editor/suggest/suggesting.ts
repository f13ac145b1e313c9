/** In which mode one person writes in one editor, and what a mode makes of that person's transactions. */
import { Plugin, type EditorState, type Transaction } from 'prosemirror-state';
import { ySyncPluginKey, yUndoPluginKey } from 'y-prosemirror';
import { AttrStep } from 'prosemirror-transform';
import { isForm, shownChanges, withoutKey, writeChanges } from '#lib/documents/suggestion.ts';
import { schema } from '../schema.ts';
import { structural, withTablesKept } from '../table/in-table.ts';
import type { Author } from './author.ts';
import { reservedIn } from './composing.ts';
import { carriedBetween } from './marks.ts';
import { modeKey, modeOf, type Mode, type Suggesting } from './mode.ts';
import { rewrite } from './rewrite.ts';

/** The mark of a transaction that is carried out as it is in every mode. */
const directly = 'directly';

export function suggesting(author: Author, mode: Mode): Plugin {
	return new Plugin<Suggesting>({
		key: modeKey,
		state: {
			init: () => ({ mode, author, stop: null }),
			apply: (tr, now) => {
				// What others write sets the selection, too: where it was.
				const stop = tr.selectionSet && !tr.docChanged ? null : now.stop;
				return { ...now, stop, ...(tr.getMeta(modeKey) as Partial<Suggesting> | undefined) };
			},
		},
		props: { editable: (state) => modeOf(state) !== 'view' },
	});
}

/** What was done in one mode is not undone together with what was done in another. */
export function setMode(state: EditorState, dispatch: (tr: Transaction) => void, mode: Mode): void {
	if (modeOf(state) === mode) return;
	yUndoPluginKey.getState(state)?.undoManager.stopCapturing();
	dispatch(state.tr.setMeta(modeKey, { mode }));
}

/** For what is no suggestion in any mode, such as a comment's mark. */
export function asItIs(tr: Transaction): Transaction {
	return tr.setMeta(directly, true);
}

/**
 * What a transaction becomes in the editor's mode. What comes from others, from undo or from the app itself stays as it is.
 * @returns null when it cannot be suggested, or nothing is to be written at all
 */
export function inMode(state: EditorState, tr: Transaction): Transaction | null {
	const now = modeKey.getState(state);
	if (!tr.docChanged || !isPersons(tr)) return tr;
	const kept = withTablesKept(state, tr);
	if (!now || !kept) return kept;
	if (now.mode === 'view' || (now.mode === 'suggest' && tr.getMeta(structural) === true)) return null;
	return now.mode === 'suggest' ? rewrite(state, kept, { ...now.author, reserved: reservedIn(state) }) : fittedIn(kept);
}

function isPersons(tr: Transaction): boolean {
	const change = tr.getMeta(ySyncPluginKey) as { isChangeOrigin?: boolean } | undefined;
	return !change?.isChangeOrigin && tr.getMeta('addToHistory') !== false && tr.getMeta(directly) !== true;
}

/**
 * What is written directly inside an insertion is part of it: left out, it would cut the other person's mark in two. But
 * what is written inside a strike is not struck. And what is made of a paragraph directly shows: a suggestion of something
 * else goes.
 */
function fittedIn(tr: Transaction): Transaction {
	for (const [index, step] of [...tr.steps].entries()) {
		if (!(step instanceof AttrStep) || !isForm(step.attr)) continue;
		const at = tr.mapping.slice(index + 1).map(step.pos, 1);
		const attrs = tr.doc.nodeAt(at)?.attrs;
		if (!attrs?.['chg']) continue;
		const chg = withoutKey(attrs['chg'], step.attr, step.value);
		// An entry that says nothing any more is removed, not written anew: what its author, unseen, makes of it stays.
		tr.setNodeAttribute(at, 'chg', writeChanges(shownChanges({ ...attrs, chg })));
	}
	const { ins, del, fmt } = schema.marks;
	const { maps } = tr.mapping;
	maps.forEach((map, index) => {
		map.forEach((_from, _to, start, end) => {
			const rest = tr.mapping.slice(index + 1);
			const from = rest.map(start, 1);
			const to = Math.max(from, rest.map(end, -1));
			if (to === from) return;
			const carried = carriedBetween(tr.doc.resolve(from), tr.doc.resolve(to));
			tr.removeMark(from, to, del);
			for (const mark of carried) if (mark.type === ins || mark.type === fmt) tr.addMark(from, to, mark);
		});
	});
	return tr;
}
