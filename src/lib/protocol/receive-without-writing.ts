import type * as Y from 'yjs';

/**
 * Who receives what others wrote writes nothing because of it. Yjs would delete beginnings and ends of marks that are not
 * needed now, in the receiver's name. They may be needed again: whoever takes back what made them superfluous brings back only
 * what they themselves deleted, and a suggestion is left without its mark. And each of those who receive would write the same.
 */
export function receiveWithoutWriting(doc: Y.Doc): void {
	doc.on('afterTransaction', (transaction: Y.Transaction) => {
		transaction._needFormattingCleanup = false;
	});
}
