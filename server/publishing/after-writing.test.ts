import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createMemoryStore } from '../../tests/relay/memory-store.ts';
import { soon, tellingStore } from './after-writing.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const update = new Uint8Array([0, 0]);
const write = (store: ReturnType<typeof tellingStore>['store'], name: 'directory:main' | 'minutes:m1') =>
	store.append([{ name, updates: [update] }]).durable;

test('what came into the document is told soon, and once for all of it', async () => {
	const telling = tellingStore(createMemoryStore());
	const work = vi.fn();
	await write(telling.store, 'directory:main');
	telling.tell('directory:main', work);
	await write(telling.store, 'minutes:m1');
	await vi.advanceTimersByTimeAsync(10 * soon);
	expect(work).not.toHaveBeenCalled();
	for (let i = 0; i < 3; i++) await write(telling.store, 'directory:main');
	await vi.advanceTimersByTimeAsync(soon);
	expect(work).toHaveBeenCalledTimes(1);
	await write(telling.store, 'directory:main');
	await vi.advanceTimersByTimeAsync(soon);
	expect(work).toHaveBeenCalledTimes(2);
	await write(telling.store, 'directory:main');
	telling.close();
	await vi.advanceTimersByTimeAsync(soon);
	expect(work).toHaveBeenCalledTimes(2);
});

test('what was not written is not told', async () => {
	const store = createMemoryStore();
	const telling = tellingStore(store);
	const work = vi.fn();
	telling.tell('directory:main', work);
	store.failNext('append');
	await expect(write(telling.store, 'directory:main')).rejects.toThrow();
	await vi.advanceTimersByTimeAsync(10 * soon);
	expect(work).not.toHaveBeenCalled();
});
