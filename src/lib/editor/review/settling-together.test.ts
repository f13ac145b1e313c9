/** Several devices that carry out what was accepted: each body on one of them, whatever comes when. */
import { isUnsettled } from '#lib/documents/settle.ts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { createRandom, type Random } from '../../../../tests/support/random.ts';
import {
	accepted,
	ReviewRelay,
	Reviewer,
	suggestedText,
	type Delays,
	type Kind,
} from '../../../../tests/support/reviewers.ts';

const text = suggestedText();
const both = ['abc', 'defghijkl'];
let open: Reviewer[] = [];

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => {
	for (const reviewer of open) reviewer.close();
	open = [];
	vi.useRealTimers();
});

const near: Delays = { up: () => 20, down: () => 20, presence: () => 30, gathering: () => 0 };

/** They have been there for a while. */
function meet(clientIds: readonly number[], delaysOf: (clientId: number) => Delays = () => near): Reviewer[] {
	const relay = new ReviewRelay();
	open = clientIds.map((id) => new Reviewer(id, relay, text, delaysOf(id)));
	vi.advanceTimersByTime(10_000);
	return open;
}

function settledBy(): number[] {
	return open.map(({ settled }) => settled);
}

function expectAll(lines: readonly string[]): void {
	for (const reviewer of open) expect(reviewer.lines).toEqual(lines);
}

test.each([[[1, 2, 3]], [[3, 1, 2]], [[2, 3, 1]]])(
	'who decided carries out, and takes all of it back: %s',
	(clientIds) => {
		const [decider] = meet(clientIds) as [Reviewer];
		const decided = decider.accept('break', 'join');
		vi.advanceTimersByTime(10_000);
		expectAll(both);
		expect(settledBy()).toEqual([1, 0, 0]);
		expect(decided.undo()).toBe('all');
		vi.advanceTimersByTime(10_000);
		expectAll(accepted.none);
		decider.editor.redo();
		vi.advanceTimersByTime(10_000);
		expectAll(both);
		decider.editor.undo();
		vi.advanceTimersByTime(10_000);
		expectAll(accepted.none);
		expect(settledBy()).toEqual([1, 0, 0]);
	},
);

test('a join is done as soon as the relay has taken it, a break later; taken back before, it is nobody’s', () => {
	const [decider] = meet([3, 1, 2]) as [Reviewer];
	const join = decider.accept('join');
	vi.advanceTimersByTime(300);
	expectAll(accepted.join);
	expect(join.undo()).toBe('all');
	const quick = decider.accept('join');
	vi.advanceTimersByTime(100);
	expect(quick.undo()).toBe('all');
	const slow = decider.accept('break');
	vi.advanceTimersByTime(1400);
	expect(decider.lines).toEqual(['abcdef'.replace('c', 'c¶'), 'ghijkl']);
	expect(slow.undo()).toBe('all');
	vi.advanceTimersByTime(10_000);
	expectAll(accepted.none);
	expect(settledBy()).toEqual([1, 0, 0]);
	// Made again, and only then carried out: it is in the step that takes it back.
	decider.editor.redo();
	vi.advanceTimersByTime(10_000);
	expectAll(accepted.break);
	decider.editor.undo();
	vi.advanceTimersByTime(10_000);
	expectAll(accepted.none);
});

test('where the relay does not acknowledge, nothing is done at once', () => {
	const [decider, other] = meet([3, 1], (id) => (id === 3 ? { ...near, up: () => 800 } : near)) as [Reviewer, Reviewer];
	decider.accept('join');
	// Not when it comes late either: others may be about to do it.
	vi.advanceTimersByTime(1400);
	expect(decider.lines).toEqual(accepted.none);
	vi.advanceTimersByTime(10_000);
	expectAll(accepted.join);
	expect([decider.settled, other.settled]).toEqual([1, 0]);
});

/** Its line stands still until then, and what was on its way comes in its order. Milliseconds from now. */
function stalledFor(wait: number): Delays {
	const flows = performance.now() + 10_000 + wait;
	const still = (usual: number) => () =>
		performance.now() > flows - wait ? Math.max(usual, flows - performance.now()) : usual;
	return { ...near, up: still(20), down: still(20) };
}

