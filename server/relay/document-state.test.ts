import { limits } from '#lib/protocol/limits.ts';
import * as encoding from 'lib0/encoding';
import { beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { type DocumentState, loadState } from './document-state.ts';

let state: DocumentState;
beforeEach(() => {
	state = loadState({ snapshot: null, tail: [], sequence: 0 });
});

const empty = Y.encodeStateVector(new Y.Doc());
const content = () => state.difference(empty);

function docOf(client: number, write: (doc: Y.Doc) => void): Y.Doc {
	const doc = new Y.Doc();
	doc.clientID = client;
	doc.transact(() => write(doc));
	return doc;
}

const updateOf = (client: number, write: (doc: Y.Doc) => void) => Y.encodeStateAsUpdate(docOf(client, write));
const typed = (client: number, text: string) => updateOf(client, (doc) => doc.getText('t').insert(0, text));

function expectUntouched(update: Uint8Array, kind: 'bad' | 'gap' | 'foreign'): void {
	const before = content();
	expect(state.accept(update)).toMatchObject({ kind });
	expect(content()).toEqual(before);
}

describe('structure', () => {
	test('an update that ends early, or late, is none', () => {
		const update = typed(1, 'hallo');
		for (let end = 0; end < update.length; end++) expect(state.accept(update.slice(0, end)).kind).toBe('bad');
		expectUntouched(Uint8Array.from([...update, 0]), 'bad');
	});

	test('a client that comes twice is refused: Yjs would forget its first part', () => {
		const [first, second] = [typed(1, 'a'), updateOf(1, (doc) => doc.getText('u').insert(0, 'b'))];
		const body = (update: Uint8Array) => update.slice(1, -1);
		expectUntouched(Uint8Array.from([2, ...body(first), ...body(second), 0]), 'bad');
		const between = typed(2, 'c');
		expectUntouched(Uint8Array.from([3, ...body(first), ...body(between), ...body(first), 0]), 'bad');
	});

	test('a length that no clock can hold is refused', () => {
		const update = encoding.encode((encoder) => {
			for (const part of [1, 1, 7, 0]) encoding.writeVarUint(encoder, part);
			encoding.writeUint8(encoder, 0);
			encoding.writeVarUint(encoder, 2 ** 52);
			encoding.writeVarUint(encoder, 0);
		});
		expectUntouched(update, 'bad');
	});
});

describe('gap', () => {
	test('an update that waits for its own client, a neighbour, a parent or something to delete is refused', () => {
		const doc = docOf(1, (doc) => doc.getMap('m').set('a', new Y.Array()));
		const vector = Y.encodeStateVector(doc);
		const later = docOf(2, () => {});
		Y.applyUpdate(later, Y.encodeStateAsUpdate(doc));
		(later.getMap('m').get('a') as Y.Array<number>).push([1]);
		expectUntouched(Y.encodeStateAsUpdate(later, vector), 'gap');

		const text = docOf(3, (doc) => doc.getText('t').insert(0, 'ab'));
		const typedBefore = Y.encodeStateVector(text);
		text.getText('t').insert(2, 'c');
		expectUntouched(Y.encodeStateAsUpdate(text, typedBefore), 'gap');
		const insertedBefore = Y.encodeStateVector(text);
		text.getText('t').delete(0, 1);
		expectUntouched(Y.encodeStateAsUpdate(text, insertedBefore), 'gap');
	});

	test('two clients that build on each other in one update are no gap', () => {
		const doc = docOf(1, (doc) => doc.getText('t').insert(0, 'ab'));
		const other = docOf(2, () => {});
		Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
		other.getText('t').insert(1, 'x');
		Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
		doc.getText('t').insert(2, 'y');
		expect(state.accept(Y.encodeStateAsUpdate(doc)).kind).toBe('new');
	});

	test('content that refers to what its own client writes later is refused', () => {
		const update = encoding.encode((encoder) => {
			for (const part of [1, 1, 7, 0]) encoding.writeVarUint(encoder, part);
			encoding.writeUint8(encoder, 4 | 0x80);
			for (const part of [7, 3]) encoding.writeVarUint(encoder, part);
			encoding.writeVarString(encoder, 'long enough');
			encoding.writeVarUint(encoder, 0);
		});
		expectUntouched(update, 'gap');
	});
});

describe('nesting', () => {
	function nested(levels: number): Uint8Array {
		return updateOf(1, (doc) => {
			let at = doc.getArray('a');
			for (let level = 0; level < levels; level++) {
				const inner = new Y.Array();
				at.push([inner]);
				at = inner as Y.Array<unknown>;
			}
		});
	}

	test('shared types nest as deep as the limit and no deeper', () => {
		expectUntouched(nested(limits.depth + 1), 'bad');
		expectUntouched(nested(20_000), 'bad');
		expect(state.accept(nested(limits.depth)).kind).toBe('new');
	});

	test('one level more, on top of what is already here, is refused too', () => {
		state.accept(nested(limits.depth));
		const doc = new Y.Doc();
		Y.applyUpdate(doc, content() ?? empty);
		const vector = Y.encodeStateVector(doc);
		let at = doc.getArray('a');
		for (let level = 0; level < limits.depth; level++) at = at.get(0) as Y.Array<unknown>;
		at.push(['a value is welcome']);
		const value = Y.encodeStateAsUpdate(doc, vector);
		at.push([new Y.Map()]);
		expectUntouched(Y.encodeStateAsUpdate(doc, vector), 'bad');
		expect(state.accept(value).kind).toBe('new');
	});

	test('the neighbour’s parent counts where an item names none', () => {
		const doc = new Y.Doc();
		Y.applyUpdate(doc, nested(limits.depth));
		let at = doc.getArray('a');
		for (let level = 0; level < limits.depth; level++) at = at.get(0) as Y.Array<unknown>;
		at.push([1]);
		at.push([new Y.Map()]);
		expectUntouched(Y.encodeStateAsUpdate(doc), 'bad');
	});

	test('plain values are bounded as well', () => {
		const valueOf = (levels: number): unknown => (levels === 0 ? 1 : [valueOf(levels - 1)]);
		const setting = (levels: number) => updateOf(1, (doc) => doc.getMap('m').set('k', valueOf(levels)));
		expectUntouched(setting(limits.depth + 1), 'bad');
		expect(state.accept(setting(limits.depth)).kind).toBe('new');
		const bomb = Uint8Array.from([
			1,
			1,
			7,
			0,
			8,
			1,
			1,
			'm'.charCodeAt(0),
			1,
			...new Array(400_000).fill(117).flatMap((tag) => [tag, 1]),
			125,
			0,
			0,
		]);
		expectUntouched(bomb, 'bad');
	});
});

describe('contradiction', () => {
	test.each<[string, (doc: Y.Doc) => void, (doc: Y.Doc) => void]>([
		['text', (doc) => doc.getText('t').insert(0, 'Posten: 100'), (doc) => doc.getText('t').insert(0, 'Posten: 900')],
		['a plain value', (doc) => doc.getMap('m').set('k', { a: 1 }), (doc) => doc.getMap('m').set('k', { a: 2 })],
		['a key', (doc) => doc.getMap('m').set('k', 1), (doc) => doc.getMap('m').set('l', 1)],
		['a root', (doc) => doc.getText('t').insert(0, 'a'), (doc) => doc.getText('u').insert(0, 'a')],
		[
			'a kind of type',
			(doc) => doc.getMap('m').set('k', new Y.Map()),
			(doc) => doc.getMap('m').set('k', new Y.Array()),
		],
		['an element', (doc) => elements(doc, 'p'), (doc) => elements(doc, 'h1')],
		[
			'a mark',
			(doc) => doc.getText('t').insert(0, 'a', { b: true }),
			(doc) => doc.getText('t').insert(0, 'a', { i: true }),
		],
		['bytes', (doc) => doc.getMap('m').set('k', Uint8Array.of(1)), (doc) => doc.getMap('m').set('k', Uint8Array.of(2))],
		['a place', (doc) => both(doc, 0), (doc) => both(doc, 1)],
	])('a client that says %s differently under a known clock is refused', (_, first, second) => {
		expect(state.accept(updateOf(1, first)).kind).toBe('new');
		expectUntouched(updateOf(1, second), 'foreign');
	});

	test('also when only a part of it is known', () => {
		state.accept(typed(1, 'abc'));
		expectUntouched(typed(1, 'abX and more'), 'foreign');
		expect(state.accept(typed(1, 'abc and more')).kind).toBe('new');
	});
});

function elements(doc: Y.Doc, name: string): void {
	doc.getXmlFragment('x').push([new Y.XmlElement(name)]);
}

function both(doc: Y.Doc, at: number): void {
	doc.getText('t').insert(0, 'ab');
	doc.getText('t').insert(at, 'c');
}

test('a log that does not apply as a whole is not a document', () => {
	const tail = [typed(1, 'a'), Uint8Array.of(1, 2, 3)];
	expect(() => loadState({ snapshot: null, tail, sequence: 2 })).toThrow();
});

test('what goes on where its clients ended is taken as it is, whoever made it when; with deletions it is looked at', () => {
	const doc = docOf(1, (doc) => doc.getText('t').insert(0, 'hallo'));
	const first = Y.encodeStateAsUpdate(doc);
	const vector = Y.encodeStateVector(doc);
	doc.getText('t').insert(5, ' Welt');
	const second = Y.encodeStateAsUpdate(doc, vector);
	for (const update of [first, second]) {
		const verdict = state.accept(update);
		expect(verdict.kind === 'new' && verdict.updates[0]).toBe(update);
	}
	expect(state.accept(second).kind).toBe('known');
	doc.getText('t').delete(0, 1);
	const all = Y.encodeStateAsUpdate(doc, Y.encodeStateVector(doc));
	expect([state.accept(all).kind, state.accept(all).kind]).toEqual(['new', 'known']);
	expect(content()).toEqual(Y.encodeStateAsUpdate(doc));
});

test('who asks the same after a change gets the change', () => {
	state.accept(typed(1, 'a'));
	const before = content();
	expect(content()).toBe(before);
	state.accept(typed(2, 'b'));
	expect(content()).not.toEqual(before);
});

test('many who ask alike while others write get one encoding, and what was written since', () => {
	state.accept(typed(1, 'a'.repeat(100_000)));
	const first = state.answer(empty);
	const later = typed(2, 'b');
	state.accept(later, true);
	const second = state.answer(empty);
	expect([first?.since, second?.since]).toEqual([[], [later]]);
	expect(second?.base).toBe(first?.base);
	const doc = new Y.Doc();
	for (const update of [second?.base, ...(second?.since ?? [])]) if (update) Y.applyUpdate(doc, update);
	expect(Y.encodeStateAsUpdate(doc)).toEqual(content());
});

test('an encoding that is soon made again is not kept', () => {
	state.accept(typed(1, 'a'));
	const first = state.answer(empty);
	state.accept(typed(2, 'b'), true);
	expect(state.answer(empty)).toMatchObject({ since: [] });
	expect(state.answer(empty)?.base).not.toBe(first?.base);
});

test('what comes after an encoding is never more than it: nobody who joins is sent the past instead', () => {
	state.accept(typed(1, 'a'.repeat(100_000)));
	for (let at = 0; at < 20; at++) {
		state.answer(empty);
		state.accept(typed(2 + at, 'b'.repeat(30_000)), true);
		const answer = state.answer(empty);
		const since = answer?.since.reduce((sum, { length }) => sum + length, 0) ?? 0;
		expect(since).toBeLessThanOrEqual(answer?.base.length ?? 0);
	}
});

test('who has a part of a long document is told the rest when its bytes do not go on from each other, too', () => {
	const doc = docOf(7, (doc) => doc.getText('t').insert(0, 'a'.repeat(70_000)));
	const snapshot = Y.encodeStateAsUpdate(doc);
	doc.getText('t').insert(70_000, 'b');
	// It was noted with the snapshot that it has less: what came since begins within it.
	const vector = Y.encodeStateVector(new Map([[7, 60_000]]));
	const tail = [Y.encodeStateAsUpdate(doc, vector)];
	state = loadState({ snapshot, vector, tail, sequence: 1 });
	const part = Y.encodeStateVector(new Map([[7, 50_000]]));
	expect(state.difference(part)).toEqual(Y.encodeStateAsUpdate(doc, part));
});

test('a state vector that is none is said to be', () => {
	expect(state.difference(Uint8Array.of(5, 1))).toBeNull();
});

describe('rest', () => {
	test('one that is needed again and again stays, and so does one that is not to be had as bytes', () => {
		state.accept(updateOf(1, (doc) => doc.getMap('m').set('in', new Y.Doc({ guid: 'g' }))));
		for (let count = 0; count < 3; count++) state.rest();
		expect(state.accept(updateOf(2, (doc) => doc.getMap('m').set('b', 1))).kind).toBe('new');
		const whole = new Y.Doc();
		Y.applyUpdate(whole, content() ?? Uint8Array.of());
		expect([...whole.getMap('m').keys()].sort()).toEqual(['b', 'in']);
	});

	test('hundreds of devices that wrote once do not keep it a document', () => {
		for (let client = 1; client <= 300; client++) state.accept(typed(client, 'x'));
		const before = content() as Uint8Array;
		const opened = loadState({ snapshot: before, tail: [], sequence: 1 });
		expect(opened.difference(empty)).toEqual(before);
		expect(opened.accept(typed(301, 'y'), true).kind).toBe('new');
	});
});

test('what is received is taken as it is: marks that are not needed now are not deleted', () => {
	const text = (doc: Y.Doc) => doc.getXmlFragment('body').get(0) as Y.XmlText;
	const first = docOf(1, (doc) => doc.getXmlFragment('body').insert(0, [new Y.XmlText('abcdef')]));
	const start = Y.encodeStateAsUpdate(first);
	const second = new Y.Doc();
	Y.applyUpdate(second, start);
	second.clientID = 2;
	const known = Y.encodeStateVector(first);
	// One marks what another deletes meanwhile: for now, there is nothing between the mark's beginning and its end.
	text(first).format(1, 2, { strong: {} });
	text(second).delete(1, 2);
	state = loadState({ snapshot: null, tail: [start], sequence: 1 });
	for (const doc of [first, second]) {
		const update = Y.encodeStateAsUpdate(doc, known);
		expect(state.accept(update)).toEqual({ kind: 'new', updates: [update] });
	}
});

describe('as much as a document may have', () => {
	const may = () => true;
	const accept = (update: Uint8Array) => state.accept(update, true, may).kind;

	/** Letters that each go before the one before them, so that they never become one. */
	function scattered(client: number, count = 19_900): Uint8Array {
		return encoding.encode((encoder) => {
			for (const part of [1, count, client, 0]) encoding.writeVarUint(encoder, part);
			for (let clock = 0; clock < count; clock++) {
				encoding.writeUint8(encoder, clock === 0 ? 4 : 4 | 0x40);
				encoding.writeVarUint(encoder, clock === 0 ? 1 : client);
				if (clock === 0) encoding.writeVarString(encoder, `t${client}`);
				else encoding.writeVarUint(encoder, clock - 1);
				encoding.writeVarString(encoder, 'x');
			}
			encoding.writeVarUint(encoder, 0);
		});
	}

	function deletionOf(client: number, clock: number, length: number): Uint8Array {
		return encoding.encode((encoder) => {
			for (const part of [0, 1, client, 1, clock, length]) encoding.writeVarUint(encoder, part);
		});
	}

	function everySecondOf(client: number, count: number): Uint8Array {
		return encoding.encode((encoder) => {
			for (const part of [0, 1, client, count]) encoding.writeVarUint(encoder, part);
			for (let at = 0; at < count; at++) {
				encoding.writeVarUint(encoder, 2 * at);
				encoding.writeVarUint(encoder, 1);
			}
		});
	}

	const fill = () => {
		for (let client = 1; client < 7; client++) expect(accept(scattered(client))).toBe('new');
	};

	test('what adds to it is refused, typed or not; what is known, and what only deletes, is not', () => {
		fill();
		const before = state.stateVector();
		for (let times = 0; times < 2; times++) {
			expect(accept(scattered(7))).toBe('full');
			expect(state.accept(scattered(7), false, may).kind).toBe('full');
			expect(accept(updateOf(8, (doc) => doc.getMap('m').set('type', new Y.Map())))).toBe('full');
			state.rest();
			state.rest();
		}
		expect(state.stateVector()).toEqual(before);
		expect(state.accept(scattered(3), false, may).kind).toBe('known');
		expect(accept(deletionOf(1, 5, 100))).toBe('new');
	});

	test('what was read from the log is counted too, and the log is read however much it has', () => {
		const tail = [1, 2, 3, 4, 5, 6].map((client) => scattered(client));
		state = loadState({ snapshot: null, tail, sequence: 6 });
		expect(accept(scattered(7))).toBe('full');
		expect(state.accept(scattered(7), true).kind).toBe('new');
	});

	test('deletions that make two parts of one have an end too', () => {
		const clients = Array.from({ length: 20 }, (_, at) => at + 1);
		for (const client of clients) expect(accept(typed(client, 'ab'.repeat(10_000)))).toBe('new');
		const verdicts = clients.map((client) => accept(everySecondOf(client, 10_000)));
		expect(verdicts.slice(0, 7)).toEqual(Array(7).fill('new'));
		expect(verdicts.at(-1)).toBe('full');
	});

	test('who types more letters than that has not filled it: they become one', () => {
		const doc = docOf(1, () => {});
		const kinds = new Set<string>();
		doc.on('update', (update: Uint8Array) => kinds.add(accept(update)));
		for (let at = 0; at < limits.documentParts + 10; at++) doc.getText('t').insert(at, 'x');
		expect(kinds).toEqual(new Set(['new']));
		// Nor has the document been built to count them.
		expect([state.rest(), state.rest()]).toEqual([false, false]);
	});
});

describe('names', () => {
	const withName: Record<string, (name: string, doc: Y.Doc) => void> = {
		'a root type': (name, doc) => doc.getText(name).insert(0, 'x'),
		'a key': (name, doc) => doc.getMap('m').set(name, 1),
		'an element': (name, doc) => doc.getXmlFragment('f').insert(0, [new Y.XmlElement(name)]),
		'a hook': (name, doc) => doc.getArray('f').insert(0, [new Y.XmlHook(name)]),
		'a mark': (name, doc) => doc.getText('t').insert(0, 'x', { [name]: 'y' }),
	};

	describe.each(Object.entries(withName))('of %s', (_what, write) => {
		const named = (name: string, client = 1) => updateOf(client, (doc) => write(name, doc));
		const most = limits.innerNameLength;

		test.each([true, false])('one that is too long is refused (typed: %s)', (typed) => {
			const may = () => true;
			const before = content();
			for (const letter of ['x', 'ü']) {
				expect(state.accept(named(letter.repeat(most + 1)), typed, may)).toEqual({
					kind: 'bad',
					reason: 'a name that is too long',
				});
				expect(content()).toEqual(before);
			}
			expect(state.accept(named('x'.repeat(most)), typed, may).kind).toBe('new');
			expect(state.accept(named('ü'.repeat(most), 2), typed, may).kind).toBe('new');
		});

		test('a log with a longer one is read, and goes on', () => {
			state = loadState({ snapshot: named('x'.repeat(most + 1)), tail: [], sequence: 1 });
			const before = content()?.length ?? 0;
			expect(state.accept(typed(2, 'hallo'), true).kind).toBe('new');
			expect(content()?.length).toBeGreaterThan(Math.max(before, most));
		});
	});
});

describe('as many root types as a document may have', () => {
	const may = () => true;
	const most = limits.documentRoots;

	/** A letter in each of so many. */
	const inRoots = (client: number, from: number, count: number) =>
		updateOf(client, (doc) => {
			for (let at = from; at < from + count; at++) doc.getText(`t${at}`).insert(0, 'x');
		});

	test.each([true, false])(
		'what brings more is refused (typed: %s), however often it came; what is there is written in',
		(typed) => {
			expect(state.accept(inRoots(1, 0, most + 1), typed, may).kind).toBe('full');
			expect(state.accept(inRoots(1, 0, most - 1), typed, may).kind).toBe('new');
			expect(state.accept(inRoots(2, most - 2, 2), typed, may).kind).toBe('new');
			const before = content();
			for (let times = 0; times < 3; times++) {
				expect(state.accept(inRoots(3, most, 1), typed, may)).toEqual({
					kind: 'full',
					reason: `the document has ${most} root types`,
				});
				state.rest();
			}
			expect(content()).toEqual(before);
			expect(state.accept(inRoots(4, 0, most), typed, may).kind).toBe('new');
		},
	);

	test('so is one after the other, typed', () => {
		expect(state.accept(inRoots(1, 0, most - 50), false, may).kind).toBe('new');
		const kinds = Array.from(
			{ length: 51 },
			(_, at) => state.accept(inRoots(2 + at, most - 50 + at, 1), true, may).kind,
		);
		expect(kinds).toEqual([...Array<string>(50).fill('new'), 'full']);
	});

	test('a log with more is read and written in, and what was read is counted, built or not', () => {
		const snapshot = inRoots(1, 0, most + 5);
		const vector = Y.encodeStateVectorFromUpdate(snapshot);
		const noted = { snapshot, vector, tail: [], sequence: 1 };
		for (const stored of [noted, { snapshot, tail: [inRoots(2, most + 5, 1)], sequence: 2 }]) {
			state = loadState(stored);
			expect(state.accept(inRoots(3, most + 6, 1), true, may).kind).toBe('full');
			expect(state.accept(inRoots(3, most + 4, 1), true, may).kind).toBe('new');
			expect(state.accept(inRoots(4, most + 7, 1)).kind).toBe('new');
		}
	});
});

describe('as many values side by side as a document may have', () => {
	const may = () => true;
	const most = limits.documentValues;
	const reason = `the document has ${most} values side by side`;

	/** In one list of one client, in one piece, or one behind the other. */
	const list = (client: number, count: number, pieces = 1) =>
		updateOf(client, (doc) => {
			for (let piece = 0; piece < pieces; piece++) {
				const list = doc.getArray(`t${client}`);
				list.insert(list.length, Array(count / pieces).fill(null));
			}
		});

	test.each([true, false])('what brings more is refused (typed: %s)', (typed) => {
		expect(state.accept(list(1, most + 1), typed, may)).toEqual({ kind: 'full', reason });
		expect(state.accept(list(1, most - 1), typed, may).kind).toBe('new');
		expect(state.accept(list(2, 2), typed, may)).toEqual({ kind: 'full', reason });
		expect(state.accept(list(3, 1), typed, may).kind).toBe('new');
	});

	test.each([true, false])('so is one behind the other (typed: %s), until others have gone', (typed) => {
		const doc = new Y.Doc();
		doc.clientID = 1;
		const updates: Uint8Array[] = [];
		doc.on('update', (update: Uint8Array) => updates.push(update));
		doc.getText('letters').insert(0, 'x'.repeat(2 * most));
		for (let at = 0; at < most + 2; at++)
			doc.transact(() => {
				doc.getText('letters').delete(0, 1);
				doc.getArray('t').insert(at, [null]);
			});
		expect(state.accept(updates.shift() as Uint8Array, typed, may).kind).toBe('new');
		const kinds = updates.map((update) => state.accept(update, typed, may).kind);
		// The first stands beside none.
		expect(kinds.indexOf('full')).toBe(most + 1);
		const whole = new Y.Doc();
		Y.applyUpdate(whole, state.difference(new Uint8Array([0])) as Uint8Array);
		let deletion = new Uint8Array();
		whole.on('update', (update: Uint8Array) => (deletion = update.slice()));
		whole.getArray('t').delete(0, most + 1);
		expect(state.accept(deletion, typed, may).kind).toBe('new');
		expect(state.accept(list(2, most), typed, may).kind).toBe('new');
	});

	test('what a map holds, and held, is none of them', () => {
		const doc = new Y.Doc();
		const map = doc.getMap<number>('t');
		doc.on('update', (update: Uint8Array) => expect(state.accept(update, true, may).kind).toBe('new'));
		for (let at = 0; at < 3 * most; at++) map.set('one', at);
		for (let at = 0; at < 3 * most; at++) map.set(`key ${at}`, at);
		expect(state.accept(list(2, most), true, may).kind).toBe('new');
	});

	test('a log with more is read, and what was read is counted', () => {
		for (const tail of [[], [list(3, most - 1)]]) {
			state = loadState({ snapshot: list(1, most + 5), tail, sequence: 2 });
			expect(state.accept(list(2, 2), true, may)).toEqual({ kind: 'full', reason });
			expect(state.accept(list(2, 2)).kind).toBe('new');
		}
	});
});

describe('what is typed where others typed', () => {
	const may = () => true;

	/** Letters at the beginning of one text, each before the one before it. */
	function atHead(client: number, letters: number, from = 0): Uint8Array {
		return encoding.encode((encoder) => {
			for (const number of [1, letters, client, from]) encoding.writeVarUint(encoder, number);
			for (let clock = from; clock < from + letters; clock++) {
				encoding.writeUint8(encoder, clock === 0 ? 4 : 4 | 0x40);
				encoding.writeVarUint(encoder, clock === 0 ? 1 : client);
				if (clock === 0) encoding.writeVarString(encoder, 't');
				else encoding.writeVarUint(encoder, clock - 1);
				encoding.writeVarString(encoder, 'x');
			}
			encoding.writeVarUint(encoder, 0);
		});
	}

	/** Letters before the first of client 1, each behind the one before it. */
	function behindEachOther(client: number, letters: number, from: number): Uint8Array {
		return encoding.encode((encoder) => {
			for (const number of [1, letters, client, from]) encoding.writeVarUint(encoder, number);
			for (let clock = from; clock < from + letters; clock++) {
				encoding.writeUint8(encoder, clock === 0 ? 4 | 0x40 : 4 | 0xc0);
				if (clock > 0) for (const number of [client, clock - 1]) encoding.writeVarUint(encoder, number);
				for (const number of [1, 0]) encoding.writeVarUint(encoder, number);
				encoding.writeVarString(encoder, 'x');
			}
			encoding.writeVarUint(encoder, 0);
		});
	}

	test('thousands put where thousands are, are refused before anybody has to find their places', () => {
		expect(state.accept(atHead(1, 4_000), true, may).kind).toBe('new');
		for (let client = 2; client < 7; client++) {
			expect(state.accept(atHead(client, 4_000), true, may).kind).toBe('bad');
			expect(state.accept(atHead(client, 900), true, may).kind).toBe('bad');
		}
	});

	test('is applied in the order in which it came: by client, some would meet all that others wrote without them', () => {
		const needsDocument = (client: number) => updateOf(client, (doc) => doc.getMap('m').set('k', new Y.Map()));
		const first = typed(1, 'x');
		for (const update of [needsDocument(11), first, needsDocument(12)]) state.accept(update, true, may);
		// Each before the one before it, and all behind the first, of which their writer knows nothing.
		for (let clock = 0; clock < 240; clock++) expect(state.accept(atHead(2, 1, clock), true, may).kind).toBe('new');
		// Before the first, one behind the other.
		for (let clock = 0; clock < 60_000; clock += 100) {
			expect(state.accept(behindEachOther(3, 100, clock), true, may).kind).toBe('new');
		}
		const before = process.cpuUsage();
		expect(state.accept(needsDocument(13), true, may).kind).toBe('new');
		const { user, system } = process.cpuUsage(before);
		expect(user + system).toBeLessThan(1_000_000);
	});

	test('is taken however often people go to another place', () => {
		const doc = docOf(1, () => {});
		const kinds = new Set<string>();
		doc.on('update', (update: Uint8Array) => kinds.add(state.accept(update, true, may).kind));
		for (let at = 0; at < 3_000; at++) doc.getText('t').insert((at * 7919) % (at + 1), 'x');
		expect(kinds).toEqual(new Set(['new']));
		expect(Y.decodeStateVector(state.stateVector()).get(1)).toBe(3_000);
	});
});
