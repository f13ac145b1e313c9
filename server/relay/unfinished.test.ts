import { describe, expect, test } from 'vitest';
import { type Counted, Unfinished } from './unfinished.ts';

const kilobyte = 1024;
const bounds = { perPerson: 100 * kilobyte, together: 250 * kilobyte, least: kilobyte };

function setting() {
	const unfinished = new Unfinished(bounds);
	const cut: string[] = [];
	const open = (name: string, personId = name): Counted & { source: { paused: boolean } } => {
		const source = { personId, paused: false, cutOff: () => void cut.push(name) };
		return Object.assign(unfinished.open(source), { source });
	};
	return { unfinished, cut, open };
}

describe('what a person has begun', () => {
	test('counts on all their connections together; the one that began last is cut off, and the others go on', () => {
		const { unfinished, cut, open } = setting();
		const [first, second, third] = [open('1', 'ada'), open('2', 'ada'), open('3', 'ada')];
		first.came(40 * kilobyte);
		second.came(20 * kilobyte);
		third.came(30 * kilobyte);
		first.came(20 * kilobyte);
		expect(cut).toEqual(['3']);
		first.came(15 * kilobyte);
		second.came(kilobyte);
		expect(cut).toEqual(['3']);
		third.came(90 * kilobyte);
		expect(unfinished.bytes).toBeLessThan(bounds.perPerson);
	});

	test('takes nothing from others', () => {
		const { cut, open } = setting();
		open('ada').came(99 * kilobyte);
		open('berta').came(99 * kilobyte);
		expect(cut).toEqual([]);
	});

	test('in many small pieces counts what they cost', () => {
		const { cut, open } = setting();
		const ada = open('ada');
		for (let count = 0; count < 500; count++) ada.came(1);
		expect(cut).toEqual(['ada']);
	});

	test('is counted until it was heard, also when it ended', () => {
		const { unfinished, cut, open } = setting();
		const [first, second] = [open('1', 'ada'), open('2', 'ada')];
		first.came(60 * kilobyte + 8);
		first.ended(60 * kilobyte);
		second.came(60 * kilobyte + 8);
		expect(cut).toEqual(['2']);
		first.heard(60 * kilobyte);
		expect(unfinished.bytes).toBe(0);
	});

	test('is gone with the connection', () => {
		const { unfinished, open } = setting();
		const ada = open('ada');
		ada.came(60 * kilobyte);
		ada.leave();
		ada.leave();
		expect(unfinished.bytes).toBe(0);
	});
});

test('of all together, who holds most loses', () => {
	const { unfinished, cut, open } = setting();
	open('a').came(80 * kilobyte);
	const most = [open('b1', 'b'), open('b2', 'b')];
	for (const one of most) one.came(45 * kilobyte);
	open('c').came(85 * kilobyte);
	expect(cut).toEqual(['b2']);
	expect(unfinished.bytes).toBeLessThan(bounds.together);
});

describe('what ended is not counted', () => {
	test('whatever its length, in one piece with others or in several, with pings between', () => {
		const { unfinished, open } = setting();
		const ada = open('ada');
		for (const length of [0, 1, 125, 126, 65_535, 65_536]) {
			const wire = length + (length < 126 ? 6 : length < 65_536 ? 8 : 14);
			ada.came(4);
			ada.came(wire - 4 + 10);
			ada.control(4);
			ada.ended(length);
			ada.heard(length);
			expect(unfinished.bytes).toBe(0);
		}
		ada.came(3 * 106);
		for (let count = 0; count < 3; count++) {
			ada.ended(100);
			ada.heard(100);
		}
		expect(unfinished.bytes).toBe(0);
	});

	test('and what a message of many frames had too much does not add up', () => {
		const { unfinished, open } = setting();
		const ada = open('ada');
		for (let count = 0; count < 1000; count++) {
			// Ten frames, each with its head.
			for (let frame = 0; frame < 10; frame++) ada.came(106);
			ada.ended(1000);
			ada.heard(1000);
		}
		expect(unfinished.bytes).toBeLessThan(kilobyte);
	});
});

describe('a message that does not get on', () => {
	test('is given up after two beats, also when its sender answers pings', () => {
		const { unfinished, cut, open } = setting();
		const ada = open('ada');
		ada.came(kilobyte);
		for (let beat = 0; beat < 3; beat++) {
			expect(cut).toEqual([]);
			unfinished.beat();
			ada.came(6);
			ada.control(0);
		}
		expect(cut).toEqual(['ada']);
	});

	test('that gets on slowly is not, nor one that we do not read, nor silence, nor what may be the rest of one that ended', () => {
		const { unfinished, cut, open } = setting();
		const [slow, paused, silent, rest] = [open('slow'), open('paused'), open('silent'), open('rest')];
		for (const one of [paused, silent, rest]) one.came(106);
		paused.source.paused = true;
		silent.ended(100);
		silent.heard(100);
		rest.ended(80);
		rest.heard(80);
		for (let beat = 0; beat < 10; beat++) {
			slow.came(kilobyte);
			unfinished.beat();
		}
		expect(cut).toEqual([]);
	});
});
