/**
 * Putting the app on the home screen. Where the browser has its own prompt it hands it over as an event, once and early,
 * so this listens from the first moment; where it has none, all that helps is an explanation of its menu.
 */
import { flag } from '#lib/protocol/answer-shape.ts';
import { createContext } from 'svelte';
import { deviceStore, Stored, type KeyValueStore } from './stored.ts';

export type InstallWay =
	/** Opened from the home screen already. */
	| 'installed'
	/** The browser's own prompt waits to be shown. */
	| 'prompt'
	/** Safari on iOS: the share sheet. */
	| 'ios'
	/** Some other browser on iOS or Android: its menu. */
	| 'mobile-menu'
	/** A desktop browser without a prompt: the address bar, or Safari's Dock. */
	| 'desktop';

type InstallPromptEvent = Event & { prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }> };

export class Installing {
	#waiting = $state.raw<InstallPromptEvent | null>(null);
	#installed = $state(false);
	#dismissed = $state(false);
	readonly #window: Window;
	readonly #kept: Stored<boolean>;

	constructor(target: Window, store: KeyValueStore | null = deviceStore()) {
		this.#window = target;
		this.#kept = new Stored(store, 'mitschrift.install-dismissed', flag);
		this.#dismissed = this.#kept.read() ?? false;
		this.#installed =
			target.matchMedia('(display-mode: standalone)').matches ||
			('standalone' in target.navigator && target.navigator.standalone === true);
		target.addEventListener('beforeinstallprompt', (event) => {
			event.preventDefault();
			this.#waiting = event as InstallPromptEvent;
		});
		target.addEventListener('appinstalled', () => {
			this.#installed = true;
			this.#waiting = null;
		});
	}

	get way(): InstallWay {
		if (this.#installed) return 'installed';
		if (this.#waiting) return 'prompt';
		return wayOf(this.#window.navigator.userAgent, this.#window.navigator.maxTouchPoints);
	}

	/** Whether Start offers it: on a phone, or where one press is enough; never again after a no. */
	get offered(): boolean {
		return !this.#dismissed && this.way !== 'installed' && this.way !== 'desktop';
	}

	dismiss(): void {
		this.#dismissed = true;
		this.#kept.write(true);
	}

	/** Shows the browser's prompt. A prompt can be shown once; the browser may send another one later. */
	async install(): Promise<boolean> {
		const event = this.#waiting;
		if (!event) return false;
		this.#waiting = null;
		const { outcome } = await event.prompt();
		return outcome === 'accepted';
	}
}

/** An iPad calls itself a Mac; only the touch points tell. */
export function wayOf(userAgent: string, touchPoints: number): 'ios' | 'mobile-menu' | 'desktop' {
	const apple = /iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && touchPoints > 1);
	if (apple) return 'ios';
	return /Android|Mobile/.test(userAgent) ? 'mobile-menu' : 'desktop';
}

export const [useInstalling, provideInstalling] = createContext<Installing>();
