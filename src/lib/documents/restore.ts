/**
 * Restoring is an edit: it writes an old state's content over the present one, by the smallest changes, in one
 * transaction. What others do at the same time merges, and what is here now and was not then is marked as removed, not
 * deleted: so it can be taken back, by undo and by hand. Comments are nobody's to turn back: they stay as they are.
 */
import * as Y from 'yjs';
import { rewriteBody } from './body-rewrite.ts';
import { bodyRoots } from './body.ts';
import { OthersWork } from './others-work.ts';
import { readRichBody } from './rich-body.ts';
import { readText, recordsOf } from './shape.ts';
import { replaceText } from './change-record.ts';

/** The origin of restoring; its undo looks at it. */
export const restoreOrigin = Symbol('restore');

/** What a kind of document consists of, beside its bodies. */
export type RestoreShape = {
	/** Roots with records under ids. */
	records: readonly string[];
	/** Roots with plain values. */
	values: readonly string[];
};

export const restoreShapes = {
	bulletin: { records: ['articles'], values: [] },
	minutes: { records: ['resolutions', 'tasks'], values: ['facts', 'attendance'] },
	closed: { records: ['resolutions', 'tasks'], values: ['facts', 'attendance'] },
	agenda: { records: ['items'], values: [] },
} as const satisfies Record<string, RestoreShape>;

/** Restores all of a document. @returns what takes it back */
export function restoreDocument(doc: Y.Doc, old: Y.Doc, { records, values }: RestoreShape): () => void {
	const bodies = [...new Set([...bodyRoots(doc), ...bodyRoots(old)])].map((id) => `body:${id}`);
	return undoably(doc, [...records, ...values], bodies, () => {
		for (const root of records) restoreRecords(recordsOf(doc, root), recordsOf(old, root), () => true);
		for (const root of values) restoreValues(doc.getMap(root), old.getMap(root));
		for (const root of bodies) rewriteBody(doc, root, readRichBody(old, root));
	});
}

/**
 * Restores one part: an article, or an item of an agenda or of minutes.
 * @param belongs whether a record is of this part, by its id and its fields
 */
export function restorePart(
	doc: Y.Doc,
	old: Y.Doc,
	{ records }: RestoreShape,
	partId: string,
	belongs: (id: string, record: Y.Map<unknown>) => boolean,
): () => void {
	const body = `body:${partId}`;
	return undoably(doc, records, [body], () => {
		for (const root of records) restoreRecords(recordsOf(doc, root), recordsOf(old, root), belongs);
		rewriteBody(doc, body, readRichBody(old, body));
	});
}

/** Runs a change that can be taken back as one. @returns what takes it back: all of it but what others have put into it since */
export function undoably(
	doc: Y.Doc,
	maps: readonly string[],
	bodies: readonly string[],
	change: () => void,
): () => void {
	const scope = [...maps.map((root) => doc.getMap(root)), ...bodies.map((root) => doc.getXmlFragment(root))];
	let others: OthersWork | null = null;
	const undoing = new Y.UndoManager(scope as Y.AbstractType<unknown>[], {
		trackedOrigins: new Set([restoreOrigin]),
		deleteFilter: (item) => !others?.keeps(item),
	});
	doc.transact(change, restoreOrigin);
	return () => {
		const insertions = undoing.undoStack.at(-1)?.insertions;
		others = new OthersWork(doc, maps, (id) => insertions !== undefined && Y.isDeleted(insertions, id));
		undoing.undo();
		undoing.destroy();
	};
}

type Records = Y.Map<Y.Map<unknown>>;

function restoreRecords(
	present: Records,
	old: Records,
	belongs: (id: string, record: Y.Map<unknown>) => boolean,
): void {
	present.forEach((record: unknown, id) => {
		if (record instanceof Y.Map && !old.has(id) && belongs(id, record) && record.get('removed') !== true) {
			record.set('removed', true);
		}
	});
	old.forEach((record: unknown, id) => {
		if (!(record instanceof Y.Map) || !belongs(id, record)) return;
		const now: unknown = present.get(id);
		if (now instanceof Y.Map) restoreFields(now, record);
		else present.set(id, record.clone());
	});
}

function restoreFields(present: Y.Map<unknown>, old: Y.Map<unknown>): void {
	for (const key of [...present.keys()]) if (!old.has(key)) present.delete(key);
	old.forEach((value, key) => {
		const now = present.get(key);
		if (value instanceof Y.Text) {
			if (now instanceof Y.Text) replaceText(now, value.toString());
			else present.set(key, new Y.Text(readText(value)));
		} else if (!(value instanceof Y.AbstractType) && now !== value) present.set(key, value);
	});
}

function restoreValues(present: Y.Map<unknown>, old: Y.Map<unknown>): void {
	for (const key of [...present.keys()]) if (!old.has(key)) present.delete(key);
	old.forEach((value, key) => {
		if (!(value instanceof Y.AbstractType) && present.get(key) !== value) present.set(key, value);
	});
}
