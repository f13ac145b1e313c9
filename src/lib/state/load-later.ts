/**
 * Milliseconds of a first visit that belong to what is shown: nothing else is fetched meanwhile, the app's own copy for
 * later included.
 */
const firstMoments = 2000;
/** Until what could not be fetched is tried again. Milliseconds. */
const pause = 10_000;

/** For what nobody waits for: loads it once the page is shown, at once where everything is on the device already. */
export async function loadLater<T>(load: () => Promise<T>): Promise<T> {
	if (!navigator.serviceWorker?.controller) await after(firstMoments);
	for (;;) {
		try {
			return await load();
		} catch {
			await after(pause);
		}
	}
}

function after(milliseconds: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
