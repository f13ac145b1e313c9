/** What the clock on the association's wall shows, reactive to the minute while somebody looks. */
import { dateOf, localDateTimeAt, type LocalDate, type LocalDateTime } from '#lib/domain/local-time.ts';
import { createSubscriber } from 'svelte/reactivity';
import type { App } from './app.svelte.ts';

const subscribe = createSubscriber((update) => {
	const timer = setInterval(update, 60_000);
	// A sleeping device's timers stand still: look again when someone comes back.
	document.addEventListener('visibilitychange', update);
	return () => {
		clearInterval(timer);
		document.removeEventListener('visibilitychange', update);
	};
});

export function nowFor(app: App): LocalDateTime {
	subscribe();
	return localDateTimeAt(new Date(), app.association.timeZone);
}

export function todayFor(app: App): LocalDate {
	return dateOf(nowFor(app));
}
