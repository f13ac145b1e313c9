import { expect, test } from 'vitest';
import { keyOfUnsent, UnsentTaken } from './unsent-taken.ts';

function createStore() {
	const values = new Map<string, string>();
	return {
		values,
		getItem: (key: string) => values.get(key) ?? null,
		setItem: (key: string, value: string) => void values.set(key, value),
		removeItem: (key: string) => void values.delete(key),
	};
}

const now = new Date('2025-01-09T18:00:00Z');
const key = keyOfUnsent('minutes:m1', new TextEncoder().encode('Geschrieben im Keller.'));

test('what was put in is known on the next visit, until it is taken back; nothing of the text is kept', () => {
	const store = createStore();
	expect(new UnsentTaken(store).when(key)).toBeNull();
	new UnsentTaken(store).note(key, now);
	expect(new UnsentTaken(store).when(key)).toBe('2025-01-09T18:00:00.000Z');
	expect(new UnsentTaken(store).when(keyOfUnsent('minutes:m2', new Uint8Array()))).toBeNull();
	expect([...store.values.values()].join()).not.toContain('Keller');
	new UnsentTaken(store).forget(key);
	expect(new UnsentTaken(store).when(key)).toBeNull();
});

test('it is bounded, and a device that keeps nothing offers everything', () => {
	const store = createStore();
	const taken = new UnsentTaken(store);
	for (let at = 0; at < 200; at++) taken.note(`minutes:m${at} x`, now);
	expect([taken.when('minutes:m0 x'), taken.when('minutes:m199 x')]).toEqual([null, now.toISOString()]);
	const nothing = new UnsentTaken(null);
	nothing.note(key, now);
	expect(nothing.when(key)).toBeNull();
});
