import { schema } from '#lib/editor/schema.ts';
import { prosemirrorToYXmlFragment } from 'y-prosemirror';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { HostileBodies } from '../../../tests/support/hostile-bodies.ts';
import { createRandom } from '../../../tests/support/random.ts';
import { findUnknown } from './body-gate.ts';
import { rewriteBody } from './body-rewrite.ts';
import { bodyText } from './body.ts';
import { paragraph, readRichBody, toYNode, type RichNode } from './rich-body.ts';

const root = 'body:a';

function docOf(blocks: readonly RichNode[]): Y.Doc {
	const doc = new Y.Doc();
	doc.getXmlFragment(root).insert(0, blocks.map(toYNode));
	return doc;
}

const line = (text: string): RichNode => paragraph({}, [{ text, marks: [] }]);

describe('a body as plain data', () => {
	test('is written as the editor writes it, and passes the gate', () => {
		const marks = [
			{ type: 'ins', attrs: { by: 'p1', at: 1, id: 'i' } },
			{ type: 'del', attrs: { by: 'p2', at: 2, id: 'd' } },
			{ type: 'brk', attrs: { form: 'own' } },
			{ type: 'comment', attrs: { id: 'c' } },
		];
		const mine = docOf([paragraph({ level: 1 }, [{ text: 'a', marks }])]);
		const theirs = new Y.Doc();
		const made = schema.nodes.paragraph.create({ level: 1 }, [
			schema.text(
				'a',
				marks.map(({ type, attrs }) => schema.mark(type, attrs)),
			),
		]);
		prosemirrorToYXmlFragment(schema.nodes.doc.create(null, [made]), theirs.getXmlFragment(root));
		expect(mine.getXmlFragment(root).toJSON()).toBe(theirs.getXmlFragment(root).toJSON());
		expect(findUnknown(mine.getXmlFragment(root))).toBeNull();
	});

	test('any body is read as it was written, and becomes any other by the smallest steps', () => {
		for (let seed = 1; seed <= 500; seed++) {
			const bodies = new HostileBodies(createRandom(seed));
			const before = bodies.body();
			const after = bodies.body();
			const doc = docOf(before);
			expect(readRichBody(doc, root), `seed ${seed}`).toEqual(before);
			doc.transact(() => rewriteBody(doc, root, after));
			expect(readRichBody(doc, root), `seed ${seed}`).toEqual(after);
		}
	}, 60_000);
});

describe('a body that is rewritten', () => {
	test('keeps what others wrote in it at the same time', () => {
		const mara = docOf([line('Plakate aufhängen am Markt.'), line('Danke.')]);
		const jonas = new Y.Doc();
		Y.applyUpdate(jonas, Y.encodeStateAsUpdate(mara));
		((jonas.getXmlFragment(root).get(1) as Y.XmlElement).get(0) as Y.XmlText).insert(0, 'Vielen ');
		rewriteBody(mara, root, [line('Plakate abhängen am Markt.'), line('Danke.')]);
		Y.applyUpdate(mara, Y.encodeStateAsUpdate(jonas));
		expect(bodyText(mara, root)).toBe('Plakate abhängen am Markt.\nVielen Danke.');
	});

	test('is not touched where it says that already', () => {
		const doc = docOf([line('a'), line('b')]);
		const before = Y.encodeStateAsUpdate(doc);
		rewriteBody(doc, root, [line('a'), line('b')]);
		expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
	});
});
