/** The suggestions of a text one by one: going from each to the next, and deciding that one. Loaded for who comes to one. */
import { suggestionId, suggestionKey } from '#lib/documents/suggestion.ts';
import type { Node } from 'prosemirror-model';
import { TextSelection, type Command, type EditorState } from 'prosemirror-state';
import { isParagraph, schema } from '../schema.ts';
import { insertionsOf, strikesOf } from './marks.ts';
import { modeKey } from './mode.ts';

/**
 * Selects the next suggestion in this text, or the one before: each by itself, though several stand at one place.
 *
 * @param enters comes from another text, to the first of this one, or backwards to the last
 */
export function goToSuggestion(direction: -1 | 1, enters = false): Command {
	return (state, dispatch) => {
		const stops = stopsOf(state.doc);
		const { from, to } = state.selection;
		const at = stops.findIndex((stop) => isHeld(state, stop));
		const near = () =>
			direction > 0 ? stops.find((stop) => stop.from >= to) : stops.findLast((stop) => stop.to <= from);
		const next = enters ? stops.at(direction > 0 ? 0 : -1) : at < 0 ? near() : stops[at + direction];
		if (!next) return false;
		const selection = TextSelection.create(state.doc, next.from, next.to);
		dispatch?.(
			state.tr
				.setSelection(selection)
				.setMeta(modeKey, { stop: suggestionKey(next) })
				.scrollIntoView(),
		);
		return true;
	};
}

/**
 * What is decided here: the one suggestion that was gone to; else all that a selection touches, or that a caret has on the
 * letter behind it; else one that it stands at.
 */
export function suggestionsAt(state: EditorState): Suggested[] {
	const { from, to, empty } = state.selection;
	const stop = stopAt(state);
	if (stop) return [stop];
	const stops = stopsOf(state.doc);
	if (!empty) return stops.filter((each) => each.from < to && each.to > from);
	const on = stops.filter((each) => each.from <= from && each.to > from);
	return on.length > 0 ? on : stops.filter((each) => each.to === from).slice(0, 1);
}

export type Kind = 'ins' | 'del' | 'fmt' | 'join' | 'chg';
type Suggested = { by: string; id: string };
/** `kinds`: what it does here. */
export type Stop = Suggested & { from: number; to: number; kinds: Kind[] };

/** The one suggestion that was gone to; else that of the paragraph itself, where the caret is before its first letter. */
export function stopAt(state: EditorState): Stop | null {
	if (modeKey.getState(state)?.stop) {
		const held = stopsOf(state.doc).find((stop) => isHeld(state, stop));
		if (held) return held;
	}
	const { $head, empty } = state.selection;
	if (!empty || $head.parentOffset > 0 || ($head.nodeAfter && suggestionsOn($head.nodeAfter).length > 0)) return null;
	const [own] = suggestionsOn($head.parent);
	return own ? { ...own, from: $head.pos, to: $head.pos, kinds: [own.kind] } : null;
}

function isHeld(state: EditorState, stop: Stop): boolean {
	const { from, to } = state.selection;
	return modeKey.getState(state)?.stop === suggestionKey(stop) && stop.from === from && stop.to === to;
}

/** In order; the parts of one suggestion that lie side by side are one stop. */
function stopsOf(doc: Node): Stop[] {
	const latest = new Map<string, Stop>();
	const all: Stop[] = [];
	doc.descendants((node, at) => {
		const [from, to] = isParagraph(node) ? [at + 1, at + 1] : [at, at + node.nodeSize];
		for (const { by, id, kind } of suggestionsOn(node)) {
			const last = latest.get(suggestionKey({ by, id }));
			if (last && last.to >= from) {
				last.to = Math.max(last.to, to);
				if (!last.kinds.includes(kind)) last.kinds.push(kind);
			} else {
				const stop = { by, id, from, to, kinds: [kind] };
				latest.set(suggestionKey(stop), stop);
				all.push(stop);
			}
		}
	});
	return all;
}

function suggestionsOn(node: Node): (Suggested & { kind: Kind })[] {
	const looks = node.marks.filter(({ type }) => type === schema.marks.fmt);
	const marks = [...insertionsOf(node), ...strikesOf(node), ...looks].map(({ type, attrs }) => ({
		...attrs,
		kind: type.name as Kind,
	}));
	const held = (['join', 'chg', 'ins', 'del'] as const).flatMap((kind) =>
		parse(node.attrs[kind]).map((each) => ({ ...each, kind })),
	);
	return [...marks, ...held].map(({ by, id, kind }: { by?: unknown; id?: unknown; kind: Kind }) => ({
		by: String(by),
		id: suggestionId(String(id)),
		kind,
	}));
}

function parse(text: unknown): { by?: unknown; id?: unknown }[] {
	if (typeof text !== 'string') return [];
	try {
		const value: unknown = JSON.parse(text);
		const all = Array.isArray(value) ? value : [value];
		return all.filter((each) => typeof each === 'object' && each !== null && !('accepted' in each));
	} catch {
		return [];
	}
}
