import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { isCursorIn } from './cursors.ts';

const fragment = 'body:a';

test('a caret that y-prosemirror sends is one', () => {
	const body = new Y.Doc().getXmlFragment(fragment);
	const text = new Y.XmlText('abc');
	const paragraph = new Y.XmlElement('paragraph');
	paragraph.insert(0, [text]);
	body.insert(0, [paragraph]);
	for (const position of [
		Y.createRelativePositionFromTypeIndex(body, 0),
		Y.createRelativePositionFromTypeIndex(text, 1),
		Y.createRelativePositionFromTypeIndex(text, 3),
	]) {
		const sent: unknown = JSON.parse(
			JSON.stringify({ user: { id: 'p' }, cursor: { anchor: position, head: position } }),
		);
		expect(isCursorIn(fragment, sent)).toBe(true);
	}
});

test.each([
	['nothing', null],
	['no position', { cursor: {} }],
	['another root', { cursor: { anchor: { tname: 'articles' }, head: { tname: 'articles' } } }],
	[
		'a negative clock',
		{ cursor: { anchor: { item: { client: 1, clock: -1 } }, head: { item: { client: 1, clock: 0 } } } },
	],
	['a text for a clock', { cursor: { anchor: { item: { client: 1, clock: 'x' } }, head: { tname: fragment } } }],
])('%s is none', (_name, state) => {
	expect(isCursorIn(fragment, state)).toBe(false);
});

test('what counts as a caret never makes resolving it throw', () => {
	const id = fc.oneof(
		fc.record({ client: fc.nat(), clock: fc.nat() }),
		fc.constant(null),
		fc.record({ client: fc.double(), clock: fc.integer() }),
		fc.string(),
	);
	const position = fc.record({ type: id, tname: fc.constantFrom(fragment, 'x', null), item: id, assoc: fc.integer() });
	fc.assert(
		fc.property(position, position, (anchor, head) => {
			if (!isCursorIn(fragment, { cursor: { anchor, head } })) return;
			const doc = new Y.Doc();
			doc.getXmlFragment(fragment);
			Y.createAbsolutePositionFromRelativePosition(Y.createRelativePositionFromJSON(anchor), doc);
		}),
	);
});
