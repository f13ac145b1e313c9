import { expect, test } from 'vitest';
import { loadLater, type Surroundings } from './load-later.ts';

/** A page whose network and waits the test decides about. @returns what happened, in order */
function createPage({ onDevice = false, answers = [] as boolean[] } = {}) {
	const happened: string[] = [];
	const around: Surroundings = {
		onDevice: () => onDevice,
		reachable: async () => {
			happened.push('asked');
			return answers.shift() ?? true;
		},
		after: async (milliseconds) => void happened.push(`waited ${milliseconds}`),
	};
	const load = async () => {
		happened.push('loaded');
		return 'part';
	};
	return { around, happened, load };
}

test('a first visit gives its first moments to what is shown', async () => {
	const { around, happened, load } = createPage();
	expect(await loadLater(load, around)).toBe('part');
	expect(happened).toEqual(['waited 2000', 'asked', 'loaded']);
});

test('who goes on to another page does not wait anew', async () => {
	const { around, happened, load } = createPage();
	await Promise.all([loadLater(load, around), loadLater(load, around)]);
	await loadLater(load, around);
	expect(happened.filter((what) => what.startsWith('waited'))).toEqual(['waited 2000']);
	expect(happened.filter((what) => what === 'loaded')).toHaveLength(3);
});

test('what is on the device is there at once, and asks nobody', async () => {
	const { around, happened, load } = createPage({ onDevice: true, answers: [false] });
	await loadLater(load, around);
	expect(happened).toEqual(['loaded']);
});

test('a part is not asked for while it cannot be had: a browser would never ask again', async () => {
	const { around, happened, load } = createPage({ answers: [false, false, true] });
	await loadLater(load, around);
	expect(happened.filter((what) => what === 'loaded')).toHaveLength(1);
	expect(happened.slice(1)).toEqual(['asked', 'waited 5000', 'asked', 'waited 5000', 'asked', 'loaded']);
});

test('what failed all the same is tried again', async () => {
	const { around, happened, load } = createPage();
	let tries = 0;
	const flaky = async () => {
		tries += 1;
		if (tries === 1) throw new Error('no network');
		return load();
	};
	expect(await loadLater(flaky, around)).toBe('part');
	expect(happened).toEqual(['waited 2000', 'asked', 'waited 5000', 'asked', 'loaded']);
});
