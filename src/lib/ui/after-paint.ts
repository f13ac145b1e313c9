/** What may follow what one sees at once, such as the tools that follow the caret. */

type Later = (work: () => void) => void;

/** Does it when the page has been painted. A page that nobody sees is not painted. */
export const afterPaint: Later = (work) => {
	if (document.hidden) setTimeout(work);
	else requestAnimationFrame(() => setTimeout(work));
};

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
