/** How this person writes and sees suggestions, in every text, kept on this device. */
import { modes, type Mode } from './mode.ts';

export const displays = ['marks', 'final', 'original'] as const;
export type Display = (typeof displays)[number];

const keys = { mode: 'mitschrift-writing-mode', display: 'mitschrift-suggestions-shown' };

class Writing {
	#mode = $state<Mode>(read(keys.mode, modes) ?? 'edit');
	#display = $state<Display>(read(keys.display, displays) ?? 'marks');

	get mode(): Mode {
		return this.#mode;
	}
	set mode(mode: Mode) {
		this.#mode = mode;
		keep(keys.mode, mode);
	}

	/** What of it holds now: in the original nobody writes, for what is suggested is not to be seen there. */
	get applied(): Mode {
		return this.#display === 'original' ? 'view' : this.#mode;
	}

	get display(): Display {
		return this.#display;
	}
	set display(display: Display) {
		this.#display = display;
		keep(keys.display, display);
	}
}

export const writing = new Writing();

function read<T extends string>(key: string, choices: readonly T[]): T | null {
	try {
		const value = localStorage.getItem(key);
		return choices.find((choice) => choice === value) ?? null;
	} catch {
		// Without storage a visit begins as the first one did.
		return null;
	}
}

function keep(key: string, value: string): void {
	try {
		localStorage.setItem(key, value);
	} catch {
		// It holds for this visit.
	}
}
