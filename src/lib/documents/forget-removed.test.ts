import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { readAgenda } from './agenda.ts';
import { addAgendaItem, removeAgendaItem } from './change-agenda.ts';
import { bodyRoot, bodyText } from './body.ts';
import { addArticle, readBulletin, removeArticle, renameArticle } from './bulletin.ts';
import { addThread, readThreads, removeRemark } from './comments.ts';
import { writeBody } from './example-body.ts';
import { emptyDocument, forgetRemoved } from './forget-removed.ts';
import { newAgendaItem } from '#lib/domain/agenda.ts';

/** What a compaction leaves of it, as bytes. */
function compacted(doc: Y.Doc): Buffer {
	const fresh = new Y.Doc();
	Y.applyUpdate(fresh, Y.encodeStateAsUpdate(doc));
	return Buffer.from(Y.encodeStateAsUpdate(fresh));
}

function bulletin(): Y.Doc {
	const doc = new Y.Doc();
	addArticle(doc, { id: 'a1', title: 'Bleibt' });
	addArticle(doc, { id: 'a2', title: 'Geheimer Titel' });
	writeBody(doc, bodyRoot('a1'), ['Was bleibt.']);
	writeBody(doc, bodyRoot('a2'), ['Geheimer Text.']);
	return doc;
}

test('a removed article leaves nothing but its mark, and the others are as they were', () => {
	const doc = bulletin();
	removeArticle(doc, 'a2');
	expect(compacted(doc).includes('Geheimer')).toBe(true);
	forgetRemoved(doc);
	expect(compacted(doc).includes('Geheimer')).toBe(false);
	expect(readBulletin(doc).articles.map(({ title }) => title)).toEqual(['Bleibt']);
	expect(bodyText(doc, bodyRoot('a1'))).toBe('Was bleibt.');
	expect(doc.getMap('articles').has('a2')).toBe(true);
});

test('whoever renames it offline at the same time brings nothing back', () => {
	const [doc, other] = [bulletin(), new Y.Doc()];
	Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
	renameArticle(other, 'a2', 'Geheimer Titel, neu');
	removeArticle(doc, 'a2');
	forgetRemoved(doc);
	Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
	expect(compacted(doc).includes('Geheimer')).toBe(false);
	expect(readBulletin(doc).articles).toHaveLength(1);
});

test('of an agenda too, and what nobody removed stays', () => {
	const doc = new Y.Doc();
	addAgendaItem(doc, { ...newAgendaItem, id: 'i1', title: 'Haushalt' });
	addAgendaItem(doc, { ...newAgendaItem, id: 'i2', title: 'Geheimer Punkt' });
	removeAgendaItem(doc, 'i2');
	forgetRemoved(doc);
	expect(compacted(doc).includes('Geheimer')).toBe(false);
	expect(readAgenda(doc).items.map(({ title }) => title)).toEqual(['Haushalt']);
});

test('what a comment quotes goes with the words, and a removed remark with its text', () => {
	const doc = bulletin();
	const said = { by: 'mara', at: 1 };
	addThread(
		doc,
		{ id: 't1', root: bodyRoot('a1'), quote: 'Geheimer Rest' },
		{ ...said, id: 'r1', text: 'Stimmt das?' },
	);
	addThread(doc, { id: 't2', root: bodyRoot('a1'), quote: 'bleibt' }, { ...said, id: 'r2', text: 'Geheimer Einwand' });
	removeRemark(doc, 'r2', 'mara');
	removeArticle(doc, 'a2');
	forgetRemoved(doc);
	expect(compacted(doc).includes('Geheimer')).toBe(false);
	expect(readThreads(doc).map(({ id, quote }) => [id, quote])).toEqual([['t1', '']]);
	expect(doc.getMap<Y.Map<unknown>>('threads').get('t2')?.get('quote')).toBe('bleibt');
});

test('a document that belongs to nothing is emptied, whatever is in it', () => {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, Y.encodeStateAsUpdate(bulletin()));
	emptyDocument(doc);
	expect(compacted(doc).includes('Geheimer')).toBe(false);
	expect(compacted(doc).includes('bleibt')).toBe(false);
	expect(doc.getMap('meta').get('schema')).toBe(1);
});
