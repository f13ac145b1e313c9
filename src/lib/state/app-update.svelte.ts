/**
 * New versions of the app. A new service worker is fetched and waits; nothing changes under anybody's hands. It takes
 * over when a person asks for it, and then only the tab in which they asked is loaded anew. Other tabs go on with the
 * code they have, and say that they are out of date.
 */
const lookEveryMs = 60 * 60_000;
const lookAgainMs = 5000;
/** Whoever pressed does not wait for a store that hangs: what it lacks is among the page's last words (sync). Milliseconds. */
const longestFinish = 5000;

/** `none` · a new version `waits` · it is taking over (`applying`) · another tab applied it (`elsewhere`). */
export type UpdateState = 'none' | 'waiting' | 'applying' | 'elsewhere';

export type UpdateParts = {
	serviceWorker: ServiceWorkerContainer | undefined;
	/** Settles when nothing that was typed depends on this tab staying open. */
	whenSafe: () => Promise<void>;
	/** Settles when what was typed up to this moment is written. */
	finish: () => Promise<void>;
	reload: () => void;
};

export class AppUpdate {
	readonly #parts: UpdateParts;
	#registration: ServiceWorkerRegistration | null = null;
	#state = $state.raw<UpdateState>('none');
	/** The first worker that ever takes a page over is no update. */
	#controlled: boolean;
	#reloading = false;
	/** How often a new version may fail to be fetched before the next hour is waited for. */
	#failuresLeft = 3;

	constructor(parts: UpdateParts) {
		this.#parts = parts;
		this.#controlled = Boolean(parts.serviceWorker?.controller);
	}

	get state(): UpdateState {
		return this.#state;
	}

	/** Registers the worker and watches for another one. A browser without service workers has only the network. */
	async start(url: string): Promise<void> {
		const { serviceWorker } = this.#parts;
		if (!serviceWorker) return;
		serviceWorker.addEventListener('controllerchange', () => this.#takenOver());
		try {
			this.#registration = await serviceWorker.register(asWorkerAddress(url));
		} catch {
			return;
		}
		this.#watch(this.#registration);
	}

	/** Asks the server for a newer version. One that is just being started anew is asked again; offline this does nothing. */
	async look(tries = 4): Promise<void> {
		try {
			await this.#registration?.update();
		} catch {
			if (tries > 1) setTimeout(() => void this.look(tries - 1), lookAgainMs);
		}
	}

	/**
	 * Applies what waits. The page is loaded anew once the new worker has taken over and is ready to answer: before, a page
	 * without a network could find nobody who does.
	 */
	async apply(): Promise<void> {
		this.#state = 'applying';
		await this.#parts.whenSafe();
		// Asked after the wait: meanwhile it may have been replaced by a newer one, or have taken over.
		const waits = this.#registration?.waiting;
		if (!waits) return this.#reload();
		this.#reloadWith(waits);
		waits.postMessage({ type: 'SKIP_WAITING' });
	}

	#watch(registration: ServiceWorkerRegistration): void {
		const found = () => {
			if (registration.waiting && this.#parts.serviceWorker?.controller && this.#state === 'none')
				this.#state = 'waiting';
		};
		found();
		registration.addEventListener('updatefound', () => {
			const worker = registration.installing;
			worker?.addEventListener('statechange', () => {
				if (worker.state === 'installed') found();
				else if (worker.state === 'redundant') this.#lookAgain();
			});
		});
	}

	/** A new version of which a file could not be fetched is thrown away by the browser, and not asked for again by itself. */
	#lookAgain(): void {
		if (this.#state === 'none' && this.#failuresLeft-- > 0) setTimeout(() => void this.look(), lookAgainMs);
	}

	#takenOver(): void {
		if (!this.#controlled) this.#controlled = true;
		else if (this.#state === 'applying') this.#reloadWith(this.#parts.serviceWorker?.controller);
		else this.#state = 'elsewhere';
	}

	#reloadWith(worker: ServiceWorker | null | undefined): void {
		if (!worker || worker.state === 'activated') return void this.#reload();
		worker.addEventListener('statechange', () => this.#reloadWith(worker), { once: true });
	}

	async #reload(): Promise<void> {
		if (this.#reloading) return;
		this.#reloading = true;
		await Promise.race([this.#parts.finish(), new Promise((resolve) => setTimeout(resolve, longestFinish))]);
		this.#parts.reload();
	}
}

type WorkerPolicy = { createScriptURL(address: string): unknown };
type WithPolicies = {
	trustedTypes?: { createPolicy(name: string, rules: { createScriptURL(address: string): string }): WorkerPolicy };
};

/** Where the browser asks for it, an address becomes code only by a policy that has a name; ours lets one through. */
function asWorkerAddress(url: string): string {
	const policy = (globalThis as WithPolicies).trustedTypes?.createPolicy('mitschrift-worker', {
		createScriptURL: (address) => {
			if (address === '/sw.js') return address;
			throw new TypeError(`not the service worker: ${address}`);
		},
	});
	return (policy?.createScriptURL(url) ?? url) as string;
}

/**
 * Looks for a new version when the app comes into view, and every hour.
 * @returns a function that stops it
 */
export function keepLooking(update: AppUpdate, target: Window = window): () => void {
	const look = () => {
		if (!target.document.hidden) void update.look();
	};
	target.document.addEventListener('visibilitychange', look);
	target.addEventListener('focus', look);
	const timer = setInterval(look, lookEveryMs);
	return () => {
		target.document.removeEventListener('visibilitychange', look);
		target.removeEventListener('focus', look);
		clearInterval(timer);
	};
}
