import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { leaveAsIs, readLeft } from './left-as-is.ts';

test('what is left as it is is known by its text, and can be checked again', () => {
	const doc = new Y.Doc();
	leaveAsIs(doc, 'body:a1', 'next-meeting:9. Dezember', true);
	leaveAsIs(doc, 'body:a1', 'weekday:Fr 9.1.', true);
	leaveAsIs(doc, 'body:a2', 'weekday:Fr 9.1.', true);
	leaveAsIs(doc, 'body:a1', 'weekday:Fr 9.1.', false);
	expect([...readLeft(doc)].map(([fragment, keys]) => [fragment, [...keys]])).toEqual([
		['body:a1', ['next-meeting:9. Dezember']],
		['body:a2', ['weekday:Fr 9.1.']],
	]);
});

test('two people leave two findings at the same time', () => {
	const [a, b] = [new Y.Doc(), new Y.Doc()];
	leaveAsIs(a, 'body:a1', 'past:3. Dezember', true);
	leaveAsIs(b, 'body:a1', 'name:Frida Baumgart', true);
	Y.applyUpdate(a, Y.encodeStateAsUpdate(b));
	expect(readLeft(a).get('body:a1')?.size).toBe(2);
});

test('what another client wrote is skipped', () => {
	const doc = new Y.Doc();
	const map = doc.getMap('leftAsIs');
	map.set('body:a1', true);
	map.set('body:a1 past:x', 'yes');
	expect(readLeft(doc).size).toBe(0);
});
