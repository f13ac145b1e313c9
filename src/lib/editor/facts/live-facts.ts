/** Facts and checks of one editor: its plugins, and what its tools need of them. */
import { keymap } from 'prosemirror-keymap';
import { Plugin, TextSelection, type Command, type EditorState } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { asking, type Asking } from '../asking.ts';
import { checks, findingAt, offerAt, shownFindings, type Checks, type Offer, type Placed } from './check-plugin.ts';
import { factViews, type FactViews } from './fact-views.ts';
import { schema } from '../schema.ts';

/** How somebody came to what is opened: a press puts the caret there too, and what is typed next is for the text. */
export type Way = 'press' | 'key';

export type LiveFactsHooks = {
	onfact: (at: number, by: Way) => void;
	onfinding: (placed: Placed, by: Way) => void;
	onoffer: (offer: Offer, by: Way) => void;
	onfindings: (found: readonly Placed[]) => void;
	onasking: (asking: Asking | null) => void;
	onkey: (key: string) => boolean;
};

/** For who hears of nothing yet: whoever shows the tools sets what they want to hear. */
export function noHooks(): LiveFactsHooks {
	return {
		onfact: () => undefined,
		onfinding: () => undefined,
		onoffer: () => undefined,
		onfindings: () => undefined,
		onasking: () => undefined,
		onkey: () => false,
	};
}

export class LiveFacts {
	readonly plugins: readonly Plugin[];
	readonly views: FactViews;
	readonly checks: Checks;
	readonly #asking;
	#view: EditorView | null = null;

	constructor(hooks: LiveFactsHooks) {
		this.views = factViews();
		this.checks = checks((found) => hooks.onfindings(found));
		this.#asking = asking('@', { onasking: (at) => hooks.onasking(at), onkey: (key) => hooks.onkey(key) });
		this.plugins = [this.views.plugin, this.checks.plugin, this.#asking.plugin, this.#opening(hooks)];
	}

	/**
	 * A press or a key opens what stands at the caret. What is pressed is decided when the press begins: until it ends the
	 * page may move under it, and the element may be another one.
	 */
	#opening(hooks: LiveFactsHooks): Plugin {
		const open: Command = (state) => {
			const { from, $from } = state.selection;
			if (state.doc.nodeAt(from)?.type === schema.nodes.fact) hooks.onfact(from, 'key');
			else if ($from.nodeBefore?.type === schema.nodes.fact) hooks.onfact(from - 1, 'key');
			else return openChecked(state, hooks);
			return true;
		};
		const keys = keymap({ 'Mod-.': open });
		return new Plugin({
			props: {
				handleKeyDown: (view, event) => keys.props.handleKeyDown?.call(keys, view, event) ?? false,
				handleDOMEvents: {
					mousedown: (view, event) => {
						// The second press of two selects a word.
						const press = event.button === 0 && event.detail < 2 ? this.#pressed(view, event, hooks) : null;
						if (press) whenReleased(event, press);
						return false;
					},
					click: (view, event) => {
						// What reads the page aloud, or is spoken to, clicks without a press.
						if (event.detail === 0) this.#pressed(view, event, hooks)?.();
						return false;
					},
				},
			},
			view: (view) => {
				this.#view = view;
				return { destroy: () => (this.#view = null) };
			},
		});
	}

	/** @returns opens what lies under the pointer now, as far as it is still there then; null: there is nothing to open */
	#pressed(view: EditorView, event: MouseEvent, hooks: LiveFactsHooks): (() => void) | null {
		if (!(event.target instanceof Element)) return null;
		const by = event.detail > 0 ? 'press' : 'key';
		const fact = event.target.closest<HTMLElement>('.fact');
		const place = fact && this.views.placeOf(fact);
		if (place)
			return () => {
				const at = place();
				if (at !== undefined) hooks.onfact(at, by);
			};
		const checked = event.target.closest('.finding, .known-date');
		if (!checked) return null;
		const at = by === 'press' ? underPointer(view, event) : view.posAtDOM(checked, 0);
		if (at === undefined) return null;
		const found = findingAt(view.state, at);
		const offer = found ? null : offerAt(view.state, at);
		return () => {
			const [still, offered] = [found && this.checks.present(found), offer && this.checks.presentOffer(offer)];
			if (still) hooks.onfinding(still, by);
			else if (offered) hooks.onoffer(offered, by);
		};
	}

	/** @returns whether it could be done */
	run(command: Command, focus = true): boolean {
		const view = this.#view;
		if (!view) return false;
		const done = command(view.state, view.dispatch.bind(view), view);
		if (focus) view.focus();
		return done;
	}

	stopAsking(): void {
		if (this.#view) this.#asking.stop(this.#view);
	}

	focus(): void {
		this.#view?.focus();
	}

	/** The element of the editor, which names the list of choices while there is one. */
	get element(): HTMLElement | null {
		return this.#view?.dom ?? null;
	}

	/** Whether there is something to say about the words at the caret. */
	hasHint(): boolean {
		const state = this.#view?.state;
		const at = state?.selection.from ?? 0;
		return state !== undefined && (findingAt(state, at) ?? offerAt(state, at)) !== null;
	}

	/** Where a part of the text stands on the screen. */
	placeOf(from: number, to: number): DOMRect | null {
		const view = this.#view;
		if (!view || to > view.state.doc.content.size) return null;
		const node = view.nodeDOM(from);
		if (node instanceof HTMLElement) return node.getBoundingClientRect();
		const [start, end] = [view.coordsAtPos(from), view.coordsAtPos(to)];
		return new DOMRect(start.left, start.top, Math.max(1, end.left - start.left), end.bottom - start.top);
	}

	factAt(at: number) {
		const node = this.#view?.state.doc.nodeAt(at);
		return node?.type === schema.nodes.fact ? node : null;
	}

	/** Shows a part of the text to the person. */
	reveal(from: number, to: number): void {
		this.run((state, dispatch) => {
			dispatch?.(state.tr.setSelection(TextSelection.create(state.doc, from, to)).scrollIntoView());
			return true;
		});
	}
}

function underPointer(view: EditorView, { clientX, clientY }: MouseEvent): number | undefined {
	return view.posAtCoords({ left: clientX, top: clientY })?.pos;
}

/** Wherever the page has gone by then; but not when the pointer has moved, which selects. */
function whenReleased({ view, clientX, clientY }: MouseEvent, press: () => void): void {
	const isSame = (end: MouseEvent) => Math.max(Math.abs(end.clientX - clientX), Math.abs(end.clientY - clientY)) <= 4;
	view?.addEventListener('mouseup', (end) => isSame(end) && press(), { once: true, capture: true });
}

/** What is at the caret, else the next thing to say something about. */
function openChecked(state: EditorState, hooks: LiveFactsHooks): boolean {
	const { from } = state.selection;
	const here = findingAt(state, from);
	const offer = here ? null : offerAt(state, from);
	if (offer) {
		hooks.onoffer(offer, 'key');
		return true;
	}
	const found = here ?? nextFinding(shownFindings(state), from);
	if (found) hooks.onfinding(found, 'key');
	return found !== undefined;
}

function nextFinding(all: readonly Placed[], at: number): Placed | undefined {
	return all.find(({ from }) => from >= at) ?? all[0];
}
