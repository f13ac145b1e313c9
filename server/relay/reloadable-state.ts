/**
 * A document state that can be thrown away and read again. What is to be done with the state meanwhile waits, and is done
 * in order when it is back.
 */
import type { DocumentState } from './document-state.ts';

export class ReloadableState {
	readonly #read: () => Promise<DocumentState>;
	#state: DocumentState | null;
	#waiting: ((state: DocumentState) => void)[] = [];

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
		if (!this.#state) return;
		this.#state.destroy();
		this.#state = null;
		this.#state = await this.#read();
		while (this.#waiting.length > 0 && this.#state) {
			const waiting = this.#waiting;
			this.#waiting = [];
			for (const work of waiting) this.use(work);
		}
	}
}
