import * as encoding from 'lib0/encoding';
import { beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { createRandom, type Random } from '../../tests/support/random.ts';
import { buildingCost } from './building-cost.ts';
import { type DocumentState, loadState } from './document-state.ts';
import { decodeStructure, type UpdateStructure } from './update-structure.ts';

const bounds = { full: 20_000, most: 40_000 };
const may = () => true;
const empty = Uint8Array.of(0);
let state: DocumentState;
beforeEach(() => {
	state = loadState({ snapshot: null, tail: [], sequence: 0 }, bounds);
});

type Id = readonly [client: number, clock: number];
type Letter = { id: Id; behind?: Id; before?: Id; text?: string };

/** One update of letters of one client, in the text `t`, that go on from each other's clocks. */
function updateOf(...letters: readonly Letter[]): Uint8Array {
	return encoding.encode((encoder) => {
		const [{ id }] = letters as [Letter];
		for (const number of [1, letters.length, ...id]) encoding.writeVarUint(encoder, number);
		for (const { behind, before, text = 'x' } of letters) {
			encoding.writeUint8(encoder, 4 | (behind ? 0x80 : 0) | (before ? 0x40 : 0));
			for (const number of [...(behind ?? []), ...(before ?? [])]) encoding.writeVarUint(encoder, number);
			if (!behind && !before) {
				encoding.writeVarUint(encoder, 1);
				encoding.writeVarString(encoder, 't');
			}
			encoding.writeVarString(encoder, text);
		}
		encoding.writeVarUint(encoder, 0);
	});
}

/** Each before the one before it. */
const toTheLeft = (client: number, count: number): Letter[] =>
	Array.from({ length: count }, (_, clock) => ({
		id: [client, clock],
		...(clock > 0 && { before: [client, clock - 1] }),
	}));

/** @returns how many were taken until one was refused */
function takenOf(letters: readonly Letter[], together = 1, typed = true): number {
	for (let at = 0; at < letters.length; at += together) {
		const verdict = state.accept(updateOf(...letters.slice(at, at + together)), typed, may);
		if (verdict.kind === 'new') continue;
		expect(verdict.kind).toBe('full');
		return at;
	}
	return letters.length;
}

/** How often Yjs compares an item with another when it builds the document from these: it puts both in two sets. */
function comparisonsOf(updates: readonly Uint8Array[]): number {
	const { add } = Set.prototype;
	let compared = 0;
	Set.prototype.add = function (value) {
		if (value instanceof Y.Item) compared += 1;
		return add.call(this, value);
	};
	try {
		const doc = new Y.Doc();
		for (const update of updates) Y.applyUpdate(doc, update);
	} finally {
		Set.prototype.add = add;
	}
	return compared / 2;
}

function expectCheap(): void {
	const whole = state.difference(empty) as Uint8Array;
	expect(comparisonsOf([whole])).toBeLessThan(1.1 * bounds.most);
}

describe('many small updates that make a document which takes long to build are refused before it is there', () => {
	const behind = [9, 0] as const;
	const crowd = (client: number, count: number, first: Letter[] = []): Letter[] =>
		[...first, ...toTheLeft(client, count)].map((letter, clock) => ({
			behind,
			...letter,
			id: [client, clock],
			...(clock > first.length && { before: [client, clock - 1] }),
		}));
	const end = [9, 1] as const;

	beforeEach(() => {
		expect(takenOf([{ id: behind, text: 'xx' }])).toBe(1);
	});

	test.each([
		['the second is placed behind the first', 1, 2],
		['in the other order only', 2, 1],
	])('letters of two who know nothing of each other: %s', (_, ada, ben) => {
		expect(takenOf(crowd(ada, 600))).toBe(600);
		expect(takenOf(crowd(ben, 600))).toBeLessThan(100);
		expectCheap();
	});

	test('in whatever order they are built: the second says that it knows the first', () => {
		expect(takenOf(crowd(1, 600))).toBe(600);
		expect(takenOf(crowd(2, 600, [{ id: [2, 0], behind: [1, 599] }]))).toBeLessThan(100);
		expectCheap();
	});

	test('in turns', () => {
		const [ada, ben] = [crowd(1, 600), crowd(2, 600)];
		expect(takenOf(ada.flatMap((letter, at) => [letter, ben[at] as Letter]))).toBeLessThan(420);
		expectCheap();
	});

	test.each([
		['as they are written', true],
		['as what a device has that was away', false],
	])('in pieces of many, %s', (_, typed) => {
		expect(takenOf(crowd(1, 600), 15, typed)).toBe(600);
		expect(takenOf(crowd(2, 600), 15, typed)).toBeLessThan(100);
		expectCheap();
	});

	test('a few each time that the document is opened', () => {
		const [ada, ben] = [crowd(1, 600), crowd(2, 600)];
		expect(takenOf(ada)).toBe(600);
		let taken = 0;
		for (let times = 0; times < 30; times++) {
			state = loadState({ snapshot: state.difference(empty), tail: [], sequence: 1 }, bounds);
			taken += takenOf(ben.slice(taken, taken + 5));
		}
		expect(taken).toBeLessThan(100);
		expectCheap();
	});

	test('of one, each before another letter of a word', () => {
		const word = { id: [1, 0] as const, behind, text: 'x'.repeat(600) };
		expect(takenOf([word])).toBe(1);
		const own = Array.from({ length: 600 }, (_, at) => ({ id: [2, at] as const, behind, before: [1, at] as const }));
		expect(takenOf(own)).toBeLessThan(300);
		expectCheap();
	});

	test('each behind another letter of what is written on meanwhile', () => {
		const word = { id: [1, 0] as const, behind, text: 'x'.repeat(600) };
		expect(takenOf([word])).toBe(1);
		const own = Array.from({ length: 600 }, (_, at) => ({ id: [2, at] as const, behind: [1, 599 - at] as const }));
		expect(takenOf(own)).toBeLessThan(400);
		expectCheap();
	});

	test('of thousands who each go on behind their last, where others wrote since', () => {
		const chain = Array.from({ length: 300 }, (_, at) => ({
			id: [10 + at, 0] as const,
			behind: at === 0 ? behind : ([9 + at, 0] as const),
			before: end,
		}));
		for (const letter of chain) expect(takenOf([letter])).toBe(1);
		const onward = chain.map(({ id: [client] }) => ({ id: [client, 1] as const, behind: [client, 0] as const }));
		let taken = 0;
		while (taken < 300 && takenOf(onward.slice(taken, taken + 1)) === 1) taken += 1;
		expect(taken).toBeLessThan(250);
		expectCheap();
	});
});

describe('a document that is full of it', () => {
	const behind = [9, 0] as const;
	const chain = (client: number, count: number) =>
		updateOf(...toTheLeft(client, count).map((letter) => ({ ...letter, behind })));
	const deletion = Uint8Array.of(0, 1, 1, 1, 5, 10);

	test('takes no other content, from nobody, and what deletes', () => {
		state.accept(updateOf({ id: behind }), true, may);
		expect(state.accept(chain(1, 170), true, may).kind).toBe('new');
		expect(state.accept(chain(2, 170), true, may).kind).toBe('new');
		expect(takenOf([{ id: [3, 0] }])).toBe(0);
		expect(state.accept(updateOf({ id: [3, 0] }), false, may).kind).toBe('full');
		expect(state.accept(deletion, true, may).kind).toBe('new');
	});

	test('is read from a log as it is, and what others took is taken', () => {
		const tail = [updateOf({ id: behind }), chain(1, 400), chain(2, 400)];
		state = loadState({ snapshot: null, tail, sequence: 3 }, bounds);
		expect(Y.decodeStateVector(state.stateVector()).get(2)).toBe(400);
		expect(state.accept(updateOf({ id: [3, 0] }), true, may).kind).toBe('full');
		expect(state.accept(updateOf({ id: [3, 0] }), true).kind).toBe('new');
		expect(state.accept(deletion, true, may).kind).toBe('new');
	});
});

describe('what people write', () => {
	/** Typed on, corrected a little before, and every now and then somewhere else. */
	function writeOn(doc: Y.Doc, edits: number, random: Random): void {
		const text = doc.getText('t');
		let at = text.length;
		for (let edit = 0; edit < edits; edit++) {
			if (random.nat(40) === 0) at = random.nat(text.length);
			else if (random.nat(8) === 0) at = Math.max(0, at - random.nat(30));
			at = Math.min(at, text.length);
			if (random.nat(10) === 0 && at > 0) text.delete((at -= 1), 1);
			else text.insert(at++, 'x');
		}
	}

	test('four who write offline in one text for a long time are all taken, whatever comes together', () => {
		const random = createRandom(3);
		const start = new Y.Doc();
		writeOn(start, 4_000, random);
		const vector = Y.encodeStateVector(start);
		state = loadState({ snapshot: Y.encodeStateAsUpdate(start), tail: [], sequence: 1 });
		for (let client = 1; client < 5; client++) {
			const doc = new Y.Doc();
			doc.clientID = client;
			Y.applyUpdate(doc, Y.encodeStateAsUpdate(start));
			const kinds = new Set<string>();
			if (client % 2) doc.on('update', (update: Uint8Array) => kinds.add(state.accept(update, true, may).kind));
			writeOn(doc, 6_000, random);
			if (client % 2 === 0) kinds.add(state.accept(Y.encodeStateAsUpdate(doc, vector), false, may).kind);
			expect(kinds).toEqual(new Set(['new']));
		}
	});

	test('forty who type in one place at once, and paste there, are all taken, as it comes and in the answer of a device', () => {
		const start = new Y.Doc();
		start.getText('t').insert(0, 'Anwesend: ');
		const known = Y.encodeStateAsUpdate(start);
		state = loadState({ snapshot: known, tail: [], sequence: 1 });
		const updates = Array.from({ length: 40 }, (_, at) => {
			const doc = Object.assign(new Y.Doc(), { clientID: 100 + at });
			Y.applyUpdate(doc, known);
			const typed: Uint8Array[] = [];
			doc.on('update', (update: Uint8Array) => typed.push(update));
			const text = doc.getText('t');
			for (let letter = 0; letter < 200; letter++) text.insert(10 + letter - (letter > 100 ? 30 : 0), 'x');
			const pasted = Array.from({ length: 100 }, (_, part) => ({
				insert: 'Absatz\n',
				attributes: part % 2 ? { b: true } : {},
			}));
			text.applyDelta([{ retain: 10 }, ...pasted]);
			return at % 4 ? typed : [Y.mergeUpdates(typed)];
		});
		const kinds = new Set<string>();
		for (let at = 0; updates.some(({ length }) => length > at); at++)
			for (const own of updates)
				for (const update of own.slice(at, at + 1)) kinds.add(state.accept(update, own.length > 1, may).kind);
		expect(kinds).toEqual(new Set(['new']));
		expect(Y.decodeStateVector(state.stateVector()).size).toBe(41);
	});

	test('costs the same when a device says all of it, with what was known in other pieces', () => {
		const random = createRandom(7);
		for (let round = 0; round < 20; round++) {
			const [first, second] = [new Y.Doc(), new Y.Doc()];
			writeOn(first, 200, random);
			Y.applyUpdate(second, Y.encodeStateAsUpdate(first));
			const part = new Y.Doc();
			Y.applyUpdate(part, Y.encodeStateAsUpdate(first));
			for (const doc of [first, second]) writeOn(doc, 200, random);
			Y.applyUpdate(second, Y.encodeStateAsUpdate(first));
			const said = decodeStructure(Y.encodeStateAsUpdate(second)) as UpdateStructure;
			const { comparisons } = buildingCost(second, new Map(), Infinity);
			expect(buildingCost(second, said.structs, Infinity).comparisons).toBe(comparisons);
			expect(buildingCost(part, said.structs, Infinity).comparisons).toBeLessThanOrEqual(comparisons + 10);
		}
	});

	test('costs what Yjs takes for it, in the order in which Yjs begins, or more', () => {
		const random = createRandom(5);
		const docs = Array.from({ length: 4 }, (_, at) => Object.assign(new Y.Doc(), { clientID: 1 + at }));
		let all = 0;
		for (let round = 0; round < 60; round++) {
			const [from, to] = [docs[random.nat(4)], docs[random.nat(4)]] as [Y.Doc, Y.Doc];
			if (random.nat(4) === 0) Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)));
			else
				for (let times = 0; times < 5; times++)
					from.getText('t').insert(random.nat(Math.min(3, from.getText('t').length + 1)), 'x');
			const whole = new Y.Doc();
			for (const doc of docs) Y.applyUpdate(whole, Y.encodeStateAsUpdate(doc));
			const taken = comparisonsOf([Y.encodeStateAsUpdate(whole)]);
			const { comparisons } = buildingCost(whole, new Map(), Infinity);
			expect(comparisons).toBeGreaterThanOrEqual(taken);
			all += taken;
		}
		expect(all).toBeGreaterThan(1_000);
	});
});
