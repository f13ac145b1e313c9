import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Staying } from './staying.ts';

let said: (string | null)[];
let staying: Staying<string>;

beforeEach(() => {
	vi.useFakeTimers();
	said = [];
	staying = new Staying(2000, (value) => said.push(value));
});

afterEach(() => {
	staying.close();
	vi.useRealTimers();
});

/** Looked at again and again, as when somebody types. */
function goOn(value: string | null, milliseconds: number): void {
	for (let passed = 0; passed < milliseconds; passed += 100) {
		staying.look(value);
		vi.advanceTimersByTime(100);
	}
}

test('what stays is said once, not before it has stayed', () => {
	goOn('Jonas', 1900);
	expect(said).toEqual([]);
	goOn('Jonas', 3000);
	expect(said).toEqual(['Jonas']);
});

test('what comes and goes is never said', () => {
	for (let time = 0; time < 5; time++) {
		goOn('Jonas', 1500);
		goOn(null, 100);
	}
	vi.advanceTimersByTime(5000);
	expect(said).toEqual([]);
});

test('that it is over is said at once', () => {
	goOn('Jonas', 2500);
	staying.look(null);
	expect(said).toEqual(['Jonas', null]);
});

test('of another nothing is said before that one has stayed, and of the first nothing any more', () => {
	goOn('Jonas', 2500);
	goOn('Kim', 1900);
	expect(said).toEqual(['Jonas', null]);
	goOn('Kim', 200);
	expect(said).toEqual(['Jonas', null, 'Kim']);
});

test('closed it says nothing more', () => {
	goOn('Jonas', 100);
	staying.close();
	vi.advanceTimersByTime(5000);
	expect(said).toEqual([]);
});
