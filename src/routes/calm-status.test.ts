import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { calmAfter, calmly } from './calm-status.ts';

type Status = Parameters<Parameters<typeof calmly>[1]>[0];

let said: string[];
let look: (now: Status) => void;

beforeEach(() => {
	vi.useFakeTimers();
	said = [];
	let status: Status = { state: 'saved', waiting: 0 };
	const changed = calmly(
		() => status,
		({ state, waiting }) => {
			const words = `${state} ${waiting}`;
			if (said.at(-1) !== words) said.push(words);
		},
	);
	look = (now) => {
		status = now;
		changed();
	};
	look(status);
});

afterEach(() => vi.useRealTimers());

/** Fifty letters, each of which is on its way for a moment. */
function write(): void {
	for (let letter = 0; letter < 50; letter++) {
		look({ state: 'saving', waiting: 1 });
		vi.advanceTimersByTime(20);
		look({ state: 'saved', waiting: 0 });
		vi.advanceTimersByTime(80);
	}
}

test('while somebody writes it says that once, and once that all is saved', () => {
	write();
	expect(said).toEqual(['saved 0', 'saving 1']);
	vi.advanceTimersByTime(calmAfter);
	expect(said).toEqual(['saved 0', 'saving 1', 'saved 0']);
});

test('what is worse is said at once: more that waits, no network, and nothing kept', () => {
	look({ state: 'saving', waiting: 1 });
	look({ state: 'saving', waiting: 3 });
	look({ state: 'saved', waiting: 0 });
	look({ state: 'offline', waiting: 0 });
	look({ state: 'not-kept', waiting: 2 });
	vi.advanceTimersByTime(10_000);
	expect(said).toEqual(['saved 0', 'saving 1', 'saving 3', 'offline 0', 'not-kept 2']);
});

test('much that goes out bit by bit is followed, and never less is said to wait than does', () => {
	for (let waiting = 500; waiting >= 0; waiting -= 10) {
		look({ state: waiting > 0 ? 'saving' : 'saved', waiting });
		expect(Number(said.at(-1)?.split(' ')[1])).toBeGreaterThanOrEqual(waiting);
		vi.advanceTimersByTime(50);
	}
	expect(said.length).toBeGreaterThan(4);
	vi.advanceTimersByTime(calmAfter);
	expect(said.at(-1)).toBe('saved 0');
});

test('a network that comes back is said at once', () => {
	look({ state: 'offline', waiting: 3 });
	look({ state: 'saving', waiting: 3 });
	expect(said.at(-1)).toBe('saving 3');
});
