/** What somebody removes while another writes in it: it would vanish under their hands without a word. */
import { untrack } from 'svelte';

/** How long one is still told of what one wrote in, and has left. Milliseconds. */
const recently = 60_000;

export type Gone = {
	id: string;
	/** The focus was in it. */
	within: boolean;
	/** What stood beside it, or around it. */
	beside: Element | null;
};

/** Things are told apart by their attribute `data-kept`. Call while a component is made. */
export class UnderHands {
	gone = $state.raw<Gone | null>(null);
	/** The one that this person removes themself. */
	mine = '';
	#written = { id: '', at: 0 };

	/** @param ids read reactively */
	constructor(list: () => HTMLElement | null, ids: () => readonly string[]) {
		let known: readonly string[] = [];
		// Before the page follows, what is removed still stands there.
		$effect.pre(() => {
			const now = ids();
			const lost = known.filter((id) => !now.includes(id));
			known = now;
			untrack(() => {
				if (this.gone && now.includes(this.gone.id)) this.gone = null;
				for (const id of lost) this.#lose(id, list());
			});
		});
		$effect(() => {
			const place = list();
			place?.addEventListener('input', this.#note);
			return () => place?.removeEventListener('input', this.#note);
		});
	}

	readonly #note = ({ target }: Event) => {
		const kept = target instanceof Element ? target.closest<HTMLElement>('[data-kept]') : null;
		this.#written = { id: kept?.dataset.kept ?? '', at: Date.now() };
	};

	#lose(id: string, list: HTMLElement | null): void {
		if (id === this.mine) {
			this.mine = '';
			return;
		}
		const element = list?.querySelector(`[data-kept="${CSS.escape(id)}"]`);
		const within = element?.contains(document.activeElement) ?? false;
		const wrote = this.#written.id === id && Date.now() - this.#written.at < recently;
		if (!element || !(within || wrote)) return;
		const beside = element.previousElementSibling ?? element.nextElementSibling ?? element.parentElement;
		this.gone ??= { id, within, beside };
	}
}