test.each<[string, number[], Kind[], Kind[]]>([
	['the lower one, a break', [1, 2], ['break'], ['break', 'join']],
	['the higher one, a break', [2, 1], ['break'], ['break', 'join']],
	['the lower one, a join', [1, 2], ['join'], ['join']],
	['the higher one, a join', [2, 1], ['join'], ['join', 'break']],
])(
	'what is decided on a line that stands still is not carried out there, when another decides meanwhile: %s',
	(_, ids, first, second) => {
		const [stalled, other] = meet(ids, (id) => (id === ids[0] ? stalledFor(6000) : near)) as [Reviewer, Reviewer];
		vi.advanceTimersByTime(10);
		stalled.accept(...first);
		vi.advanceTimersByTime(2500);
		expect(stalled.settled).toBe(0);
		other.accept(...second);
		vi.advanceTimersByTime(20_000);
		for (const { lines } of open) expect(lines.join('').replace('¶', '')).toBe('abcdefghijkl');
		expect(new Set(open.map(({ lines }) => lines.join('|'))).size).toBe(1);
		expect(settledBy()).toEqual([0, 1]);
	},
);

test('when the decider leaves, the lowest of the others does it', () => {
	const [decider] = meet([1, 3, 2]) as [Reviewer];
	decider.accept('break');
	vi.advanceTimersByTime(500);
	decider.leave();
	vi.advanceTimersByTime(10_000);
	expect(open.slice(1).map(({ lines }) => lines)).toEqual([accepted.break, accepted.break]);
	expect(settledBy()).toEqual([0, 0, 1]);
});

test('of two who decide in one text both know whose it is', () => {
	const [one, , other] = meet([2, 1, 3]) as [Reviewer, Reviewer, Reviewer];
	one.accept('break');
	vi.advanceTimersByTime(700);
	other.accept('join');
	vi.advanceTimersByTime(10_000);
	expectAll(both);
	expect(settledBy()).toEqual([1, 0, 0]);
});

test('where something waits already, which another may be carrying out just now, nothing is done at once', () => {
	const slow = { ...near, up: () => 200, presence: () => 300 };
	const [one, , other] = meet([2, 3, 1], (id) => (id === 2 ? slow : near)) as [Reviewer, Reviewer, Reviewer];
	one.accept('break');
	vi.advanceTimersByTime(1400);
	other.accept('join');
	vi.advanceTimersByTime(10_000);
	expectAll(both);
	expect(settledBy()).toEqual([1, 0, 0]);
});

test('while an app is there that does not say what it decided, it is the lowest of all', () => {
	const [decider, lowest] = meet([3, 2]) as [Reviewer, Reviewer];
	for (const { awareness } of open) awareness.states.set(9, { settles: true });
	decider.accept('break', 'join');
	vi.advanceTimersByTime(10_000);
	expectAll(both);
	expect([decider.settled, lowest.settled]).toEqual([0, 1]);
});

test('who settles in such an app is left to do it', () => {
	const [decider] = meet([3, 2]) as [Reviewer];
	for (const { awareness } of open) awareness.states.set(1, { settles: true });
	decider.accept('break', 'join');
	vi.advanceTimersByTime(10_000);
	expect(settledBy()).toEqual([0, 0]);
});

test('what two rejected at the same moment and both take back at the same moment stands there once', async () => {
	const [one, other] = meet([1, 2]) as [Reviewer, Reviewer];
	await vi.dynamicImportSettled();
	const decided = [one, other].map((reviewer) => reviewer.reject('break'));
	vi.advanceTimersByTime(5000);
	expectAll(['abcdef', 'ghijkl']);
	for (const each of decided) each.undo();
	vi.advanceTimersByTime(200);
	expectAll(['abc¶¶def', 'ghijkl']);
	vi.advanceTimersByTime(5000);
	expectAll(accepted.none);
	expect(settledBy()).toEqual([0, 0]);
});

test('what stands there twice when somebody comes is put right, though nobody does anything', async () => {
	const [one, other] = meet([1, 2]) as [Reviewer, Reviewer];
	const decided = [one, other].map((reviewer) => reviewer.reject('break'));
	vi.advanceTimersByTime(5000);
	for (const each of decided) each.undo();
	vi.advanceTimersByTime(200);
	const late = new Reviewer(3, new ReviewRelay(), Y.encodeStateAsUpdate(one.doc), near);
	for (const reviewer of open) reviewer.close();
	open = [late];
	expectAll(['abc¶¶def', 'ghijkl']);
	vi.advanceTimersByTime(10_000);
	await vi.dynamicImportSettled();
	vi.advanceTimersByTime(5000);
	expectAll(accepted.none);
});

