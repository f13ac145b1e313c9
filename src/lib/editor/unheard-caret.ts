/**
 * A browser moves the caret at once and says so a moment later. What is drawn in between would put it back to where it was
 * known to be, and the next key would go there. So what others do, and what is only marked, takes the caret from the page;
 * and so does a key that comes before the word of it.
 */
import { TextSelection, type Transaction } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { ySyncPluginKey } from 'y-prosemirror';

/** What the view last heard of the page's selection: of its own, and without another name. */
type Hearing = { domObserver?: { currentSelection?: { eq(selection: Selection): boolean } } };

/** @returns the transaction, with the caret where the person has put it meanwhile */
export function withUnheardCaret(view: EditorView, tr: Transaction): Transaction {
	const caret = isOfOthers(tr) ? unheardCaret(view) : null;
	return caret ? tr.setSelection(caret.map(tr.doc, tr.mapping)) : tr;
}

/**
 * To be called before anything is done with a key, an input method begins, or the page takes in what comes without either.
 * A press beside another's caret can put one's own into what that is drawn with. The browser writes nothing there, and a
 * letter would be lost: the view puts the caret where it knows it to be, which is in the text.
 * @returns false: the event is not taken by this
 */
export function hearCaret(view: EditorView): boolean {
	const caret = unheardCaret(view);
	if (caret) view.dispatch(view.state.tr.setSelection(caret));
	if (view.state.selection instanceof TextSelection && !view.composing && isBesideText(view)) view.focus();
	return false;
}

/** Whether an end of the page's selection stands in what is drawn into the text, and is none of it. */
function isBesideText({ dom }: EditorView): boolean {
	const onPage = dom.ownerDocument.getSelection();
	return [onPage?.anchorNode, onPage?.focusNode].some((node) => {
		const drawn = node?.parentElement?.closest('[contenteditable="false"]');
		return drawn && dom.contains(drawn);
	});
}

function isOfOthers(tr: Transaction): boolean {
	const change = tr.getMeta(ySyncPluginKey) as { isChangeOrigin?: boolean; isUndoRedoOperation?: boolean } | undefined;
	if (tr.docChanged) return change?.isChangeOrigin === true && change.isUndoRedoOperation !== true;
	return !tr.selectionSet;
}

function unheardCaret(view: EditorView): TextSelection | null {
	const { state, dom } = view;
	if (!(state.selection instanceof TextSelection) || view.composing || !view.hasFocus()) return null;
	const onPage = dom.ownerDocument.getSelection();
	const known = (view as unknown as Hearing).domObserver?.currentSelection;
	if (!onPage?.anchorNode || !onPage.focusNode || !known || known.eq(onPage)) return null;
	if (!dom.contains(onPage.anchorNode) || !dom.contains(onPage.focusNode)) return null;
	const anchor = view.posAtDOM(onPage.anchorNode, onPage.anchorOffset);
	const head = view.posAtDOM(onPage.focusNode, onPage.focusOffset);
	const found = TextSelection.between(state.doc.resolve(anchor), state.doc.resolve(head));
	return found instanceof TextSelection && !found.eq(state.selection) ? found : null;
}
