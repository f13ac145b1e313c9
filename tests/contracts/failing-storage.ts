/**
 * What a store promises when its disk fails, whatever is behind it. Of one for which written and durable are one moment
 * nothing is ever seen that is lost; of another what is lost was seen. Both keep the same promises.
 */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Appending, StorageError, type UpdateStore } from '../../server/storage/contract.ts';

export type TestedStore = {
	store: UpdateStore;
	/** There is no room for all of the next append, only for its first 100 bytes; afterwards there is. */
	fillUp(): void;
	/** What is appended next, and at once, does not get to disk. @param meanwhile called while the store hears of that */
	breakDown(meanwhile?: () => void): void;
	/** Whether an append is written only when it is on disk. */
	oneMoment: boolean;
	/** Closes it. @returns what the next process finds; of a store that ends with its process, the store as it is */
	reopen(): Promise<UpdateStore>;
};

const agenda: DocumentName = 'agenda:a1';
const roster: DocumentName = 'roster:r1';
const bytes = (...values: number[]) => Uint8Array.from(values);
const nothing = { snapshot: null, tail: [], sequence: 0 };

export function describeFailures(label: string, open: () => TestedStore | Promise<TestedStore>): void {
	describe(`storage contract: ${label}`, () => {
		let tested: TestedStore;
		beforeEach(async () => {
			tested = await open();
		});
		afterEach(() => tested.store.close());

		const append = (...values: number[]) =>
			tested.store.append([{ name: agenda, updates: values.map((value) => bytes(value)) }]);
		const content = async () => contentOf(tested.store);

		async function reopen(): Promise<void> {
			tested.store = await tested.reopen();
		}

		/** Of 2 and 3, and 4 that comes while the disk fails: whether they were seen, and acknowledged. */
		async function appendToBroken() {
			await append(1).durable;
			const late = Promise.withResolvers<Appending>();
			tested.breakDown(() => late.resolve(append(4)));
			const appendings = [append(2), append(3)];
			appendings.push(await late.promise);
			const written = await Promise.allSettled(appendings.map((each) => each.written));
			const durable = await Promise.allSettled(appendings.map((each) => each.durable));
			const seen = written.map(({ status }) => status === 'fulfilled');
			const kept = durable.map(({ status }) => status === 'fulfilled');
			const given = written.flatMap((each) => (each.status === 'fulfilled' ? each.value : []));
			return { seen, kept, given, cause: durable[0]?.status === 'rejected' ? (durable[0].reason as unknown) : null };
		}

		test.each([
			['full', 'writing goes on'],
			['full', 'it is opened again'],
			['failed', 'writing goes on'],
			['failed', 'it is opened again'],
		] as const)('%s: a batch is all there or nothing of it, and %s', async (kind, then) => {
			await append(1).durable;
			if (kind === 'full') tested.fillUp();
			else tested.breakDown();
			const { durable } = tested.store.append([
				{ name: agenda, updates: [bytes(2)], authors: [[7, 'anna']] },
				{ name: roster, updates: [bytes(3), new Uint8Array(64 * 1024)], authors: [[7, 'bernd']] },
			]);
			await expect(durable).rejects.toMatchObject({ name: 'StorageError', kind });
			if (then === 'it is opened again') await reopen();
			const { store } = tested;
			expect([await content(), await store.list()]).toEqual([[1], [{ name: agenda, sequence: 1 }]]);
			expect([await store.exists(roster), await store.load(roster)]).toEqual([false, nothing]);
			expect([await store.authors(agenda), await store.authors(roster)]).toEqual([new Map(), new Map()]);
			await store.append([{ name: roster, updates: [bytes(4)] }]).durable;
			await append(5).durable;
			await reopen();
			expect([await content(), (await tested.store.load(roster)).tail]).toEqual([[1, 5], [bytes(4)]]);
		});

		test('what was seen and is not on disk is taken back, with all that came after it', async () => {
			const { seen, kept, cause } = await appendToBroken();
			expect([kept[0], cause]).toEqual([false, expect.any(StorageError)]);
			expect(seen[0]).toBe(!tested.oneMoment);
			if (seen[0]) expect(kept).toEqual([false, false, false]);
			const acknowledged = [1, ...[2, 3, 4].filter((_, at) => kept[at])];
			expect(await content()).toEqual(acknowledged);
			await append(5).durable;
			expect(await content()).toEqual([...acknowledged, 5]);
			await reopen();
			expect(await content()).toEqual([...acknowledged, 5]);
		});

		test('a document of which everything is taken back was never there', async () => {
			tested.breakDown();
			await expect(append(1).durable).rejects.toThrow(StorageError);
			expect([await tested.store.exists(agenda), await tested.store.list()]).toEqual([false, []]);
		});

		test('a sequence that was given is not given again', async () => {
			const { given } = await appendToBroken();
			for (const value of [5, 6]) {
				const { written, durable } = append(value);
				given.push(...(await written));
				await durable;
			}
			expect(given).toEqual([...new Set(given)].sort((a, b) => a - b));
			expect((await tested.store.load(agenda)).sequence).toBe(given.at(-1));
		});

		test('a state made of what is taken back is not installed', async () => {
			await append(1).durable;
			tested.breakDown();
			const lost = append(2);
			await lost.written.catch(() => {});
			const { sequence } = await tested.store.load(agenda);
			const compacted = tested.store.compact(agenda, bytes(...(await content())), sequence, 1);
			await expect(lost.durable).rejects.toThrow(StorageError);
			await compacted;
			await append(3).durable;
			expect(await content()).toEqual([1, 3]);
		});
	});
}

/** Each update is a byte, and a state those of its updates. */
async function contentOf(store: UpdateStore): Promise<number[]> {
	const { snapshot, tail } = await store.load(agenda);
	return [...(snapshot ?? []), ...tail.flatMap((update) => [...update])];
}
