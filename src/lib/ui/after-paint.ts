/** What may follow what one sees at once, such as the tools that follow the caret. */

type Later = (work: () => void) => void;

/** Does it when the page has been painted. A page that nobody sees is not painted. */
export const afterPaint: Later = (work) => {
	if (document.hidden) setTimeout(work);
	else requestAnimationFrame(() => setTimeout(work));
};

/** As `afterPaint`, and soon, also when the page is not seen any more by then: for what others wait for. */
export const soonAfterPaint: Later = (work) => {
	let run = () => {
		run = () => {};
		work();
	};
	afterPaint(() => run());
	setTimeout(() => run(), 100);
};

/** What comes close upon each other is shown so many milliseconds apart: each time costs a page as much as a letter. */
const apart = 50;

/**
 * What comes seldom is done at once, and what comes soon after that together, when there was time to paint. A page that
 * nobody sees has nothing to paint.
 */
export function gathered(): Later {
	let last = Number.NEGATIVE_INFINITY;
	let waiting: (() => void)[] = [];
	const doAll = () => {
		const works = waiting;
		if (works.length === 0) return;
		waiting = [];
		last = performance.now();
		for (const work of works) work();
	};
	return (work) => {
		waiting.push(work);
		const wait = document.hidden ? 0 : last + apart - performance.now();
		if (wait <= 0) doAll();
		else if (waiting.length === 1) setTimeout(doAll, wait);
	};
}

/** @returns asks for the work; what is asked for again before it is done is done once */
export function once(later: Later, work: () => void): () => void {
	let asked = false;
	return () => {
		if (asked) return;
		asked = true;
		later(() => {
			asked = false;
			work();
		});
	};
}

/**
 * When the browser has nothing else to do, at the latest after a while.
 * @returns takes it back
 */
export function whenIdle(work: () => void): () => void {
	// Safari has no idle callbacks.
	if (typeof requestIdleCallback !== 'function') {
		const timer = setTimeout(work, 50);
		return () => clearTimeout(timer);
	}
	const handle = requestIdleCallback(work, { timeout: 1000 });
	return () => cancelIdleCallback(handle);
}

const turns = new Set<() => void>();
const next: () => void = once(whenIdle, () => {
	takeTurn();
	if (turns.size > 0) next();
});
function takeTurn(): void {
	const [work] = turns;
	if (!work) return;
	turns.delete(work);
	work();
}
/** Paper has all of it. */
function takeAllTurns(): void {
	while (turns.size > 0) takeTurn();
}

/**
 * What many parts of a page each have to do and nobody waits for: one after the other, whenever the browser is idle, and all
 * of it before the page is printed.
 * @returns takes it back
 */
export function inTurn(work: () => void): () => void {
	// Once for the page: the same listener is not added twice.
	addEventListener('beforeprint', takeAllTurns);
	turns.add(work);
	next();
	return () => turns.delete(work);
}
