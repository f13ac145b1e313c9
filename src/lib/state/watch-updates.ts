/** Says when a new version of the app is there, as long as the calling component is. */
import { onMount } from 'svelte';
import { AppUpdate, keepLooking } from './app-update.svelte.ts';
import type { Session } from './session.svelte.ts';

/** @param worker the service worker's address, or null where the app runs without one (hot reload) */
export function watchForUpdates(session: Session, worker: string | null): AppUpdate {
	const update = new AppUpdate({
		serviceWorker: navigator.serviceWorker,
		whenSafe: () => session.whenSafe(),
		finish: () => session.finish(),
		reload: () => location.reload(),
	});
	onMount(() => {
		if (worker === null) return;
		void update.start(worker);
		return keepLooking(update);
	});
	return update;
}
