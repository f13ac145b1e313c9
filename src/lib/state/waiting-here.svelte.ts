/**
 * What would go from this device unsent: of this page, and of others that may be without a line to the server while this
 * one has one. Of those it is known when one looks.
 */
import { countStored } from '#lib/sync/stored-documents.ts';
import type { App } from './app.svelte.ts';

export class WaitingHere {
	readonly #app: App;
	#stored = $state(0);

	constructor(app: App) {
		this.#app = app;
		void this.look();
	}

	/** Changes. */
	get count(): number {
		return Math.max(this.#app.status.waiting, this.#stored);
	}

	async look(): Promise<void> {
		// What cannot be read now was told before, or is what this page knows of itself.
		this.#stored = await countStored(this.#app.me.id).catch(() => this.#stored);
	}
}
