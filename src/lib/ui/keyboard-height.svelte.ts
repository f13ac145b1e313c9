/**
 * How much of the page's lower edge an on-screen keyboard covers, in pixels. Where the page itself gives way to the
 * keyboard (the `interactive-widget` of app.html) that is nothing; Safari on iOS lays the keyboard over the page.
 */
import { createSubscriber } from 'svelte/reactivity';

export function keyboardHeight(): { readonly current: number } {
	const seen = window.visualViewport;
	// Measured when it changes only: to measure makes the browser lay out the page, in the middle of a keystroke.
	let measured: number | null = null;
	const subscribe = createSubscriber((update) => {
		const changed = () => {
			measured = null;
			update();
		};
		for (const event of ['resize', 'scroll']) seen?.addEventListener(event, changed);
		return () => {
			for (const event of ['resize', 'scroll']) seen?.removeEventListener(event, changed);
			measured = null;
		};
	});
	return {
		get current() {
			subscribe();
			return (measured ??= measure(seen));
		},
	};
}

function measure(seen: VisualViewport | null): number {
	// While a person has zoomed in, the difference is not a keyboard's.
	if (!seen || seen.scale > 1.01) return 0;
	return Math.max(0, Math.round(window.innerHeight - seen.height - seen.offsetTop));
}
