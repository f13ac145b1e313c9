import { beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { readAttributes, writeAttributes } from './body-attributes.ts';
import { findUnknown } from './body-gate.ts';
import { rewriteBody } from './body-rewrite.ts';
import {
	addRemark,
	addThread,
	editRemark,
	readThreads,
	remarkParts,
	removeRemark,
	resolveThread,
	restoreRemark,
} from './comments.ts';
import { addArticle, removeArticle, restoreArticle } from './bulletin.ts';
import { mentionOf, waitingFor, waitsFor } from './talks.ts';
import { removeMarks } from './comment-anchors.ts';
import { paragraph } from './rich-body.ts';

const root = 'body:a';
let doc: Y.Doc;

function write(...parts: [string, string?][]): void {
	const content = parts.map(([text, id]) => ({
		text,
		marks: id === undefined ? [] : [{ type: 'comment', attrs: { id } }],
	}));
	doc.transact(() => rewriteBody(doc, root, [paragraph({}, content)]));
}

function begin(id: string, at: number, text = 'Stimmt das?'): void {
	addThread(doc, { id, root, quote: 'Markt' }, { id: `${id}-1`, by: 'mara', at, text });
}

beforeEach(() => {
	doc = new Y.Doc();
	write(['Am '], ['Markt', 't1'], [' um '], ['10', 't2'], [' Uhr']);
});

describe('threads', () => {
	test('stand in the order of their words, orphaned ones behind, and none is lost', () => {
		begin('t2', 1);
		begin('t1', 2);
		expect(readThreads(doc).map(({ id, orphaned }) => [id, orphaned])).toEqual([
			['t1', false],
			['t2', false],
		]);
		write(['Um '], ['10', 't2']);
		expect(readThreads(doc).map(({ id, orphaned, quote }) => [id, orphaned, quote])).toEqual([
			['t2', false, 'Markt'],
			['t1', true, 'Markt'],
		]);
	});

	test('of an article that is removed stand behind as if its words were gone, until it is back', () => {
		addArticle(doc, { id: 'a', title: 'Markt' });
		addArticle(doc, { id: 'b', title: 'Kasse' });
		begin('t1', 1);
		const isOrphaned = () => readThreads(doc).map(({ orphaned }) => orphaned);
		expect(isOrphaned()).toEqual([false]);
		removeArticle(doc, 'b');
		expect(isOrphaned()).toEqual([false]);
		removeArticle(doc, 'a');
		expect(isOrphaned()).toEqual([true]);
		restoreArticle(doc, 'a');
		expect(isOrphaned()).toEqual([false]);
	});

	test('answers follow in their order, also those that two wrote offline', () => {
		begin('t1', 1);
		const jonas = new Y.Doc();
		Y.applyUpdate(jonas, Y.encodeStateAsUpdate(doc));
		addRemark(doc, 't1', { id: 'b', by: 'mara', at: 3, text: 'Ich frage nach.' });
		addRemark(jonas, 't1', { id: 'a', by: 'jonas', at: 2, text: 'Ja.' });
		Y.applyUpdate(doc, Y.encodeStateAsUpdate(jonas));
		Y.applyUpdate(jonas, Y.encodeStateAsUpdate(doc));
		for (const each of [doc, jonas]) {
			expect(readThreads(each)[0]?.remarks.map(({ text }) => text)).toEqual(['Stimmt das?', 'Ja.', 'Ich frage nach.']);
		}
	});

	test('are settled and opened again', () => {
		begin('t1', 1);
		resolveThread(doc, 't1', 'jonas');
		expect(readThreads(doc)[0]?.resolvedBy).toBe('jonas');
		resolveThread(doc, 't1', null);
		expect(readThreads(doc)[0]?.resolvedBy).toBeNull();
	});

	test('that somebody answered while another settled them are open again, until they are settled with the answer', () => {
		const thread = () => readThreads(doc)[0];
		begin('t1', 1, `${mentionOf('jonas')}, weißt du das?`);
		addRemark(doc, 't1', { id: 'gone', by: 'mara', at: 2, text: 'Oder Lea?' });
		removeRemark(doc, 'gone', 'mara');
		const jonas = new Y.Doc();
		Y.applyUpdate(jonas, Y.encodeStateAsUpdate(doc));
		resolveThread(doc, 't1', 'mara');
		restoreRemark(doc, 'gone', 'mara');
		expect(thread()).toMatchObject({ resolvedBy: 'mara', resolvedUnheard: null });
		addRemark(jonas, 't1', { id: 'late', by: 'jonas', at: 2, text: `Nein, ${mentionOf('mara')}.` });
		Y.applyUpdate(doc, Y.encodeStateAsUpdate(jonas));
		expect(thread()).toMatchObject({ resolvedBy: null, resolvedUnheard: 'mara', resolvedWriters: [doc.clientID] });
		expect(waitingFor(doc, 'mara')).toBe(1);
		resolveThread(doc, 't1', 'lea');
		expect(thread()).toMatchObject({ resolvedBy: 'lea', resolvedUnheard: null });
		resolveThread(doc, 't1', null);
		expect(thread()).toMatchObject({ resolvedBy: null, resolvedUnheard: null });
	});

	test('that an older app settled, or a broken one, are settled whatever was said', () => {
		begin('t1', 1);
		const record = doc.getMap('threads').get('t1') as Y.Map<unknown>;
		record.set('resolved', 'mara');
		for (const heard of [undefined, 'x', 7, { t1: true }]) {
			record.set('heard', heard);
			expect(readThreads(doc)[0]).toMatchObject({ resolvedBy: 'mara', resolvedUnheard: null });
		}
	});

	test('say which devices wrote them, so that nobody speaks for another unseen', () => {
		const writers = () => readThreads(doc)[0]?.remarks.map((remark) => [...new Set(remark.writers)]);
		begin('t1', 1);
		addRemark(doc, 't1', { id: 'x', by: 'mara', at: 2, text: 'Ja.' });
		const mara = doc.clientID;
		expect(writers()).toEqual([[mara], [mara]]);
		doc.clientID = 7;
		(doc.getMap('remarks').get('x') as Y.Map<unknown>).set('at', 3);
		expect(writers()).toEqual([[mara], [mara, 7]]);
		resolveThread(doc, 't1', 'mara');
		expect(readThreads(doc)[0]?.resolvedWriters).toEqual([7]);
	});
});

describe('what a thread is about', () => {
	let mara: number;
	beforeEach(() => {
		begin('t1', 1);
		mara = doc.clientID;
		doc.clientID = 7;
	});

	const place = () => readThreads(doc)[0]?.place;
	const record = () => doc.getMap('threads').get('t1') as Y.Map<unknown>;
	const untouched = { again: [], marks: [] };
	const about = (quote: string) => new Y.Map<unknown>(Object.entries({ root, quote, at: 1 }));

	test('is said once; also by a device whose clock is behind is an answer an answer', () => {
		addRemark(doc, 't1', { id: 'x', by: 'jonas', at: 0, text: 'Ja.' });
		const [thread] = readThreads(doc);
		expect(thread?.remarks.map(({ by, writers }) => [by, [...new Set(writers)]])).toEqual([
			['jonas', [7]],
			['mara', [mara]],
		]);
		expect(place()).toEqual({ ...untouched, client: mara });
	});

	const ways: [string, () => void][] = [
		['other words', () => record().set('quote', 'Kasse')],
		['another body', () => record().set('root', 'body:b')],
		['the whole thread anew', () => doc.getMap('threads').set('t1', about('Kasse'))],
		[
			'the whole thread anew, after it was taken out',
			() => {
				doc.getMap('threads').delete('t1');
				doc.getMap('threads').set('t1', about('Kasse'));
			},
		],
	];

	test.each(ways)('and who says it again (%s) is named, whoever seems to have spoken first', (_, move) => {
		addRemark(doc, 't1', { id: 'x', by: 'jonas', at: 0, text: 'Mara, bist du einverstanden?' });
		move();
		expect(place()?.again).toEqual([7]);
		// As whoever loads the document sees it.
		const other = new Y.Doc();
		Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
		expect(readThreads(other)[0]?.place.again).toEqual([7]);
	});

	test.each([1, 0xffff_ffff])('and so is who says it as if at the same time, under the client id %i', (client) => {
		const forger = new Y.Doc();
		forger.clientID = client;
		forger.getMap('threads').set('t1', about('Kasse'));
		Y.applyUpdate(doc, Y.encodeStateAsUpdate(forger));
		const quote = readThreads(doc)[0]?.quote;
		expect(place()?.again).toEqual([quote === 'Markt' ? mara : client]);
	});

	test('and whoever began it and has answers does not say it anew unseen', () => {
		doc.clientID = mara;
		record().set('quote', 'Kasse');
		expect(place()?.again).toEqual([mara]);
	});

	test('and is no text that could be written in unseen', () => {
		addThread(doc, { id: 't3', root, quote: 'Markt' }, { id: 'y', by: 'jonas', at: 1, text: 'Hier?' });
		(doc.getMap('threads').get('t3') as Y.Map<unknown>).set('quote', new Y.Text('Kasse'));
		expect(readThreads(doc).map(({ quote }) => quote)).toEqual(['Markt', '']);
	});

	test('and words that were erased from the text, and from here, are no claim of anybody’s; their place is', () => {
		record().set('quote', '');
		expect(place()).toEqual({ client: mara, again: [], marks: [mara] });
		doc.transact(() => {
			removeMarks(doc, root, 't1');
			const text = (doc.getXmlFragment(root).get(0) as Y.XmlElement).get(0) as Y.XmlText;
			text.format(0, 2, { 'comment--AAAAAAAA': { id: 't1' } });
			record().delete('quote');
		});
		const [thread] = readThreads(doc);
		expect([thread?.orphaned, thread?.quote, thread?.place.marks]).toEqual([false, '', [7]]);
	});
});

describe('a remark', () => {
	test('is changed and taken back by who said it, and by nobody else', () => {
		begin('t1', 1);
		editRemark(doc, 't1-1', 'jonas', 'gefälscht');
		removeRemark(doc, 't1-1', 'jonas');
		expect(readThreads(doc)[0]?.remarks[0]?.text).toBe('Stimmt das?');
		editRemark(doc, 't1-1', 'mara', 'Stimmt der Tag?');
		expect(readThreads(doc)[0]?.remarks[0]?.text).toBe('Stimmt der Tag?');
		removeRemark(doc, 't1-1', 'mara');
		expect(readThreads(doc)).toEqual([]);
		restoreRemark(doc, 't1-1', 'mara');
		expect(readThreads(doc)).toHaveLength(1);
	});

	test('mentions people, who are waited for until they answer or it is settled', () => {
		begin('t1', 1, `${mentionOf('jonas')}, weißt du das?`);
		const [thread] = readThreads(doc);
		expect(remarkParts(thread?.remarks[0]?.text ?? '')).toEqual([{ personId: 'jonas' }, { text: ', weißt du das?' }]);
		expect(readThreads(doc).filter((each) => waitsFor(each, 'jonas'))).toHaveLength(1);
		expect(readThreads(doc).filter((each) => waitsFor(each, 'mara'))).toHaveLength(0);
		expect([waitingFor(doc, 'jonas'), waitingFor(doc, 'mara')]).toEqual([1, 0]);
		addRemark(doc, 't1', { id: 'x', by: 'jonas', at: 2, text: 'Ja.' });
		expect(readThreads(doc).filter((each) => waitsFor(each, 'jonas'))).toHaveLength(0);
	});

	test('that is malformed is passed over', () => {
		doc.getMap('remarks').set('x', new Y.Map([['thread', 't1']]));
		doc.getMap('threads').set('y', 'kein Faden');
		expect(readThreads(doc)).toEqual([]);
	});
});

describe('a comment on a fact', () => {
	let fact: Y.XmlElement;
	beforeEach(() => {
		write(['Am ']);
		fact = new Y.XmlElement('fact');
		(doc.getXmlFragment(root).get(0) as Y.XmlElement).push([fact, new Y.XmlText(' um zehn')]);
		writeAttributes(fact, {}, { text: 'Montag', comments: 't1 t2' });
		begin('t1', 1);
	});

	test('is no orphan while the fact stands there, and stands where it does', () => {
		const text = (doc.getXmlFragment(root).get(0) as Y.XmlElement).get(2) as Y.XmlText;
		text.format(4, 4, { 'comment--AAAAAAAA': { id: 't0' } });
		begin('t0', 0);
		expect(readThreads(doc).map(({ id, orphaned }) => [id, orphaned])).toEqual([
			['t1', false],
			['t0', false],
		]);
		(doc.getXmlFragment(root).get(0) as Y.XmlElement).delete(1, 1);
		expect(readThreads(doc).map(({ id, orphaned }) => [id, orphaned])).toEqual([
			['t0', false],
			['t1', true],
		]);
	});

	test('has its device, and its mark can be taken off', () => {
		(doc.getMap('threads').get('t1') as Y.Map<unknown>).set('quote', '');
		expect(readThreads(doc)[0]?.place.marks).toEqual([doc.clientID]);
		doc.transact(() => removeMarks(doc, root, 't1'));
		expect(readThreads(doc)[0]?.orphaned).toBe(true);
		expect(readAttributes(fact)['comments']).toBe('t2');
	});

	test('of two people at once both stand', () => {
		const jonas = new Y.Doc();
		Y.applyUpdate(jonas, Y.encodeStateAsUpdate(doc));
		const theirs = (jonas.getXmlFragment(root).get(0) as Y.XmlElement).get(1) as Y.XmlElement;
		writeAttributes(fact, readAttributes(fact), { ...readAttributes(fact), comments: 't1 t2 t3' });
		writeAttributes(theirs, readAttributes(theirs), { ...readAttributes(theirs), comments: 't1 t2 t4' });
		Y.applyUpdate(doc, Y.encodeStateAsUpdate(jonas));
		expect(readAttributes(fact)['comments']).toBe('t1 t2 t3 t4');
		expect(findUnknown(doc.getXmlFragment(root))).toBeNull();
	});
});

test('a comment’s marks can be taken off, and those of others stay', () => {
	begin('t1', 1);
	begin('t2', 2);
	doc.transact(() => removeMarks(doc, root, 't1'));
	expect(readThreads(doc).map(({ id, orphaned }) => [id, orphaned])).toEqual([
		['t2', false],
		['t1', true],
	]);
});
