/**
 * What nobody waits for is fetched once the page is shown. A browser that could not have a part of a page remembers that
 * and never asks for it again while the page is open; so a part is asked for only when it can be had.
 */

/**
 * Milliseconds of a first visit that belong to what is shown: nothing else is fetched meanwhile, the app's own copy for
 * later included. They are the app's: who goes on from one of its pages to another does not wait anew.
 */
const firstMoments = 2000;
/** Until what could not be fetched is tried again. Milliseconds. */
const pause = 5_000;

export type Surroundings = {
	/** Ends with the first moments; begun by the first that asks. */
	firstMoments?: Promise<void>;
	/** Everything is on the device already: a part can be had without a network. */
	onDevice(): boolean;
	/** Whether the server answers. */
	reachable(): Promise<boolean>;
	after(milliseconds: number): Promise<void>;
};

/** Loads it when the page is shown, at once where everything is on the device. */
export async function loadLater<T>(load: () => Promise<T>, around: Surroundings = page): Promise<T> {
	const { onDevice, reachable, after } = around;
	if (!onDevice()) await (around.firstMoments ??= after(firstMoments));
	for (;;) {
		if (onDevice() || (await reachable())) {
			try {
				return await load();
			} catch {
				// The network went in this very moment.
			}
		}
		await after(pause);
	}
}

const page: Surroundings = {
	onDevice: () => Boolean(navigator.serviceWorker?.controller),
	async reachable() {
		const answer = await fetch('/healthz', { cache: 'no-store' }).catch(() => null);
		return answer?.ok === true;
	},
	after: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};
