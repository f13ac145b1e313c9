/** Puts two sequences beside each other in order, so that what is most alike stands side by side. */

/** Places in the one and in the other; null where it has nothing for it. */
export type Beside = [one: number | null, other: number | null];

/**
 * The work grows with the product of the lengths.
 * @param score how much is won by two side by side; 0 keeps them apart
 */
export function align(one: number, other: number, score: (at: number, beside: number) => number): Beside[] {
	const width = other + 1;
	const scores = new Float64Array(one * other);
	const best = new Float64Array((one + 1) * width);
	for (let x = one - 1; x >= 0; x--) {
		for (let y = other - 1; y >= 0; y--) {
			const won = score(x, y);
			scores[x * other + y] = won;
			const both = won > 0 ? won + valueAt(best, (x + 1) * width + y + 1) : 0;
			best[x * width + y] = Math.max(both, valueAt(best, (x + 1) * width + y), valueAt(best, x * width + y + 1));
		}
	}
	const out: Beside[] = [];
	let [x, y] = [0, 0];
	while (x < one && y < other) {
		const now = valueAt(best, x * width + y);
		const won = valueAt(scores, x * other + y);
		if (won > 0 && now === won + valueAt(best, (x + 1) * width + y + 1)) out.push([x++, y++]);
		else if (now === valueAt(best, (x + 1) * width + y)) out.push([x++, null]);
		else out.push([null, y++]);
	}
	while (x < one) out.push([x++, null]);
	while (y < other) out.push([null, y++]);
	return out;
}

function valueAt(values: Float64Array, at: number): number {
	return values[at] ?? 0;
}
