/**
 * Tells who suggests that what they wrote last is no suggestion any more: somebody has accepted it, perhaps before they had
 * heard of all that they were still writing in it. Said is what the text itself shows, of letters written since it was
 * opened; who it was it does not hold. Of a rejected one nothing is said: it goes before its author's eyes.
 */
import { isSuggested } from '#lib/documents/accepted-work.ts';
import { copiesOf } from '#lib/documents/copies.ts';
import { suggests } from '#lib/documents/suggestion.ts';
import * as Y from 'yjs';

/** What was accepted may be taken back at once, and its author may write on meanwhile. */
export const settledAfter = 500;

/** @returns a function that stops it */
export function attachAcceptedUnseen(body: Y.XmlFragment, say: () => void): () => void {
	const { doc } = body;
	if (!doc) return () => undefined;
	let last: Y.ID | null = null;
	let accepted: Y.ID | null = null;
	let timer: ReturnType<typeof setTimeout> | undefined;
	const settled = () => {
		const letter = accepted;
		[accepted, timer] = [null, undefined];
		if (!letter) return;
		if (standing(doc, letter) === 'open') last ??= letter;
		else say();
	};
	const changed = (transaction: Y.Transaction) => {
		if (!transaction.changedParentTypes.has(body as never)) return;
		if (transaction.local && transaction.meta.get(suggests) === true) last = lastLetter(transaction) ?? last;
		const now = last && standing(doc, last);
		if (!now || now === 'open') return;
		// What one does oneself one knows.
		if (now === 'accepted' && !transaction.local) {
			accepted = last;
			timer ??= setTimeout(settled, settledAfter);
		}
		last = null;
	};
	doc.on('afterTransaction', changed);
	return () => {
		clearTimeout(timer);
		doc.off('afterTransaction', changed);
	};
}

function standing(doc: Y.Doc, letter: Y.ID): 'open' | 'accepted' | 'gone' {
	const copy = copiesOf(doc, letter, 1)[0]?.copy;
	if (!copy) return 'gone';
	return isSuggested(copy.item) ? 'open' : 'accepted';
}

function lastLetter({ doc, beforeState }: Y.Transaction): Y.ID | null {
	const structs = doc.store.clients.get(doc.clientID) ?? [];
	const from = beforeState.get(doc.clientID) ?? 0;
	for (let at = structs.length - 1; at >= 0; at--) {
		const item = structs[at];
		if (!item || item.id.clock + item.length <= from) return null;
		if (item instanceof Y.Item && !item.deleted && item.content instanceof Y.ContentString)
			return Y.createID(item.id.client, item.id.clock + item.length - 1);
	}
	return null;
}
