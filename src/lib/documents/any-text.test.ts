import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { textLinesOf } from './any-text.ts';

test('texts, bodies, notes and records are all there, deleted ones and ids are not', () => {
	const doc = new Y.Doc();
	const body = doc.getXmlFragment('body:a');
	const paragraph = new Y.XmlElement('paragraph');
	paragraph.setAttribute('list', 'Bullet List');
	const text = new Y.XmlText();
	text.insert(0, 'Wir treffen uns gestern');
	text.format(0, 3, { strong: true });
	paragraph.insert(0, [text]);
	body.insert(0, [paragraph]);
	text.delete(16, 7);
	text.insert(16, 'morgen');
	const record = new Y.Map<unknown>();
	doc.getMap('items').set('k3s9d8f7g6h5j4k3', record);
	record.set('title', new Y.Text('Haushalt'));
	record.set('notes', 'Zahlen mitbringen');
	record.set('personId', 'abcdefgh12345678');
	record.set('order', 'a0V');
	expect(textLinesOf(Y.encodeStateAsUpdate(doc))).toEqual(['Wir treffen uns morgen', 'Zahlen mitbringen', 'Haushalt']);
});

test('what is no update has no lines', () => {
	expect(textLinesOf(Uint8Array.of(7, 7, 7))).toEqual([]);
});
