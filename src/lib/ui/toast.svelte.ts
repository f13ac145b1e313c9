/** Short words about what just happened, with at most one thing to do about it (mostly: undo). */
export type Toast = { text: string; action?: { label: string; run: () => void } | undefined };

type Shown = Toast & { key: number };

let nextKey = 0;
let shown = $state.raw<readonly Shown[]>([]);

const atMost = 3;

/** @returns by which it can be taken away, once there is nothing to do about it any more */
export function toast(words: Toast): number {
	shown = [...shown.filter((one) => one.text !== words.text), { ...words, key: nextKey }].slice(-atMost);
	return nextKey++;
}

export function shownToasts(): readonly Shown[] {
	return shown;
}

export function dismissToast(key: number): void {
	shown = shown.filter((one) => one.key !== key);
}
