/**
 * A spelling checker, or the device as it corrects by itself, puts one word in another's place. Read from the page
 * afterwards only the letters that differ would be struck and inserted; as a suggestion it is the word that is replaced.
 */
import { Plugin } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { modeOf } from './mode.ts';

export function replacing(): Plugin {
	return new Plugin({ props: { handleDOMEvents: { beforeinput: replaceWhole } } });
}

/** @returns false where the page is to change first, and be read */
function replaceWhole(view: EditorView, event: InputEvent): boolean {
	if (event.inputType !== 'insertReplacementText' || !event.cancelable || view.composing) return false;
	if (modeOf(view.state) !== 'suggest') return false;
	const text = event.data ?? event.dataTransfer?.getData('text/plain') ?? '';
	const [range] = event.getTargetRanges();
	if (text === '' || !range || range.collapsed) return false;
	const from = view.posAtDOM(range.startContainer, range.startOffset);
	const to = view.posAtDOM(range.endContainer, range.endOffset);
	event.preventDefault();
	view.dispatch(view.state.tr.insertText(text, from, to).scrollIntoView());
	return true;
}
