/** What a browser tab has besides its session, handed down to every page: installing, and new versions of the app. */
import { onMount } from 'svelte';
import { AppUpdate, keepLooking, provideAppUpdate } from './app-update.svelte.ts';
import { Installing, provideInstalling } from './install.svelte.ts';
import type { Session } from './session.svelte.ts';

/**
 * Called once, while the root layout is set up: the browser sends its install event once, and early.
 * @param worker the service worker's address, or null where the app runs without one (hot reload)
 */
export function provideAppServices(session: Session, worker: string | null): void {
	provideInstalling(new Installing(window));
	const update = new AppUpdate({
		serviceWorker: navigator.serviceWorker,
		whenSafe: () => session.whenSafe(),
		finish: () => session.finish(),
		reload: () => location.reload(),
	});
	provideAppUpdate(update);
	onMount(() => {
		if (worker === null) return;
		void update.start(worker);
		return keepLooking(update);
	});
}
