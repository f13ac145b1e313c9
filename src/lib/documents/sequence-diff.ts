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
	const rows = furthest(a, b);
	return rows ? backtrack(rows, a.length, b.length) : replaced;
}

/**
 * How far one comes on each diagonal, one row for each number of differences: the row of `d` holds the diagonals from -d to
 * d, two apart.
 * @returns null when there are too many differences
 */
function furthest(a: readonly string[], b: readonly string[]): Int32Array[] | null {
	const most = Math.min(a.length + b.length, mostDifferences);
	const rows: Int32Array[] = [];
	for (let d = 0; d <= most; d++) {
		const row = new Int32Array(d + 1);
		const last = rows.at(-1);
		rows.push(row);
		for (let k = -d; k <= d; k += 2) {
			let x = startOn(last, d, k).x;
			let y = x - k;
			while (x < a.length && y < b.length && a[x] === b[y]) {
				x++;
				y++;
			}
			row[(k + d) / 2] = x;
			if (x >= a.length && y >= b.length) return rows;
		}
	}
	return null;
}

/** Where one begins on a diagonal with one difference more. @param last the row of one less; none for the first */
function startOn(last: Int32Array | undefined, d: number, k: number): { x: number; down: boolean } {
	if (!last) return { x: 0, down: true };
	const at = (k + d) / 2;
	const above = last[at] ?? 0;
	const left = last[at - 1] ?? 0;
	const down = k === -d || (k !== d && left < above);
	return { x: down ? above : left + 1, down };
}

function backtrack(rows: readonly Int32Array[], lastX: number, lastY: number): Step[] {
	const steps: Step[] = [];
	let [x, k] = [lastX, lastX - lastY];
	for (let d = rows.length - 1; d >= 0; d--) {
		const start = startOn(rows[d - 1], d, k);
		steps.push({ what: 'same', count: x - start.x });
		if (d === 0) break;
		steps.push({ what: start.down ? 'ins' : 'del', count: 1 });
		x = start.down ? start.x : start.x - 1;
		k += start.down ? 1 : -1;
	}
	return steps.reverse();
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
