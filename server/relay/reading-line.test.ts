import { expect, test } from 'vitest';
import { ReadingLine } from './reading-line.ts';

function setting() {
	const turns: (() => void)[] = [];
	const line = new ReadingLine((work) => turns.push(work));
	const events: string[] = [];
	const source = (name: string) => ({
		pause: () => void events.push(`-${name}`),
		resume: () => void events.push(`+${name}`),
	});
	const turn = () => turns.splice(0).forEach((work) => work());
	return { line, events, source, turn };
}

test('one is read in a turn, who waits longest first; who says much again waits behind all others', () => {
	const { line, events, source, turn } = setting();
	const [ada, bert, cleo] = [source('ada'), source('bert'), source('cleo')];
	for (const one of [ada, bert, cleo]) line.wait(one);
	turn();
	expect(events.splice(0)).toEqual(['-ada', '-bert', '-cleo', '+ada']);
	line.wait(ada);
	for (let count = 0; count < 4; count++) turn();
	expect(events).toEqual(['-ada', '+bert', '+cleo', '+ada']);
});

test('who waits already is not held twice', () => {
	const { line, events, source, turn } = setting();
	const ada = source('ada');
	line.wait(ada);
	line.wait(ada);
	turn();
	turn();
	expect(events).toEqual(['-ada', '+ada']);
});

test('who says much as it is read waits anew, alone too', () => {
	const { line, events, source, turn } = setting();
	let pieces = 3;
	const ada = source('ada');
	const { resume } = ada;
	ada.resume = () => {
		resume();
		if ((pieces -= 1) > 0) line.wait(ada);
	};
	line.wait(ada);
	for (let count = 0; count < 5; count++) turn();
	expect(events).toEqual(['-ada', '+ada', '-ada', '+ada', '-ada', '+ada']);
});