function randomDelays(random: Random): Delays {
	const most = random.pick([20, 60, 150, 300, 700]) as number;
	const within = (ms: number) => () => random.nat(ms);
	return { up: within(most), down: within(most), presence: within(most + 150), gathering: within(50) };
}

function isWrong({ body, lines }: Reviewer): boolean {
	return isUnsettled(body) || lines.join('').replace('¶', '') !== 'abcdefghijkl';
}

const kinds: readonly (readonly Kind[])[] = [['break'], ['join'], ['break', 'join']];
const histories = Number(process.env['MITSCHRIFT_HISTORIES'] ?? 400);
const first = Number(process.env['MITSCHRIFT_FIRST'] ?? 1);

test(
	'two who decide in one text, at any time: no letter comes twice, and nothing stays undone',
	{ timeout: 600_000 },
	() => {
		const faults: string[] = [];
		for (let seed = first; seed < first + histories; seed++) {
			const random = createRandom(seed);
			const ids = [1, 2, 3].toSorted(() => random.nat(3) - 1);
			const [one, other, third] = meet(ids, () => randomDelays(random)) as [Reviewer, Reviewer, Reviewer];
			one.accept(...(random.pick(kinds) as Kind[]));
			vi.advanceTimersByTime(random.nat(random.pick([40, 400, 2200]) as number));
			// What is carried out and taken back goes, also with what another joins to it at that moment: as with direct editing.
			if (one.settled === 0 && random.chance(0.2)) one.editor.undo();
			other.accept(...(random.pick(kinds) as Kind[]));
			vi.advanceTimersByTime(random.nat(2000));
			if (random.chance(0.2)) third.accept('break', 'join');
			const gone = random.chance(0.2) ? random.pick(open) : null;
			gone?.leave();
			vi.advanceTimersByTime(12_000);
			const there = open.filter((reviewer) => reviewer !== gone);
			if (there.some(isWrong)) faults.push(`${seed}: ${there.map(({ lines }) => lines.join('|')).join(' / ')}`);
			for (const reviewer of open) reviewer.close();
			open = [];
		}
		expect(faults.slice(0, 5), `${faults.length} of ${histories}`).toEqual([]);
	},
);

test(
	'two who decide the same at the same moment, and both take it back: it is suggested again, as it was, or is said to stand',
	{ timeout: 600_000 },
	async () => {
		const faults: string[] = [];
		const pairs = Math.ceil(histories / 4);
		let stands = 0;
		for (let seed = first; seed < first + pairs; seed++) {
			const random = createRandom(seed);
			const ids = [1, 2, 3].toSorted(() => random.nat(3) - 1);
			const [one, other] = meet(ids, () => randomDelays(random)) as [Reviewer, Reviewer];
			await vi.dynamicImportSettled();
			const verdict = random.chance(0.5) ? 'accept' : 'reject';
			const chosen = random.pick(kinds) as Kind[];
			const decided = [one, other].map((reviewer) => {
				vi.advanceTimersByTime(random.nat(random.pick([4, 40, 400]) as number));
				return reviewer[verdict](...chosen);
			});
			vi.advanceTimersByTime(random.nat(random.pick([40, 400, 6000]) as number));
			const said = (random.chance(0.5) ? decided : decided.toReversed()).map((each) => {
				vi.advanceTimersByTime(random.nat(random.pick([4, 40, 4000]) as number));
				return each.undo();
			});
			vi.advanceTimersByTime(20_000);
			const isBack = open.every((each) => {
				return each.open(['break', 'join']).length === 2 && each.lines.join('|') === accepted.none.join('|');
			});
			// Who takes back what another accepted, too, may be who carries it out for them.
			const isSaidToStand = !isBack && said.some((each) => each !== 'all') && !open.some(isWrong);
			if (isSaidToStand) stands++;
			else if (!isBack) faults.push(`${seed}: ${verdict} ${chosen.join()} ${said.join()} ${one.lines.join('|')}`);
			for (const reviewer of open) reviewer.close();
			open = [];
		}
		expect(faults.slice(0, 5), `${faults.length} of ${pairs}`).toEqual([]);
		expect(stands / pairs).toBeLessThan(0.05);
	},
);
