/** Short words about what just happened, with at most one thing to do about it (mostly: undo). */
export type Toast = { text: string; action?: { label: string; run: () => void } | undefined };

type Shown = Toast & { key: number };

let nextKey = 0;
let shown = $state.raw<readonly Shown[]>([]);

const atMost = 3;

/** @returns by which it can be taken away, once there is nothing to do about it any more */
export function toast(words: Toast): number {
	// What can be taken back is another thing each time, though the words are the same.
	const isSaidAgain = (one: Shown) => one.text === words.text && !one.action;
	shown = [...shown.filter((one) => !isSaidAgain(one)), { ...words, key: nextKey }].slice(-atMost);
	return nextKey++;
}

export function shownToasts(): readonly Shown[] {
	return shown;
}

export function dismissToast(key: number): void {
	shown = shown.filter((one) => one.key !== key);
}
