/** Two states of a document, compared while the page goes on answering. */
import { inSlices } from './in-slices.ts';
import { untrack } from 'svelte';
import type { Section } from './document-sections.ts';
import { diffingSections, type SectionDiff } from './section-diff.ts';

/** `of`: what is compared; the same while only what is written now goes on. */
export type Sides = { of: object; before: readonly Section[]; after: readonly Section[] };

export class Comparison {
	#found = $state.raw<{ of: object; differences: SectionDiff[] } | null>(null);
	#of: object | null = null;
	#next: Sides | null = null;
	#busy = false;

	/** Null until it is known; of what has gone on since, what was known before. */
	get differences(): SectionDiff[] | null {
		return this.#found?.differences ?? null;
	}

	/** What is asked for while another is under way comes behind it, and of several the last. @param sides null for nothing */
	compare(sides: Sides | null): void {
		this.#of = sides?.of ?? null;
		this.#next = sides;
		if (untrack(() => this.#found)?.of !== this.#of) this.#found = null;
		if (!this.#busy) void this.#work();
	}

	async #work(): Promise<void> {
		this.#busy = true;
		try {
			for (let sides = this.#take(); sides; sides = this.#take()) {
				const { of, before, after } = sides;
				const differences = await inSlices(diffingSections(before, after), () => this.#of === of);
				if (differences && this.#of === of) this.#found = { of, differences };
			}
		} finally {
			this.#busy = false;
		}
	}

	#take(): Sides | null {
		const sides = this.#next;
		this.#next = null;
		return sides;
	}
}
