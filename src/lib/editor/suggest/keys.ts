/** Erasing while suggesting passes over what is struck already, and the keys that go from one suggestion to the next. */
import { suggestionId } from '#lib/documents/suggestion.ts';
import type { Node, ResolvedPos } from 'prosemirror-model';
import { TextSelection, type Command, type EditorState } from 'prosemirror-state';
import { isParagraph, schema } from '../schema.ts';
import { isStruck } from './marks.ts';
import { modeOf } from './mode.ts';

/** Strikes the letter before what is struck, or the one behind it. */
export function eraseBesideStrike(direction: -1 | 1): Command {
	return (state, dispatch) => {
		const { $head, empty } = state.selection;
		if (!empty || modeOf(state) !== 'suggest') return false;
		const beside = direction < 0 ? $head.nodeBefore : $head.nodeAfter;
		if (!beside || !isStruck(beside)) return false;
		const at = passStruck($head, direction);
		const letter = letterAt(state.doc.resolve(at), direction);
		const { tr } = state;
		if (letter === 0) tr.setSelection(TextSelection.create(state.doc, at));
		else
			tr.setSelection(TextSelection.create(state.doc, at)).delete(
				Math.min(at, at + direction * letter),
				Math.max(at, at + direction * letter),
			);
		dispatch?.(tr.scrollIntoView());
		return true;
	};
}

function passStruck($from: ResolvedPos, direction: -1 | 1): number {
	let $at = $from;
	for (;;) {
		const next = direction < 0 ? $at.nodeBefore : $at.nodeAfter;
		if (!next || !isStruck(next)) return $at.pos;
		$at = $at.doc.resolve($at.pos + direction * next.nodeSize);
	}
}

/** How long the letter is, as people count letters. */
function letterAt($at: ResolvedPos, direction: -1 | 1): number {
	const node = direction < 0 ? $at.nodeBefore : $at.nodeAfter;
	if (!node) return 0;
	if (!node.isText) return node.nodeSize;
	const letters = [...new Intl.Segmenter().segment(node.text ?? '')];
	return (direction < 0 ? letters.at(-1) : letters[0])?.segment.length ?? 0;
}

/** Selects the next suggestion in this text, or the one before. */
export function goToSuggestion(direction: -1 | 1): Command {
	return (state, dispatch) => {
		const places = placesOf(state.doc);
		const { from, to } = state.selection;
		const next =
			direction > 0
				? places.find((place) => place.from >= to && place.to > to)
				: places.findLast((place) => place.to <= from);
		if (!next) return false;
		dispatch?.(state.tr.setSelection(TextSelection.create(state.doc, next.from, next.to)).scrollIntoView());
		return true;
	};
}

/** The suggestions that the selection touches: of a caret those it stands in or at. */
export function suggestionsAt(state: EditorState): { by: string; id: string }[] {
	const { from, to, empty } = state.selection;
	const places = placesOf(state.doc).filter((place) =>
		empty ? place.from <= to && place.to >= from : place.from < to && place.to > from,
	);
	return places.flatMap(({ of }) => of);
}

type Place = { from: number; to: number; of: { by: string; id: string }[] };

/** In order; the parts of one suggestion that lie side by side are one place. */
function placesOf(doc: Node): Place[] {
	const places: Place[] = [];
	doc.descendants((node, at) => {
		const of = suggestionsOn(node);
		if (of.length === 0) return true;
		const [from, to] = isParagraph(node) ? [at + 1, at + 1] : [at, at + node.nodeSize];
		const last = places.at(-1);
		const goesOn =
			last?.to === from && of.some(({ id, by }) => last.of.some((other) => other.id === id && other.by === by));
		if (goesOn) {
			last.to = to;
			last.of.push(...of);
		} else places.push({ from, to, of });
		return true;
	});
	return places;
}

const kinds = [schema.marks.ins, schema.marks.del, schema.marks.fmt];

function suggestionsOn(node: Node): { by: string; id: string }[] {
	const marks = node.marks.filter(({ type }) => kinds.includes(type)).map(({ attrs }) => attrs);
	const held = ['join', 'chg', 'ins', 'del'].flatMap((key) => parse(node.attrs[key]));
	return [...marks, ...held].map(({ by, id }) => ({ by: String(by), id: suggestionId(String(id)) }));
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
