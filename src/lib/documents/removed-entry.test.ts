import type { Meeting } from '#lib/domain/meeting.ts';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { addArticle } from './bulletin.ts';
import { addBulletin, addMeeting, updateEntry } from './change-directory.ts';
import { readDirectory } from './directory.ts';
import { exampleMeetings } from './example-directory.ts';
import { emptyDocument, forgetRemoved } from './forget-removed.ts';
import { holdsContent, markRemoved, readRemoved, restoreRemoved } from './removed-entry.ts';

const meeting = exampleMeetings[0] as Meeting;
const now = Date.parse('2025-01-09T17:00:00Z');

function directory(): Y.Doc {
	const doc = new Y.Doc();
	addBulletin(doc, { id: 'b1', title: 'Aus dem Vorstand', date: '2025-01-09', status: 'draft' });
	addMeeting(doc, { ...meeting, id: 'm1', title: 'Klausur' });
	return doc;
}

function exchange(...docs: [Y.Doc, Y.Doc]): void {
	const [one, other] = docs;
	Y.applyUpdate(other, Y.encodeStateAsUpdate(one));
	Y.applyUpdate(one, Y.encodeStateAsUpdate(other));
}

test('what is removed is not listed; it is known whose doing that was, and it comes back', () => {
	const doc = directory();
	markRemoved(doc, 'bulletins', 'b1', 'ada', now);
	markRemoved(doc, 'meetings', 'm1', 'cem', now);
	expect(readDirectory(doc)).toMatchObject({ bulletins: [], meetings: [] });
	expect(readRemoved(doc, 'bulletins', 'b1')).toEqual({ title: 'Aus dem Vorstand', by: 'ada', at: now });
	expect(readRemoved(doc, 'meetings', 'm1')).toEqual({ title: 'Klausur', by: 'cem', at: now });
	expect(restoreRemoved(doc, 'bulletins', 'b1') && restoreRemoved(doc, 'meetings', 'm1')).toBe(true);
	expect(readDirectory(doc)).toEqual(readDirectory(directory()));
	expect(readRemoved(doc, 'bulletins', 'b1')).toBe(null);
});

test('what another changed offline meanwhile comes back too', () => {
	const [doc, other] = [directory(), new Y.Doc()];
	exchange(doc, other);
	markRemoved(doc, 'bulletins', 'b1', 'ada', now);
	updateEntry(other, 'bulletins', 'b1', { title: 'Aus dem Vorstand, neu' });
	exchange(doc, other);
	expect(readDirectory(other).bulletins).toEqual([]);
	restoreRemoved(other, 'bulletins', 'b1');
	exchange(doc, other);
	expect(readDirectory(doc).bulletins.map(({ title }) => title)).toEqual(['Aus dem Vorstand, neu']);
});

test('what was never there, is there, or was erased is not brought back', () => {
	const doc = directory();
	expect(readRemoved(doc, 'bulletins', 'b2') ?? readRemoved(doc, 'bulletins', 'b1')).toBe(null);
	markRemoved(doc, 'bulletins', 'b1', 'ada', now);
	forgetRemoved(doc);
	expect(doc.getMap('bulletins').toJSON()).toEqual({ b1: { removed: true } });
	expect(readRemoved(doc, 'bulletins', 'b1')).toBe(null);
	expect(restoreRemoved(doc, 'bulletins', 'b1')).toBe(false);
});

test('of an emptied document nothing comes back', () => {
	const doc = new Y.Doc();
	expect(holdsContent(doc)).toBe(false);
	addArticle(doc, { id: 'a1', title: 'Wahlbüro' });
	const copy = new Y.Doc();
	Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
	expect([holdsContent(doc), holdsContent(copy)]).toEqual([true, true]);
	emptyDocument(copy);
	expect(holdsContent(copy)).toBe(false);
});
