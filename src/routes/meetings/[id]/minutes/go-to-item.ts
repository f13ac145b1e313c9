/** Bringing the caret to an agenda item's text, which may not have its editor yet. */

/**
 * @param root holds the items
 * @returns a function that gives up waiting for the editor
 */
export function goToItem(root: HTMLElement, itemId: string): () => void {
	const item = root.querySelector<HTMLElement>(`[data-item="${CSS.escape(itemId)}"]`);
	if (!item) return () => undefined;
	item.scrollIntoView({ block: 'start' });
	if (focusEditor(item)) return () => undefined;
	const watch = new MutationObserver(() => {
		if (focusEditor(item)) watch.disconnect();
	});
	watch.observe(item, { childList: true, subtree: true });
	return () => watch.disconnect();
}

function focusEditor(item: HTMLElement): boolean {
	const editor = item.querySelector<HTMLElement>('[contenteditable="true"]');
	editor?.focus({ preventScroll: true });
	return editor !== null;
}
