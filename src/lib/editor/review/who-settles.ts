/**
 * Whose device carries out what was accepted in a body: as far as one can tell from who is there, the same on every device.
 * Who decided does, so that it goes along when they take the decision back; of several who decided in a body the one with
 * the lowest client id, for two that settle one body at once write text twice. Are they gone, it is the lowest of all.
 */

/** What a device says of itself to the others. */
export type SettlingPresence = {
	settles: true | null;
	/** The roots in which it decided what is not carried out yet; `true`: more of them than can be said. */
	decided: readonly string[] | true | null;
};

/** Carets and names are told with it, and the relay takes two kilobytes of one device. Characters. */
const longestSaid = 600;

export function sayDecided(roots: readonly string[]): readonly string[] | true {
	return roots.join().length > longestSaid ? true : roots;
}

export class Settlers {
	readonly #own: number;
	readonly #others: (readonly [id: number, decided: readonly unknown[] | true | null])[];

	/** @param own this device's client id */
	constructor(states: ReadonlyMap<number, unknown>, own: number) {
		this.#own = own;
		this.#others = [...states].flatMap(([id, state]) => {
			const { settles, decided } = (state ?? {}) as Partial<Record<keyof SettlingPresence, unknown>>;
			const known = decided === true || Array.isArray(decided) ? decided : null;
			return id !== own && settles === true ? [[id, known] as const] : [];
		});
	}

	get areOthers(): boolean {
		return this.#others.length > 0;
	}

	/** @param decidedHere whether this device decided in that body */
	isOwn(root: string, decidedHere: boolean): boolean {
		// To an app that does not say what it decided, it is always the lowest of all.
		if (this.#others.some(([, decided]) => decided === null)) return this.#isFirstOf(this.#others);
		const deciders = this.#others.filter(([, decided]) => decided === true || decided?.includes(root));
		if (deciders.length === 0) return decidedHere || this.#isFirstOf(this.#others);
		return decidedHere && this.#isFirstOf(deciders);
	}

	/** Differs when anything of it does. */
	get key(): string {
		return JSON.stringify(this.#others);
	}

	#isFirstOf(others: readonly (readonly [number, unknown])[]): boolean {
		return others.every(([id]) => id >= this.#own);
	}
}
