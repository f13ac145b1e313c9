/**
 * The scan decides alone about typing, so it must never let pass what applying would not: it is held against the
 * judgement that applies, on what people type and on thousands of forgeries of it.
 */
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { createRandom } from '../../tests/support/random.ts';
import { loadState } from './document-state.ts';
import { scanTyping } from './update-scan.ts';

const base = new Y.Doc();
base.clientID = 1000;
base.getText('t').insert(0, 'Plakate: 1.400 Stück 🎉', { bold: true });
base.getText('t').delete(3, 4);
base.getMap('m').set('inner', new Y.Map([['title', new Y.Text('Haushalt')]]));
base.getXmlFragment('x').insert(0, [new Y.XmlElement('paragraph')]);
const snapshot = Y.encodeStateAsUpdate(base);
const stored = { snapshot, tail: [], sequence: 1 };
const known = Y.decodeStateVector(Y.encodeStateVector(base));

/** Each as it is emitted on the same document. */
function typed(...edits: ((doc: Y.Doc) => void)[]): Uint8Array[] {
	return edits.map((edit) => {
		const doc = new Y.Doc();
		Y.applyUpdate(doc, snapshot);
		doc.clientID = 77;
		let emitted = new Uint8Array();
		doc.on('update', (update: Uint8Array) => (emitted = update.slice()));
		doc.transact(() => edit(doc));
		return emitted;
	});
}

const typing = typed(
	(doc) => doc.getText('t').insert(5, 'n'),
	(doc) => doc.getText('t').insert(5, 'Öl 🎉'),
	(doc) => doc.getText('t').delete(0, 8),
	(doc) => doc.getText('t').format(0, 6, { italic: true }),
	(doc) => doc.getText('t').insertEmbed(1, 'image'),
	(doc) => doc.getMap('m').set('tags', ['c', { d: [1.5, -7, 2 ** 40, null, undefined, true, 5n] }]),
	(doc) => (doc.getMap('m').get('inner') as Y.Map<unknown>).set('bytes', Uint8Array.of(1, 2, 3)),
	(doc) => (doc.getXmlFragment('x').get(0) as Y.XmlElement).setAttribute('lang', 'de'),
	(doc) => {
		doc.getText('t').insert(0, 'abc');
		doc.getText('t').delete(1, 3);
		doc.getMap('other').set('k', 1);
	},
);

const examined = (update: Uint8Array) => loadState(stored).accept(update);

describe('typing', () => {
	test('is understood, and is what applying takes for new', () => {
		for (const update of typing) {
			expect(scanTyping(update, known)).not.toBeNull();
			expect(examined(update).kind).toBe('new');
		}
	});

	test.each([
		['a new shared type', (doc: Y.Doc) => doc.getMap('m').set('k', new Y.Array())],
		['a document in a document', (doc: Y.Doc) => doc.getMap('m').set('k', new Y.Doc())],
		['an object in a mark', (doc: Y.Doc) => doc.getText('t').insert(0, 'x', { link: { href: 'y' } })],
	])('%s is left to those who look closer', (_, edit) => {
		expect(typed(edit).map((update) => scanTyping(update, known))).toEqual([null]);
	});

	test('what is known, or goes on elsewhere, is left to them as well', () => {
		const [first] = typing as [Uint8Array];
		expect(scanTyping(first, new Map([...known, [77, 1]]))).toBeNull();
		expect(scanTyping(first, new Map())).toBeNull();
		expect(scanTyping(snapshot, known)).toBeNull();
	});
});

test(
	'no forgery passes that applying would refuse: one or two bytes changed, twenty thousand times',
	{ timeout: 60_000 },
	() => {
		const random = createRandom(Number(process.env['SEED'] ?? 31));
		let passed = 0;
		for (let count = 0; count < 20_000; count++) {
			const forged = (random.pick(typing) as Uint8Array).slice();
			for (let change = random.nat(2); change >= 0; change--) {
				const at = random.nat(forged.length);
				forged[at] = (forged[at] ?? 0) ^ (1 + random.nat(255));
			}
			const scan = scanTyping(forged, known);
			if (!scan) continue;
			passed += 1;
			const { kind } = examined(forged);
			const deletesOnly = scan.sections.length === 0;
			if (kind !== 'new' && !(deletesOnly && kind === 'known')) throw new Error(`${kind}: ${forged.join()}`);
		}
		expect(passed).toBeGreaterThan(1000);
	},
);
