/** Long work in pieces between which a page answers. */

/** So long one goes on without a pause. Milliseconds: with what is painted, less than one notices. */
const longest = 12;

/**
 * @param steps pauses wherever it may be interrupted
 * @param goesOn asked after each pause; no ends the work
 * @returns what the work gives; null when it was ended
 */
export async function inSlices<T>(
	steps: Generator<void, T, void>,
	goesOn: () => boolean = () => true,
): Promise<T | null> {
	let began = performance.now();
	for (;;) {
		const { done, value } = steps.next();
		if (done) return value;
		if (performance.now() - began < longest) continue;
		await new Promise((resolve) => setTimeout(resolve));
		if (!goesOn()) return null;
		began = performance.now();
	}
}
