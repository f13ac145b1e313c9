import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { receiveWithoutWriting } from './receive-without-writing.ts';

test('two who make neighbouring words bold, unseen by each other, write nothing when they hear of it', () => {
	const docs = [1, 2].map((clientId) => {
		const doc = new Y.Doc();
		doc.clientID = clientId;
		receiveWithoutWriting(doc);
		return doc;
	}) as [Y.Doc, Y.Doc];
	docs[0].getText('body').insert(0, 'abcdef');
	const exchange = () => {
		Y.applyUpdate(docs[1], Y.encodeStateAsUpdate(docs[0]), 'received');
		Y.applyUpdate(docs[0], Y.encodeStateAsUpdate(docs[1]), 'received');
	};
	exchange();
	docs[0].getText('body').format(1, 2, { strong: {} });
	docs[1].getText('body').format(3, 1, { strong: {} });
	const written: unknown[] = [];
	for (const doc of docs) doc.on('beforeTransaction', ({ origin }) => origin !== 'received' && written.push(origin));
	exchange();
	expect(written).toEqual([]);
	const shown = docs.map((doc) => doc.getText('body').toDelta() as { insert: string; attributes?: object }[]);
	expect(shown[1]).toEqual(shown[0]);
	expect(shown[0]?.map(({ insert, attributes }) => (attributes ? insert.toUpperCase() : insert)).join('')).toBe(
		'aBCDef',
	);
});
