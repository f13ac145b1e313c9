/** Something is said only when it has stayed the same for a while, and that it is over at once: what comes and goes is not. */
export class Staying<T> {
	readonly #within: number;
	readonly #say: (value: T | null) => void;
	#value: T | null = null;
	#said = false;
	#timer: ReturnType<typeof setTimeout> | undefined;

	/** @param within milliseconds for which it is to be the same before it is said */
	constructor(within: number, say: (value: T | null) => void) {
		this.#within = within;
		this.#say = say;
	}

	/** @param value what is so now; null when there is nothing to say */
	look(value: T | null): void {
		if (value === this.#value) return;
		this.#value = value;
		clearTimeout(this.#timer);
		if (this.#said) this.#tell(null);
		if (value !== null) this.#timer = setTimeout(() => this.#tell(value), this.#within);
	}

	close(): void {
		clearTimeout(this.#timer);
	}

	#tell(value: T | null): void {
		this.#said = value !== null;
		this.#say(value);
	}
}
