import { beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { addResolution, setVoices } from './change-minutes.ts';
import { readMinutes } from './minutes.ts';
import { replacedCounts, type ReplacedCounts } from './replaced-counts.ts';

let mara: Y.Doc;
let jonas: Y.Doc;
/** What each of them is told. */
let told: Map<Y.Doc, ReplacedCounts[]>;

const vote = (doc: Y.Doc) => readMinutes(doc).resolutions[0]?.vote;

function device(clientID: number): Y.Doc {
	const doc = new Y.Doc();
	doc.clientID = clientID;
	told.set(doc, []);
	doc.on('afterTransaction', (transaction: Y.Transaction) => {
		if (!transaction.local) told.get(doc)?.push(...replacedCounts(transaction, ({ client }) => client === clientID));
	});
	return doc;
}

function meet(): void {
	const updates = [mara, jonas].map((doc) => Y.encodeStateAsUpdate(doc));
	for (const doc of [mara, jonas]) for (const update of updates) Y.applyUpdate(doc, update);
}

beforeEach(() => {
	told = new Map();
	[mara, jonas] = [device(1), device(2)];
	addResolution(mara, { id: 'r', itemId: 'i', text: 'Plakate', status: 'draft' });
	meet();
});

describe('two who enter the same voices unheard of each other', () => {
	test('the one whose voices do not hold is told, and only they', () => {
		setVoices(mara, 'r', 'yes', 3);
		setVoices(jonas, 'r', 'yes', 7);
		meet();
		expect(vote(mara)).toEqual(vote(jonas));
		const [winner, loser] = vote(mara)?.yes === 3 ? [mara, jonas] : [jonas, mara];
		const [mine, theirs] = vote(mara)?.yes === 3 ? [7, 3] : [3, 7];
		expect(told.get(winner)).toEqual([]);
		expect(told.get(loser)).toEqual([
			{ resolutionId: 'r', mine: { yes: mine }, theirs: { yes: theirs }, by: winner.clientID },
		]);
	});

	test('also where there were others before, and each typed more than one figure', () => {
		setVoices(mara, 'r', 'yes', 1);
		meet();
		for (const [doc, figures] of [
			[mara, [2, 22]],
			[jonas, [3, 33]],
		] as const)
			for (const voices of figures) setVoices(doc, 'r', 'yes', voices);
		for (const doc of [mara, jonas]) setVoices(doc, 'r', 'no', 4);
		meet();
		expect([...told.values()].flat()).toMatchObject([{ mine: { yes: expect.any(Number) as number } }]);
		expect([...told.values()].flat()[0]?.mine).not.toHaveProperty('no');
	});

	test('nothing is said where both entered the same, or different ones', () => {
		for (const doc of [mara, jonas]) setVoices(doc, 'r', 'yes', 7);
		setVoices(mara, 'r', 'no', 1);
		setVoices(jonas, 'r', 'abstention', 2);
		meet();
		expect([...told.values()].flat()).toEqual([]);
	});

	test('who corrects what they see replaces nothing, however often', () => {
		setVoices(mara, 'r', 'yes', 3);
		meet();
		setVoices(jonas, 'r', 'yes', 7);
		setVoices(jonas, 'r', 'yes', 8);
		meet();
		expect(vote(mara)).toEqual({ yes: 8, no: 0, abstention: 0 });
		setVoices(mara, 'r', 'yes', 9);
		meet();
		expect([...told.values()].flat()).toEqual([]);
	});

	test('nor is anything said to who only looks on', () => {
		const eva = device(3);
		setVoices(mara, 'r', 'yes', 3);
		setVoices(jonas, 'r', 'yes', 7);
		for (const doc of [mara, jonas]) Y.applyUpdate(eva, Y.encodeStateAsUpdate(doc));
		const other = device(4);
		for (const doc of [jonas, mara]) Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
		expect(vote(eva)).toEqual(vote(other));
		expect([told.get(eva), told.get(other)]).toEqual([[], []]);
	});

	test('nor is anything said of a resolution that is gone', () => {
		setVoices(mara, 'r', 'yes', 3);
		setVoices(jonas, 'r', 'yes', 7);
		for (const doc of [mara, jonas]) doc.getMap<Y.Map<unknown>>('resolutions').get('r')?.set('removed', true);
		meet();
		expect([...told.values()].flat()).toEqual([]);
	});
});
