/** Whether a print form is needed now: it holds every text a second time, so it is there only while printing. */
import { flushSync } from 'svelte';
import { MediaQuery } from 'svelte/reactivity';

export class Printing {
	readonly #media = new MediaQuery('print', false);
	#asked = $state(false);

	get now(): boolean {
		return this.#asked || this.#media.current;
	}

	/** For `beforeprint`: the form must stand before the browser takes its picture. */
	begin = (): void =>
		flushSync(() => {
			this.#asked = true;
		});

	/** For `afterprint`. */
	end = (): void => {
		this.#asked = false;
	};
}
