/** Who decides by keyboard is in a row that goes, or has come to one by Tab: they go on at the row that takes its place. */
import { tick } from 'svelte';

/**
 * Call while a component is made.
 * @param list holds the rows, `li`, and can have the focus where none is left
 * @param rows changes whenever one comes or goes; read reactively
 */
export function keepPlaceIn(list: () => HTMLElement | null, rows: () => unknown): void {
	let giveBack = () => {};
	$effect.pre(() => {
		rows();
		giveBack = takePlace(list());
	});
	$effect(() => {
		rows();
		void tick().then(giveBack);
	});
}

/** @returns a function that puts the focus there, if its element is gone and nothing else has it by then */
function takePlace(list: HTMLElement | null): () => void {
	const element = document.activeElement;
	const at = rowsOf(list).findIndex((row) => row.contains(element));
	if (at < 0) return () => {};
	return () => {
		if (element?.isConnected || !list?.isConnected) return;
		const left = rowsOf(list);
		(left[Math.min(at, left.length - 1)]?.querySelector('button') ?? list).focus();
	};
}

function rowsOf(list: Element | null): Element[] {
	return [...(list?.querySelectorAll('li') ?? [])];
}
