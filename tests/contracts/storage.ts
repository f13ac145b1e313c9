/** What every store must do, whatever is behind it. Run with a function that opens an empty one, and can make it fail. */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Append, Sequence, UpdateStore } from '../../server/storage/contract.ts';
import { describeFailures, type TestedStore } from './failing-storage.ts';

const agenda: DocumentName = 'agenda:a1';
const roster: DocumentName = 'roster:r1';
const bytes = (...values: number[]) => Uint8Array.from(values);

export function describeStorage(label: string, open: () => TestedStore | Promise<TestedStore>): void {
	describeFailures(label, open);
	describe(`storage contract: ${label}`, () => {
		let store: UpdateStore;
		beforeEach(async () => {
			({ store } = await open());
		});
		afterEach(() => store.close());

		/** @returns the sequences, once all is on disk */
		async function append(batch: readonly Append[]): Promise<Sequence[]> {
			const { written, durable } = store.append(batch);
			await durable;
			return written;
		}

		test('a document that nobody wrote is empty and does not exist, also after it was looked at', async () => {
			expect(await store.load(agenda)).toEqual({ snapshot: null, tail: [], sequence: 0 });
			expect(await store.exists(agenda)).toBe(false);
			expect(await store.list()).toEqual([]);
		});

		test('updates come back in order, with the sequence of the last', async () => {
			expect(await append([{ name: agenda, updates: [bytes(1), bytes(2, 2)] }])).toEqual([2]);
			expect(await append([{ name: agenda, updates: [bytes(3)] }])).toEqual([3]);
			expect(await store.load(agenda)).toEqual({
				snapshot: null,
				tail: [bytes(1), bytes(2, 2), bytes(3)],
				sequence: 3,
			});
		});

		test('one batch reaches many documents, and one document twice', async () => {
			const sequences = await append([
				{ name: agenda, updates: [bytes(1)] },
				{ name: roster, updates: [bytes(2), bytes(3)] },
				{ name: agenda, updates: [bytes(4)] },
			]);
			expect(sequences).toEqual([1, 2, 2]);
			expect(await store.list()).toEqual([
				{ name: agenda, sequence: 2 },
				{ name: roster, sequence: 2 },
			]);
			expect((await store.load(agenda)).tail).toEqual([bytes(1), bytes(4)]);
		});

		test('appending nothing makes no document', async () => {
			expect(await append([{ name: agenda, updates: [] }])).toEqual([0]);
			expect(await store.exists(agenda)).toBe(false);
		});

		test('what is written is there before it is durable, and the next append waits for neither', async () => {
			const appendings = [1, 2, 3].map((value) => store.append([{ name: agenda, updates: [bytes(value)] }]));
			expect(await Promise.all(appendings.map(({ written }) => written))).toEqual([[1], [2], [3]]);
			expect((await store.load(agenda)).tail).toEqual([bytes(1), bytes(2), bytes(3)]);
			expect(await store.exists(agenda)).toBe(true);
			await Promise.all(appendings.map(({ durable }) => durable));
		});

		test('they become written, and durable, in the order in which they were asked for', async () => {
			const order: string[] = [];
			const appendings = ['a', 'b', 'c'].map((label) => {
				const appending = store.append([{ name: agenda, updates: [bytes(1)] }]);
				void appending.written.then(() => order.push(`${label} written`));
				return appending.durable.then(() => order.push(`${label} durable`));
			});
			await Promise.all(appendings);
			const ofKind = (kind: string) => order.filter((each) => each.endsWith(kind)).map((each) => each[0]);
			expect([ofKind('written'), ofKind('durable')]).toEqual([
				['a', 'b', 'c'],
				['a', 'b', 'c'],
			]);
			for (const label of ['a', 'b', 'c']) {
				expect(order.indexOf(`${label} written`)).toBeLessThan(order.indexOf(`${label} durable`));
			}
		});

		test('an empty update and one of a megabyte are kept as they are', async () => {
			const large = new Uint8Array(1024 * 1024).map((_, at) => at % 251);
			await append([{ name: agenda, updates: [bytes(), large] }]);
			expect((await store.load(agenda)).tail.map((update) => Buffer.compare(update, large))).toEqual([-1, 0]);
		});

		test('what was handed over may be changed afterwards', async () => {
			const update = bytes(1, 2, 3);
			await append([{ name: agenda, updates: [update] }]);
			update.fill(9);
			expect((await store.load(agenda)).tail).toEqual([bytes(1, 2, 3)]);
		});

		test('compaction replaces what came before and keeps what came after', async () => {
			await append([{ name: agenda, updates: [bytes(1), bytes(2), bytes(3)] }]);
			await store.compact(agenda, bytes(12), 2, 1);
			expect(await store.load(agenda)).toEqual({ snapshot: bytes(12), tail: [bytes(3)], sequence: 3 });
		});

		test('what a snapshot holds is noted with it, and of no other', async () => {
			await append([{ name: agenda, updates: [bytes(1), bytes(2), bytes(3)] }]);
			await store.compact(agenda, bytes(1), 1, 1, bytes(7, 1));
			expect((await store.load(agenda)).vector).toEqual(bytes(7, 1));
			await store.compact(agenda, bytes(12), 2, 1, bytes(7, 2));
			expect((await store.load(agenda)).vector).toEqual(bytes(7, 2));
			await store.compact(agenda, bytes(123), 3, 1);
			expect(await store.load(agenda)).toEqual({ snapshot: bytes(123), tail: [], sequence: 3 });
		});

		test('the sequence goes on after everything was compacted', async () => {
			await append([{ name: agenda, updates: [bytes(1), bytes(2)] }]);
			await store.compact(agenda, bytes(12), 2, 1);
			expect(await store.list()).toEqual([{ name: agenda, sequence: 2 }]);
			expect(await append([{ name: agenda, updates: [bytes(3)] }])).toEqual([3]);
			expect(await store.load(agenda)).toEqual({ snapshot: bytes(12), tail: [bytes(3)], sequence: 3 });
		});

		test('an older compaction that comes late changes nothing, nor does one of what is not there', async () => {
			await append([{ name: agenda, updates: [bytes(1), bytes(2), bytes(3)] }]);
			await store.compact(agenda, bytes(123), 3, 1);
			await store.compact(agenda, bytes(12), 2, 1);
			await store.compact(agenda, bytes(99), 7, 1);
			await store.compact(roster, bytes(99), 1, 1);
			expect(await store.load(agenda)).toEqual({ snapshot: bytes(123), tail: [], sequence: 3 });
			expect(await store.exists(roster)).toBe(false);
		});

		test('whose a client id is comes with an update, and outlives compaction', async () => {
			await store.append([{ name: agenda, updates: [bytes(1)], authors: [[7, 'anna']] }]).durable;
			await store.append([{ name: agenda, updates: [bytes(2)], authors: [[2 ** 40, 'bernd']] }]).durable;
			await store.append([{ name: roster, updates: [bytes(3)], authors: [[7, 'bernd']] }]).durable;
			await store.compact(agenda, bytes(12), 2, 1);
			const authors: [number, string][] = [
				[7, 'anna'],
				[2 ** 40, 'bernd'],
			];
			expect(await store.authors(agenda)).toEqual(new Map(authors));
			expect(await store.authors('agenda:a2')).toEqual(new Map());
		});

		test('an id that is said to be two people’s, or nobody’s, is nobody’s for good', async () => {
			for (const person of ['anna', 'anna', 'bernd', 'bernd']) {
				await store.append([{ name: agenda, updates: [bytes(1)], authors: [[7, person]] }]).durable;
			}
			await store.append([{ name: agenda, updates: [bytes(1)], authors: [[8, null]] }]).durable;
			await store.append([{ name: agenda, updates: [bytes(1)], authors: [[8, 'anna']] }]).durable;
			const nobodys: [number, null][] = [
				[7, null],
				[8, null],
			];
			expect(await store.authors(agenda)).toEqual(new Map(nobodys));
		});

		test('who compacts under an older lease than another has compacted under changes nothing', async () => {
			await store.append([{ name: agenda, updates: [bytes(1), bytes(2)] }]).durable;
			await store.append([{ name: roster, updates: [bytes(1)] }]).durable;
			await store.compact(agenda, bytes(1), 1, 8);
			await store.compact(agenda, bytes(66), 2, 7);
			expect(await store.load(agenda)).toEqual({ snapshot: bytes(1), tail: [bytes(2)], sequence: 2 });
			await store.compact(agenda, bytes(12), 2, 8);
			await store.compact(roster, bytes(3), 1, 7);
			expect([(await store.load(agenda)).snapshot, (await store.load(roster)).snapshot]).toEqual([bytes(12), bytes(3)]);
		});

		test('compaction of one document leaves the others alone', async () => {
			await append([
				{ name: agenda, updates: [bytes(1)] },
				{ name: roster, updates: [bytes(2)] },
			]);
			await store.compact(agenda, bytes(1), 1, 1);
			expect(await store.load(roster)).toEqual({ snapshot: null, tail: [bytes(2)], sequence: 1 });
		});
	});
}
