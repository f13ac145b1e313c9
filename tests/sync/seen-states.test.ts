/** What a device keeps of a visit beside the document itself. */
import { noShare } from '#lib/sync/own-share.ts';
import { SeenStates, type Seen } from '#lib/sync/seen-states.ts';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';

let seen: SeenStates;
const state = Y.encodeStateAsUpdate(new Y.Doc());
const at = (moment: number): Seen => ({
	state,
	at: moment,
	beside: { entry: { title: 'Sommerfest' }, facts: {} },
});

beforeEach(() => {
	const factory = new IDBFactory();
	seen = new SeenStates({ prefix: 'mara-', factory: () => factory });
});
afterEach(() => seen.close());

test('what two tabs write in one visit is one share; another visit begins with none', async () => {
	const first = { clients: [1], deleted: new Map([[7, [[0, 3] as const]]]) };
	await seen.write({ name: 'bulletin:b1', before: at(1), last: at(2), own: first });
	await seen.write({
		name: 'bulletin:b1',
		before: at(1),
		last: at(3),
		own: { clients: [2], deleted: new Map([[7, [[3, 2]]]]) },
	});
	expect((await seen.read('bulletin:b1'))?.own).toEqual({ clients: [1, 2], deleted: new Map([[7, [[0, 5]]]]) });
	await seen.write({ name: 'bulletin:b1', before: at(3), last: at(4), own: noShare });
	expect((await seen.read('bulletin:b1'))?.own).toEqual(noShare);
});

test('when something is erased, nothing stays of what other documents showed of it', async () => {
	await seen.write({ name: 'bulletin:b1', before: at(1), last: at(2) });
	expect((await seen.read('bulletin:b1'))?.last?.beside?.entry).toEqual({ title: 'Sommerfest' });
	await seen.forget('directory:main', '2025-01-09');
	expect(await seen.read('bulletin:b1')).toMatchObject({ before: { at: 1 }, last: { at: 2 } });
	expect(JSON.stringify(await seen.read('bulletin:b1'))).not.toContain('Sommerfest');
});
