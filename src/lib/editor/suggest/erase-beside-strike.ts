/** Erasing while suggesting passes over what is struck already. */
import type { ResolvedPos } from 'prosemirror-model';
import { TextSelection, type Command } from 'prosemirror-state';
import { readAuthored } from '#lib/documents/suggestion.ts';
import { isParagraph } from '../schema.ts';
import { isStruck } from './marks.ts';
import { modeOf } from './mode.ts';

/** Strikes the letter before what is struck, or the one behind it. */
export function eraseBesideStrike(direction: -1 | 1): Command {
	return (state, dispatch) => {
		const { $head, empty } = state.selection;
		if (!empty || modeOf(state) !== 'suggest') return false;
		if (!passes($head, direction)) return false;
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
	for (let by = passes($at, direction); by; by = passes($at, direction))
		$at = $at.doc.resolve($at.pos + direction * by);
	return $at.pos;
}

/** How far it is over what is struck here, or from one paragraph into the one that is to go together with it; else 0. */
function passes(
	{ doc, depth, pos, parent, parentOffset, nodeBefore, nodeAfter }: ResolvedPos,
	direction: -1 | 1,
): number {
	const beside = direction < 0 ? nodeBefore : nodeAfter;
	if (beside) return isStruck(beside) ? beside.nodeSize : 0;
	if (depth === 0 || parentOffset !== (direction < 0 ? 0 : parent.content.size)) return 0;
	const { nodeBefore: before, nodeAfter: after } = doc.resolve(pos + direction);
	return before && after && isParagraph(before) && readAuthored(after.attrs['join']) ? 2 : 0;
}

/** How long the letter is, as people count letters. */
function letterAt($at: ResolvedPos, direction: -1 | 1): number {
	const node = direction < 0 ? $at.nodeBefore : $at.nodeAfter;
	if (!node) return 0;
	if (!node.isText) return node.nodeSize;
	const letters = [...new Intl.Segmenter().segment(node.text ?? '')];
	return (direction < 0 ? letters.at(-1) : letters[0])?.segment.length ?? 0;
}
