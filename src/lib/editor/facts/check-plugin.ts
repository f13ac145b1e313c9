/**
 * Underlines what the checker finds, as one writes. The check runs after the keystroke, when the browser has nothing else to
 * do, and reads only paragraphs that changed: a paragraph is never changed in place, so what was found in it is kept with it.
 */
import type { Calendar } from '#lib/domain/checker/calendar.ts';
import { checkText } from '#lib/domain/checker/check-text.ts';
import type { Finding } from '#lib/domain/checker/finding.ts';
import type { Node } from 'prosemirror-model';
import { Plugin, PluginKey, type EditorState, type Transaction } from 'prosemirror-state';
import { Decoration, DecorationSet, type EditorView } from 'prosemirror-view';
import { paragraphText, toPositions } from './paragraph-text.ts';

/** A finding with its place in the document. */
export type Placed = {
	key: string;
	finding: Finding;
	from: number;
	to: number;
	/** The paragraph's words, for who reads the finding apart from its text. */
	words: string;
	typed: string;
};

type Checked = { shown: DecorationSet; all: readonly Placed[] };

export const checkKey = new PluginKey<Checked>('checks');

/** How long nothing must be typed. Milliseconds. */
const pause = 400;

export type Checks = {
	plugin: Plugin;
	/** Checks anew when one of the two is another. @param left keys of findings that stay as they are */
	set(calendar: Calendar, left: ReadonlySet<string>): void;
	/** The same finding in the text of this moment, which may have gone on since; null when it is there no more. */
	present(placed: Placed): Placed | null;
};

/** @param onfindings is told what there is after each check, in the order of the text, what is left as it is among it */
export function checks(onfindings: (found: readonly Placed[]) => void): Checks {
	let calendar: Calendar | null = null;
	let left: ReadonlySet<string> = new Set();
	let known = new WeakMap<Node, Placed[]>();
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
		const all = findingsIn(view.state.doc, calendar, known);
		const shown = all.filter(({ key }) => !left.has(key));
		view.dispatch(view.state.tr.setMeta(checkKey, { shown: decorationsFor(view.state, shown), all }));
		onfindings(all);
	}

	const plugin = new Plugin<Checked>({
		key: checkKey,
		state: {
			init: () => ({ shown: DecorationSet.empty, all: [] }),
			apply(tr, value) {
				const checked = tr.getMeta(checkKey) as Checked | undefined;
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
			const alike = findingsIn(view.state.doc, calendar, known).filter((each) => each.key === key);
			return alike.sort((a, b) => Math.abs(a.from - from) - Math.abs(b.from - from))[0] ?? null;
		},
	};
}

/** What stands under the caret, or next to it. */
export function findingAt(state: EditorState, at: number): Placed | null {
	return shownFindings(state).find(({ from, to }) => from <= at && at <= to) ?? null;
}

/** In the order of the text. */
export function shownFindings(state: EditorState): Placed[] {
	const shown = checkKey.getState(state)?.shown.find() ?? [];
	return shown.map(({ spec, from, to }) => ({ ...(spec as { placed: Placed }).placed, from, to }));
}

function findingsIn(doc: Node, calendar: Calendar, known: WeakMap<Node, Placed[]>): Placed[] {
	const found: Placed[] = [];
	doc.descendants((node, at) => {
		if (!node.isTextblock) return true;
		const local = known.get(node) ?? findingsOf(node, calendar);
		known.set(node, local);
		for (const each of local) found.push(shifted(each, at + 1));
		return false;
	});
	return found;
}

function shifted(placed: Placed, by: number): Placed {
	const { finding } = placed;
	const mends = finding.mends.map((mend) => ({ ...mend, from: mend.from + by, to: mend.to + by }));
	return { ...placed, finding: { ...finding, mends }, from: placed.from + by, to: placed.to + by };
}

/** With positions counted from the paragraph's content. */
function findingsOf(paragraph: Node, calendar: Calendar): Placed[] {
	const read = paragraphText(paragraph);
	return checkText(read.text, calendar, read.facts).map((finding) => {
		const typed = read.text.slice(finding.from, finding.to);
		return {
			finding: {
				...finding,
				mends: finding.mends.map((mend) => ({ ...mend, ...toPositions(read, 0, mend.from, mend.to) })),
			},
			key: findingKey(finding, typed),
			words: read.text,
			typed,
			...toPositions(read, 0, finding.from, finding.to),
		};
	});
}

/** The same for the same words, wherever they stand in a text. */
export function findingKey({ says }: Pick<Finding, 'says'>, typed: string): string {
	return `${says.kind}:${typed}`;
}

function decorationsFor({ doc }: EditorState, shown: readonly Placed[]): DecorationSet {
	const underlines = shown.map((placed) =>
		Decoration.inline(
			placed.from,
			placed.to,
			{ class: 'finding', 'data-finding': placed.finding.says.kind },
			{ placed },
		),
	);
	return DecorationSet.create(doc, underlines);
}

function moved(all: readonly Placed[], { mapping }: Transaction): Placed[] {
	return all.map((placed) => ({ ...placed, from: mapping.map(placed.from), to: mapping.map(placed.to, -1) }));
}

function same(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
	return a.size === b.size && [...a].every((key) => b.has(key));
}

/** @returns takes it back */
function whenIdle(run: () => void): () => void {
	// Safari has no idle callbacks.
	if (typeof requestIdleCallback !== 'function') {
		const timer = setTimeout(run, 50);
		return () => clearTimeout(timer);
	}
	const handle = requestIdleCallback(run, { timeout: 1000 });
	return () => cancelIdleCallback(handle);
}
