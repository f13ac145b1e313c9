/** What somebody is handed out of the documents is about them: nobody else's id, and nothing that names only others. */
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { mentionsIn } from './mentions.ts';

const [berta, cem, dana] = ['kberta', 'kcem', 'kdana'];
const others = new Set([cem, dana]);

function mentionsOf(write: (doc: Y.Doc) => void) {
	const doc = new Y.Doc();
	write(doc);
	return mentionsIn({ snapshot: null, tail: [Y.encodeStateAsUpdate(doc)], sequence: 1 }, berta, others);
}

test('of a remark that mentions several people, the lines that mention them, without the others', () => {
	const text = `Das war @[${cem}] allein.\n@[${berta}] und @[${dana}] haben widersprochen.\nDana ist krank.`;
	expect(mentionsOf((doc) => doc.getMap('remarks').set('r1', new Y.Map(Object.entries({ by: cem, text }))))).toEqual([
		{ path: 'remarks/r1/text', value: JSON.stringify(`@[${berta}] und @[…] haben widersprochen.`) },
	]);
});

test('of a list, their entry', () => {
	const votes = [
		{ personId: cem, vote: 'no', note: 'Krankheit' },
		{ personId: berta, vote: 'yes', instead: cem, proxies: [dana] },
	];
	expect(mentionsOf((doc) => doc.getMap('resolutions').set('r1', votes))).toEqual([
		{ path: 'resolutions/r1', value: JSON.stringify([{ personId: berta, vote: 'yes', instead: '…' }]) },
	]);
});

test('of a record that only holds one about them, that one', () => {
	const value = {
		secret: 'Krankheit von Cem',
		by: { [cem]: 'ja', [berta]: { at: 3, from: dana } },
		all: [cem, berta, dana],
	};
	expect(mentionsOf((doc) => doc.getMap('facts').set('f1', value))).toEqual([
		{ path: 'facts/f1', value: JSON.stringify({ by: { [berta]: { at: 3, from: '…' } }, all: [berta] }) },
	]);
});

test('under a key of theirs everything, without the others, whose ids are in no path either', () => {
	const found = mentionsOf((doc) => {
		doc.getMap('attendance').set(`${berta}:state`, { is: 'present', with: cem, seen: [cem, 'x'] });
		const ofCem = new Y.Map<unknown>();
		doc.getMap('proxies').set(cem, ofCem);
		ofCem.set('to', berta);
	});
	expect(found).toEqual([
		{ path: `attendance/${berta}:state`, value: JSON.stringify({ is: 'present', with: '…', seen: ['x'] }) },
		{ path: 'proxies/…/to', value: JSON.stringify(berta) },
	]);
});

test('of a text, what they wrote under a mark of theirs: not what another added behind or between', () => {
	const found = mentionsOf((doc) => {
		const text = doc.getText('body');
		text.insert(0, 'Am Anfang. ');
		text.insert(text.length, 'Von Berta', { 'ins--a': { by: berta } });
		text.insert(text.length, ', von Cem', { 'ins--a': null, 'ins--b': { by: cem } });
		text.insert(text.length, ' und fett', { 'ins--b': null, strong: {} });
	});
	expect(found).toEqual([{ path: 'body', value: 'Von Berta' }]);
});
