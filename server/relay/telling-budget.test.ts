import { beforeEach, expect, test } from 'vitest';
import { TellingBudget } from './telling-budget.ts';

let time: number;
let budget: TellingBudget;
beforeEach(() => {
	time = 1_700_000_000_000;
	budget = new TellingBudget(() => time, { most: 100, perSecond: 10 });
});

/** @returns how often it may be told of so many, one after the other */
function timesOf(personId: string, structs: number): number {
	let times = 0;
	while (times < 1000 && budget.take(personId, structs)) times += 1;
	return times;
}

test('of one person it is told so often at once, then as often as time passes; others have their own', () => {
	expect(timesOf('ada', 20)).toBe(5);
	expect(timesOf('ben', 20)).toBe(5);
	time += 4000;
	expect(timesOf('ada', 20)).toBe(2);
	time += 3_600_000;
	expect(timesOf('ada', 20)).toBe(5);
});

test('a document of more structs than anybody has is told of all the same, and is waited for afterwards', () => {
	expect(timesOf('ada', 250)).toBe(1);
	time += 15_000;
	expect(timesOf('ada', 1)).toBe(0);
	time += 100;
	expect(timesOf('ada', 1)).toBe(1);
});

test('a clock that is set back gives nothing, and takes nothing', () => {
	expect(timesOf('ada', 20)).toBe(5);
	time -= 3_600_000;
	expect(timesOf('ada', 20)).toBe(0);
	time += 2000;
	expect(timesOf('ada', 20)).toBe(1);
});

test('who has all again is forgotten', () => {
	for (let person = 0; person < 50; person++) budget.take(`person${person}`, 20);
	expect(budget.size).toBe(50);
	time += 2000;
	budget.take('ada', 20);
	expect(budget.size).toBe(1);
});
