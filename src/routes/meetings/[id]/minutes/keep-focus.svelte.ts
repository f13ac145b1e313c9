/** An element that moves in the page loses the focus: whoever writes in an item that others move keeps it. */
import { tick } from 'svelte';

/**
 * Call while a component is made.
 * @param list holds the rows
 * @param order changes whenever rows move; read reactively
 */
export function keepFocusIn(list: () => HTMLElement | null, order: () => unknown): void {
	let held: Element | null = null;
	$effect.pre(() => {
		order();
		held = list()?.contains(document.activeElement) ? document.activeElement : null;
	});
	$effect(() => {
		order();
		const element = held;
		void tick().then(() => {
			const lost = document.activeElement === document.body || document.activeElement === null;
			if (lost && element instanceof HTMLElement && element.isConnected) element.focus({ preventScroll: true });
		});
	});
}
