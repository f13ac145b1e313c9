/**
 * Who decides by keyboard is in a row that goes, or has come to one by Tab: they go on at the row that takes its place. Where
 * what they pressed beside the rows goes, or can be pressed no more, they go on at the list, behind which is what takes it
 * back.
 */
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

/** @returns a function that puts the focus there, if its element cannot have it any more and nothing else has it by then */
function takePlace(list: HTMLElement | null): () => void {
	const element = document.activeElement;
	if (!list?.contains(element)) return () => {};
	const at = rowsOf(list).findIndex((row) => row.contains(element));
	return () => {
		const isLost = document.activeElement === element || document.activeElement === document.body;
		if (!isLost || (element?.isConnected && !element.matches(':disabled')) || !list.isConnected) return;
		const left = rowsOf(list);
		(left[Math.min(at, left.length - 1)]?.querySelector('button') ?? list).focus();
	};
}

function rowsOf(list: Element): Element[] {
	return [...list.querySelectorAll('li')];
}
