/**
 * How much of the page's lower edge an on-screen keyboard covers, in pixels. Where the page itself gives way to the
 * keyboard (the `interactive-widget` of app.html) that is nothing; Safari on iOS lays the keyboard over the page.
 */
import { createSubscriber } from 'svelte/reactivity';

export function keyboardHeight(): { readonly current: number } {
	const seen = window.visualViewport;
	const subscribe = createSubscriber((update) => {
		seen?.addEventListener('resize', update);
		seen?.addEventListener('scroll', update);
		return () => {
			seen?.removeEventListener('resize', update);
			seen?.removeEventListener('scroll', update);
		};
	});
	return {
		get current() {
			subscribe();
			// While a person has zoomed in, the difference is not a keyboard's.
			if (!seen || seen.scale > 1.01) return 0;
			return Math.max(0, Math.round(window.innerHeight - seen.height - seen.offsetTop));
		},
	};
}
