/** An element that moves in the page loses focus and caret: whoever writes in a row that others move keeps both. */
import { tick } from 'svelte';

/**
 * Call while a component is made.
 * @param list holds the rows
 * @param order changes whenever rows move; read reactively
 * @param follows whether the page scrolls along with the row, as when its own person moved it
 */
export function keepFocusIn(
	list: () => Element | null,
	order: () => unknown,
	follows: () => boolean = () => false,
): void {
	let giveBack = () => {};
	$effect.pre(() => {
		order();
		giveBack = takeFocus(list(), follows());
	});
	$effect(() => {
		order();
		void tick().then(giveBack);
	});
}

/** @returns a function that puts focus and caret back where they are now, if nothing else has the focus by then */
function takeFocus(list: Element | null, follows: boolean): () => void {
	const element = document.activeElement;
	const selection = getSelection();
	if (!(element instanceof HTMLElement) || !list?.contains(element)) return () => {};
	// Plain values: a Range would be moved out of the element together with its nodes.
	const { anchorNode, anchorOffset, focusNode, focusOffset } = selection ?? {};
	return () => {
		const lost = document.activeElement === document.body || document.activeElement === null;
		if (!lost || !element.isConnected) return;
		element.focus({ preventScroll: !follows });
		if (!element.isContentEditable || !element.contains(anchorNode ?? null) || !anchorNode || !focusNode) return;
		selection?.setBaseAndExtent(anchorNode, anchorOffset ?? 0, focusNode, focusOffset ?? 0);
	};
}
