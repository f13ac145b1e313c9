/**
 * The shortest way from one sequence to another (E. W. Myers, "An O(ND) Difference Algorithm and Its Variations", 1986),
 * bounded: sequences that have little in common are said to be replaced rather than compared for ever.
 */

/** `count` items are kept, taken out of the old sequence, or put in from the new one. */
export type Step = { what: 'same' | 'del' | 'ins'; count: number };

/** So many differences are looked for; the work grows with the square. */
const mostDifferences = 1500;

export function diffSequences(before: readonly string[], after: readonly string[]): Step[] {
	let start = 0;
	while (start < before.length && start < after.length && before[start] === after[start]) start++;
	let end = 0;
	const most = Math.min(before.length, after.length) - start;
	while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
	const a = before.slice(start, before.length - end);
	const b = after.slice(start, after.length - end);
	return merged([{ what: 'same', count: start }, ...middle(a, b), { what: 'same', count: end }]);
}

function middle(a: readonly string[], b: readonly string[]): Step[] {
	const replaced: Step[] = [
		{ what: 'del', count: a.length },
		{ what: 'ins', count: b.length },
	];
	if (a.length === 0 || b.length === 0) return replaced;
	const trace = furthest(a, b);
	return trace ? backtrack(trace, a.length, b.length) : replaced;
}

/** For each number of differences, how far one comes on each diagonal; null when there are too many. */
function furthest(a: readonly string[], b: readonly string[]): Map<number, number>[] | null {
	const most = Math.min(a.length + b.length, mostDifferences);
	const reach = new Map<number, number>([[1, 0]]);
	const trace: Map<number, number>[] = [];
	for (let d = 0; d <= most; d++) {
		trace.push(new Map(reach));
		for (let k = -d; k <= d; k += 2) {
			const down = goesDown(reach, d, k);
			let x = down ? (reach.get(k + 1) ?? 0) : (reach.get(k - 1) ?? 0) + 1;
			let y = x - k;
			while (x < a.length && y < b.length && a[x] === b[y]) {
				x++;
				y++;
			}
			reach.set(k, x);
			if (x >= a.length && y >= b.length) return trace;
		}
	}
	return null;
}

function goesDown(reach: ReadonlyMap<number, number>, d: number, k: number): boolean {
	return k === -d || (k !== d && (reach.get(k - 1) ?? 0) < (reach.get(k + 1) ?? 0));
}

function backtrack(trace: readonly ReadonlyMap<number, number>[], lastX: number, lastY: number): Step[] {
	const steps: Step[] = [];
	let x = lastX;
	let y = lastY;
	for (let d = trace.length - 1; d >= 0; d--) {
		const reach = trace[d] as ReadonlyMap<number, number>;
		const k = x - y;
		const before = goesDown(reach, d, k) ? k + 1 : k - 1;
		const fromX = reach.get(before) ?? 0;
		const fromY = fromX - before;
		while (x > fromX && y > fromY && x > 0 && y > 0) {
			steps.unshift({ what: 'same', count: 1 });
			x--;
			y--;
		}
		if (d === 0) break;
		steps.unshift({ what: x === fromX ? 'ins' : 'del', count: 1 });
		x = fromX;
		y = fromY;
	}
	return steps;
}

/** Neighbouring steps of one kind become one; within a change, what goes stands before what comes. */
function merged(steps: readonly Step[]): Step[] {
	const out: Step[] = [];
	let del = 0;
	let ins = 0;
	const flush = () => {
		if (del > 0) out.push({ what: 'del', count: del });
		if (ins > 0) out.push({ what: 'ins', count: ins });
		del = ins = 0;
	};
	for (const { what, count } of steps) {
		if (count === 0) continue;
		if (what === 'del') del += count;
		else if (what === 'ins') ins += count;
		else {
			flush();
			const last = out.at(-1);
			if (last?.what === 'same') last.count += count;
			else out.push({ what, count });
		}
	}
	flush();
	return out;
}
