import { beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { HostileBodies } from '../../../tests/support/hostile-bodies.ts';
import { createRandom } from '../../../tests/support/random.ts';
import { writeAfter, writeBefore } from '../../../tests/support/two-states.ts';
import { rewriteBody } from './body-rewrite.ts';
import { bodyText } from './body.ts';
import { addArticle, readBulletin, removeArticle, renameArticle } from './bulletin.ts';
import { addThread, readThreads } from './comments.ts';
import { readMinutes } from './minutes.ts';
import { addResolution, addTask, setAttendance } from './change-minutes.ts';
import { restoreDocument, restorePart, restoreShapes } from './restore.ts';
import { paragraph, readRichBody, type RichNode } from './rich-body.ts';

let doc: Y.Doc;

function say(to: Y.Doc, id: string, text: string): void {
	to.transact(() => rewriteBody(to, `body:${id}`, [line(text)]));
}
const line = (text: string): RichNode => paragraph({}, [{ text, marks: [] }]);

function copyOf(given: Y.Doc): Y.Doc {
	const copy = new Y.Doc();
	Y.applyUpdate(copy, Y.encodeStateAsUpdate(given));
	return copy;
}
function titles(given: Y.Doc): string[] {
	return readBulletin(given).articles.map(({ title }) => title);
}
const article = (partId: string) => (id: string) => id === partId;

beforeEach(() => {
	doc = new Y.Doc();
	addArticle(doc, { id: 'a', title: 'Wahlbüro' });
	addArticle(doc, { id: 'b', title: 'Plakate' });
	say(doc, 'a', 'Das Wahlbüro tagt am Montag.');
	say(doc, 'b', 'Plakate hängen.');
});

describe('restoring a bulletin', () => {
	test('brings all of it back: texts, titles, order, what was removed; what is new goes; undo takes it back', () => {
		const old = copyOf(doc);
		say(doc, 'a', 'Alles anders.');
		renameArticle(doc, 'a', 'Büro');
		removeArticle(doc, 'b');
		addArticle(doc, { id: 'c', title: 'Neu' });
		const undo = restoreDocument(doc, old, restoreShapes.bulletin);
		expect(titles(doc)).toEqual(['Wahlbüro', 'Plakate']);
		expect(bodyText(doc, 'body:a')).toBe('Das Wahlbüro tagt am Montag.');
		undo();
		expect(titles(doc)).toEqual(['Büro', 'Neu']);
		expect(bodyText(doc, 'body:a')).toBe('Alles anders.');
	});

	test('of one article leaves the others alone', () => {
		const old = copyOf(doc);
		say(doc, 'a', 'Alles anders.');
		say(doc, 'b', 'Plakate sind weg.');
		restorePart(doc, old, restoreShapes.bulletin, 'a', article('a'));
		expect(bodyText(doc, 'body:a')).toBe('Das Wahlbüro tagt am Montag.');
		expect(bodyText(doc, 'body:b')).toBe('Plakate sind weg.');
	});

	test('loses nothing that others write at the same time', () => {
		const old = copyOf(doc);
		say(doc, 'a', 'Das Wahlbüro tagt am Dienstag.');
		const jonas = copyOf(doc);
		const text = (jonas.getXmlFragment('body:a').get(0) as Y.XmlElement).get(0) as Y.XmlText;
		text.insert(text.length, ' Kommt alle.');
		say(jonas, 'b', 'Plakate hängen überall.');
		restoreDocument(doc, old, restoreShapes.bulletin);
		Y.applyUpdate(doc, Y.encodeStateAsUpdate(jonas));
		expect(bodyText(doc, 'body:a')).toBe('Das Wahlbüro tagt am Montag. Kommt alle.');
		expect(bodyText(doc, 'body:b')).toBe('Plakate hängen überall.');
	});

	test('turns forms, looks and tables back, under what others write there, and undo takes all of it back', () => {
		writeBefore(doc, 'f');
		const old = copyOf(doc);
		writeAfter(doc, 'f');
		const jonas = copyOf(doc);
		const changed = readRichBody(doc, 'body:f');
		expect(changed[0]?.attrs).toEqual({ level: 2 });
		const text = (jonas.getXmlFragment('body:f').get(0) as Y.XmlElement).get(0) as Y.XmlText;
		text.insert(text.length, ' und wann');
		const undo = restoreDocument(doc, old, restoreShapes.bulletin);
		expect(readRichBody(doc, 'body:f')).toEqual(readRichBody(old, 'body:f'));
		undo();
		expect(readRichBody(doc, 'body:f')).toEqual(changed);
		restoreDocument(doc, old, restoreShapes.bulletin);
		Y.applyUpdate(doc, Y.encodeStateAsUpdate(jonas));
		expect(readRichBody(doc, 'body:f')[0]).toEqual(line('Wo wir stehen und wann'));
	});

	test('leaves what people said about it', () => {
		const old = copyOf(doc);
		addThread(doc, { id: 't', root: 'body:a', quote: 'Montag' }, { id: 'r', by: 'mara', at: 1, text: 'Sicher?' });
		restoreDocument(doc, old, restoreShapes.bulletin);
		expect(readThreads(doc)).toHaveLength(1);
	});

	test('any two states, however hostile', { timeout: 60_000 }, () => {
		for (let seed = 1; seed <= 30; seed++) {
			const bodies = new HostileBodies(createRandom(seed));
			const any = new Y.Doc();
			any.transact(() => rewriteBody(any, 'body:x', bodies.body()));
			const old = copyOf(any);
			const before = readRichBody(any, 'body:x');
			any.transact(() => rewriteBody(any, 'body:x', bodies.body()));
			const now = readRichBody(any, 'body:x');
			const undo = restoreDocument(any, old, restoreShapes.bulletin);
			expect(readRichBody(any, 'body:x'), `seed ${seed}`).toEqual(before);
			undo();
			expect(readRichBody(any, 'body:x'), `seed ${seed}`).toEqual(now);
		}
	});
});

test('restoring minutes brings back attendance, resolutions and tasks', () => {
	const minutes = new Y.Doc();
	setAttendance(minutes, 'mara', { state: 'present' });
	addResolution(minutes, { id: 'r1', itemId: 'i1', text: 'Ein Wahlbüro wird eingerichtet.', status: 'draft' });
	const old = copyOf(minutes);
	setAttendance(minutes, 'mara', { state: null });
	setAttendance(minutes, 'jonas', { state: 'present' });
	addTask(minutes, { id: 't1', itemId: 'i1', text: 'Schlüssel', personId: null, due: null, done: false });
	restoreDocument(minutes, old, restoreShapes.minutes);
	expect(readMinutes(minutes)).toEqual(readMinutes(old));
});
