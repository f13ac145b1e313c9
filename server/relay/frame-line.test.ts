import { expect, test } from 'vitest';
import { FrameLine } from './frame-line.ts';

const large = 100_000;

function setting() {
	const turns: (() => void)[] = [];
	const line = new FrameLine((work) => turns.push(work));
	const said: string[] = [];
	const open = (name: string) => {
		const source = { pause: () => said.push(`${name} waits`), resume: () => said.push(`${name} reads`) };
		return (what: string, bytes = 10) => line.take(source, bytes, () => said.push(`${name}: ${what}`));
	};
	return { said, open, drained: () => line.drained(), turn: () => turns.shift()?.(), idle: () => turns.length === 0 };
}

test('what is small is heard at once', () => {
	const { said, open, idle } = setting();
	open('ada')('a');
	expect([said, idle()]).toEqual([['ada: a'], true]);
});

test('of large frames one is heard in a turn, and others are heard in between', () => {
	const { said, open, turn, idle } = setting();
	const [ada, ben, cleo] = ['ada', 'ben', 'cleo'].map(open);
	ada?.('first', large);
	ada?.('second', large);
	ben?.('first', large);
	cleo?.('a');
	expect(said).toEqual(['ada waits', 'ben waits', 'cleo: a']);
	turn();
	cleo?.('b');
	turn();
	expect(said.slice(3)).toEqual(['ada: first', 'cleo: b', 'ben: first', 'ben reads']);
	turn();
	expect(said.slice(7)).toEqual(['ada: second', 'ada reads']);
	expect(idle()).toBe(true);
});

test('behind a large frame all of its connection waits, its end too', () => {
	const { said, open, turn } = setting();
	const ada = open('ada');
	ada('large', large);
	ada('small');
	ada('end', 0);
	expect(said).toEqual(['ada waits']);
	for (let count = 0; count < 3; count++) turn();
	expect(said.slice(1)).toEqual(['ada: large', 'ada: small', 'ada: end', 'ada reads']);
	ada('later');
	expect(said.at(-1)).toBe('ada: later');
});

test('it is drained when nothing waits any more, the end of a connection included', async () => {
	const { said, open, turn, drained } = setting();
	await drained();
	const [ada, ben] = [open('ada'), open('ben')];
	ada('large', large);
	ada('end', 0);
	ben('large', large);
	void drained().then(() => said.push('drained'));
	for (let left = 3; left > 0; left--) {
		await Promise.resolve();
		expect(said).not.toContain('drained');
		turn();
	}
	await Promise.resolve();
	expect(said.at(-1)).toBe('drained');
});
