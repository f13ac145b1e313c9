/** What every store of versions must do, whatever is behind it. Run with a function that opens an empty one. */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { UpdateStore } from '../../server/storage/contract.ts';
import type { Version, VersionStore } from '../../server/storage/version-contract.ts';

const agenda: DocumentName = 'agenda:a1';
const roster: DocumentName = 'roster:r1';
const bytes = (...values: number[]) => Uint8Array.from(values);

const named: Version = { id: 'n', label: 'Beschlossen', madeAt: 2000, personId: 'mara', sequence: 2 };
const automatic: Version = { id: 'a', label: null, madeAt: 1000, personId: null, sequence: 1 };

export function describeVersions(
	label: string,
	open: () => (UpdateStore & VersionStore) | Promise<UpdateStore & VersionStore>,
): void {
	describe(`version contract: ${label}`, () => {
		let store: UpdateStore & VersionStore;
		beforeEach(async () => {
			store = await open();
			await store.append([{ name: agenda, updates: [bytes(1)] }]).durable;
			await store.append([{ name: roster, updates: [bytes(1)] }]).durable;
		});
		afterEach(() => store.close());

		test('versions come back as they were kept, the newest first', async () => {
			await store.keepVersion(agenda, named, bytes(2));
			await store.keepVersion(agenda, automatic, bytes(1));
			expect(await store.versions(agenda)).toEqual([named, automatic]);
			expect(await store.versions(roster)).toEqual([]);
		});

		test('of two of one moment the one that was kept later is the newer', async () => {
			for (const id of ['b', 'a', 'c']) await store.keepVersion(agenda, { ...automatic, id }, bytes(1));
			expect((await store.versions(agenda)).map(({ id }) => id)).toEqual(['c', 'a', 'b']);
		});

		test('whoever says what it is called says so when it is written, or that it is not to be', async () => {
			expect(await store.keepVersion(agenda, () => named, bytes(2))).toEqual(named);
			const not = () => {
				throw new Error('not any more');
			};
			await expect(store.keepVersion(agenda, not, bytes(1))).rejects.toThrow('not any more');
			expect(await store.versions(agenda)).toEqual([named]);
		});

		test('a state is what was kept: empty, small, and of a megabyte', async () => {
			const large = new Uint8Array(1024 * 1024).map((_, at) => (at * at) % 251);
			for (const [at, state] of [bytes(), bytes(1, 2, 3), large].entries()) {
				await store.keepVersion(agenda, { ...automatic, id: String(at) }, state);
				const read = await store.readVersion(agenda, String(at));
				expect(read && Buffer.compare(read, state)).toBe(0);
			}
		});

		test('a version is read under its own document only', async () => {
			await store.keepVersion(agenda, automatic, bytes(1));
			expect(await store.readVersion(roster, automatic.id)).toBeNull();
			expect(await store.readVersion(agenda, 'other')).toBeNull();
			await store.forgetVersions(roster, [automatic.id]);
			expect(await store.versions(agenda)).toEqual([automatic]);
		});

		test('forgetting takes those away, and leaves the others and the document alone', async () => {
			await store.keepVersion(agenda, automatic, bytes(1));
			await store.keepVersion(agenda, named, bytes(2));
			await store.forgetVersions(agenda, [automatic.id, 'never there']);
			expect(await store.versions(agenda)).toEqual([named]);
			expect((await store.load(agenda)).tail).toEqual([bytes(1)]);
		});

		test('what does not exist has no versions, gets none, and does not come into being', async () => {
			expect(await store.versions('agenda:a2')).toEqual([]);
			await expect(store.keepVersion('agenda:a2', automatic, bytes(1))).rejects.toMatchObject({ kind: 'failed' });
			expect(await store.exists('agenda:a2')).toBe(false);
		});

		test('keeping versions changes no document’s sequence', async () => {
			await store.keepVersion(agenda, automatic, bytes(1));
			await store.compact(agenda, bytes(9), 1, 1);
			expect(await store.list()).toEqual([
				{ name: agenda, sequence: 1 },
				{ name: roster, sequence: 1 },
			]);
			expect(await store.readVersion(agenda, automatic.id)).toEqual(bytes(1));
		});

		test('none is kept of what was compacted further since, while it was on its way too', async () => {
			await store.append([{ name: agenda, updates: [bytes(2)] }]).durable;
			const onItsWay = store.keepVersion(agenda, automatic, new Uint8Array(1024 * 1024));
			await store.compact(agenda, bytes(9), 2, 1);
			expect(await onItsWay).toBeNull();
			expect(await store.keepVersion(agenda, automatic, bytes(1))).toBeNull();
			expect(await store.versions(agenda)).toEqual([]);
			expect(await store.keepVersion(agenda, named, bytes(9))).toEqual(named);
		});
	});
}
