/**
 * A document state that can be thrown away and read again, or held for work that takes time. What is to be done with the
 * state meanwhile waits, and is done in order when it is back.
 */
import type { DocumentState } from './document-state.ts';

export class ReloadableState {
	readonly #read: () => Promise<DocumentState>;
	#state: DocumentState | null;
	#waiting: ((state: DocumentState) => void)[] = [];
	#held = false;
	/** It is to be read again when it is not held, or being read, any more. */
	#stale = false;

	constructor(state: DocumentState, read: () => Promise<DocumentState>) {
		this.#state = state;
		this.#read = read;
	}

	get loaded(): boolean {
		return this.#state !== null;
	}

	/** Runs now, or once the state is back; never when it does not come back. */
	use(work: (state: DocumentState) => void): void {
		if (this.#state) work(this.#state);
		else this.#waiting.push(work);
	}

	/**
	 * Without effect while it is already being read.
	 * @throws what reading throws; the state is lost for good then
	 */
	async reload(): Promise<void> {
		if (this.#held) this.#stale = true;
		if (!this.#state) return;
		this.#state.destroy();
		this.#state = null;
		await this.#comeBack();
	}

	/**
	 * The same when what is on disk was made anew: a reading under way may have begun before.
	 * @throws what reading throws; the state is lost for good then
	 */
	async renew(): Promise<void> {
		if (this.#state) return this.reload();
		this.#stale = true;
	}

	/**
	 * Runs `work`, and before it is done nothing else with the state.
	 * @throws what it, or reading again, throws; the state is lost for good then
	 */
	async hold(work: (state: DocumentState) => Promise<void>): Promise<void> {
		const state = this.#state;
		if (!state) return new Promise((resolve, reject) => this.use(() => this.hold(work).then(resolve, reject)));
		this.#state = null;
		this.#held = true;
		await work(state);
		this.#held = false;
		if (!this.#stale) return this.#resume(state);
		this.#stale = false;
		state.destroy();
		await this.#comeBack();
	}

	async #comeBack(): Promise<void> {
		let state = await this.#read();
		while (this.#stale) {
			this.#stale = false;
			state.destroy();
			state = await this.#read();
		}
		this.#resume(state);
	}

	#resume(state: DocumentState): void {
		this.#state = state;
		while (this.#waiting.length > 0 && this.#state) {
			const waiting = this.#waiting;
			this.#waiting = [];
			for (const work of waiting) this.use(work);
		}
	}
}
