import { noShare, mergedShares, withChange, type OwnShare } from '#lib/sync/own-share.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { othersChanged, thenOf } from './visit-changes.ts';

/** The document as it is on this device, and what was done here. */
let doc: Y.Doc;
let own: OwnShare;
let then: ReturnType<typeof thenOf>;
const text = (of: Y.Doc = doc) => of.getText('text');

/** The page is opened anew: as whoever wrote here before no more. */
function open(state: Uint8Array): void {
	doc = new Y.Doc();
	Y.applyUpdate(doc, state);
	doc.on('update', (_update, _origin, _doc, transaction: Y.Transaction) => {
		if (transaction.local) own = withChange(own, transaction);
	});
}

/** Somebody changes it elsewhere. */
function elsewhere(change: (of: Y.Text) => void): void {
	const other = new Y.Doc();
	Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
	change(text(other));
	Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
}

beforeEach(() => {
	const first = new Y.Doc();
	text(first).insert(0, 'Am Montag um zehn.');
	text(first).delete(0, 3);
	own = noShare;
	const state = Y.encodeStateAsUpdate(first);
	then = thenOf(state);
	open(state);
});

const changed = () => othersChanged(doc, then, own);

describe('since the last visit', () => {
	test('nothing', () => expect(changed()).toBe(false));

	test('others wrote', () => {
		elsewhere((of) => of.insert(0, 'Nicht '));
		expect(changed()).toBe(true);
	});

	test('others only deleted', () => {
		elsewhere((of) => of.delete(0, 7));
		expect(changed()).toBe(true);
	});

	test('only this device wrote and deleted, with pages that are closed too', () => {
		text().insert(0, 'Ja, ');
		text().delete(6, 4);
		expect(changed()).toBe(false);
		open(Y.encodeStateAsUpdate(doc));
		own = mergedShares(own, noShare);
		text().insert(0, 'Gut: ');
		text().delete(5, 2);
		expect(changed()).toBe(false);
	});

	test('others deleted beside what was deleted here', () => {
		text().delete(0, 4);
		elsewhere((of) => of.delete(0, 2));
		expect(changed()).toBe(true);
	});
});

test('what is done here in the same visit is kept once, however often it is noted', () => {
	text().delete(0, 2);
	text().delete(0, 2);
	const noted = mergedShares(own, own);
	expect([...noted.deleted.values()]).toEqual([[[3, 4]]]);
	expect(mergedShares(noted, own)).toEqual(noted);
});
