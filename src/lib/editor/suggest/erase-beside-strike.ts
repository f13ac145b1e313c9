/** Erasing while suggesting passes over what is struck already. */
import type { ResolvedPos } from 'prosemirror-model';
import { TextSelection, type Command } from 'prosemirror-state';
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
