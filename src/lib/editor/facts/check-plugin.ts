/**
 * Underlines what the checker finds, as one writes. The check runs after the keystroke, when the browser has nothing else to
 * do, and reads only paragraphs that changed: a paragraph is never changed in place, so what was found in it is kept with it.
 */
import type { Calendar } from '#lib/domain/checker/calendar.ts';
import type { Node } from 'prosemirror-model';
import { Plugin, PluginKey, type EditorState, type Transaction } from 'prosemirror-state';
import { Decoration, DecorationSet, type EditorView } from 'prosemirror-view';
import { whenIdle } from '#lib/ui/after-paint.ts';
import { checkDocument, type Checked, type Offer, type Placed } from './check-document.ts';

export type { Offer, Placed };

type Shown = { shown: DecorationSet; all: readonly Placed[] };

export const checkKey = new PluginKey<Shown>('checks');

/** How long nothing must be typed. Milliseconds. */
const pause = 400;

export type Checks = {
	plugin: Plugin;
	/** Checks anew when one of the two is another. @param left keys of findings that stay as they are */
	set(calendar: Calendar, left: ReadonlySet<string>): void;
	/** The same finding in the text of this moment, which may have gone on since; null when it is there no more. */
	present(placed: Placed): Placed | null;
	/** The same for a date that could be a fact. */
	presentOffer(offer: Offer): Offer | null;
};

/** @param onfindings is told what there is after each check, in the order of the text, what is left as it is among it */
export function checks(onfindings: (found: readonly Placed[]) => void): Checks {
	let calendar: Calendar | null = null;
	let left: ReadonlySet<string> = new Set();
	let known = new WeakMap<Node, Checked>();
	let view: EditorView | null = null;
	let cancel = () => {};

	function later(wait: number) {
		cancel();
		const timer = setTimeout(() => {
			cancel = whenIdle(check);
		}, wait);
		cancel = () => clearTimeout(timer);
	}
	function check() {
		// What a person is composing must not be touched by a redraw.
		if (!view || !calendar) return;
		if (view.composing) return later(pause);
		const { found: all, offers } = checkDocument(view.state.doc, calendar, known);
		const found = all.filter(({ key }) => !left.has(key));
		const shown = decorationsFor(view.state, found, offers);
		view.dispatch(view.state.tr.setMeta(checkKey, { shown, all } satisfies Shown));
		onfindings(all);
	}

	const plugin = new Plugin<Shown>({
		key: checkKey,
		state: {
			init: () => ({ shown: DecorationSet.empty, all: [] }),
			apply(tr, value) {
				const checked = tr.getMeta(checkKey) as Shown | undefined;
				if (checked) return checked;
				return tr.docChanged ? { shown: value.shown.map(tr.mapping, tr.doc), all: moved(value.all, tr) } : value;
			},
		},
		props: { decorations: (state) => checkKey.getState(state)?.shown },
		view(mounted) {
			view = mounted;
			later(0);
			return {
				update: (_view, before) => {
					if (before.doc !== mounted.state.doc) later(pause);
				},
				destroy() {
					cancel();
					view = null;
				},
			};
		},
	});
	return {
		plugin,
		set(nextCalendar, nextLeft) {
			// The set is read anew after every keystroke: the same again is no reason to look.
			if (calendar === nextCalendar && same(left, nextLeft)) return;
			if (calendar !== nextCalendar) known = new WeakMap();
			calendar = nextCalendar;
			left = nextLeft;
			later(0);
		},
		present({ key, from }) {
			if (!view || !calendar) return null;
			return nearest(
				checkDocument(view.state.doc, calendar, known).found.filter((each) => each.key === key),
				from,
			);
		},
		presentOffer({ typed, from }) {
			if (!view || !calendar) return null;
			return nearest(
				checkDocument(view.state.doc, calendar, known).offers.filter((each) => each.typed === typed),
				from,
			);
		},
	};
}

/** What stands under the caret, or next to it. */
export function findingAt(state: EditorState, at: number): Placed | null {
	return shownFindings(state, at, at)[0] ?? null;
}

/** The date under the caret that could be a fact. */
export function offerAt(state: EditorState, at: number): Offer | null {
	const there = checkKey.getState(state)?.shown.find(at, at, (spec) => 'offer' in spec)[0];
	return there ? { ...(there.spec as { offer: Offer }).offer, from: there.from, to: there.to } : null;
}

/** In the order of the text; only those that touch a part of it, where one is named. */
export function shownFindings(state: EditorState, from?: number, to?: number): Placed[] {
	const shown = checkKey.getState(state)?.shown.find(from, to, (spec) => 'placed' in spec) ?? [];
	return shown.map(({ spec, from, to }) => ({ ...(spec as { placed: Placed }).placed, from, to }));
}

function nearest<T extends { from: number }>(all: T[], from: number): T | null {
	return all.sort((a, b) => Math.abs(a.from - from) - Math.abs(b.from - from))[0] ?? null;
}

function decorationsFor({ doc }: EditorState, shown: readonly Placed[], offers: readonly Offer[]): DecorationSet {
	const underlines = shown.map((placed) =>
		Decoration.inline(
			placed.from,
			placed.to,
			{ class: 'finding', 'data-finding': placed.finding.says.kind },
			{ placed },
		),
	);
	const known = offers.map((offer) => Decoration.inline(offer.from, offer.to, { class: 'known-date' }, { offer }));
	return DecorationSet.create(doc, [...underlines, ...known]);
}

function moved(all: readonly Placed[], { mapping }: Transaction): Placed[] {
	return all.map((placed) => ({ ...placed, from: mapping.map(placed.from), to: mapping.map(placed.to, -1) }));
}

function same(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
	return a.size === b.size && [...a].every((key) => b.has(key));
}
