/**
 * What this device wrote in a paragraph that another deletes, unseen, is kept. Only its writer's device does that, so that
 * it is done once: for what was written since the document was opened, and for what waited when it was, of which the tab
 * that hears of it first takes care.
 *
 * While the line holds, unseen is what a deletion takes away without naming it. When a connection begins, the relay tells
 * all that is deleted in its own words, and may have got from here meanwhile what it names: there unseen is what it has
 * not confirmed, and of what waited, what it did not have when it greeted.
 */
import { bringBack, lostWords } from '#lib/documents/unseen-words.ts';
import type { WaitingDocument } from '#lib/sync/contract.ts';
import { deletedBy, heldBy, tellsAll } from '#lib/sync/relay-said.ts';
import * as Y from 'yjs';

type Said = ReturnType<WaitingDocument['said']>;
type IsUnseen = (id: Y.ID) => boolean;

const keeping = new WeakMap<WaitingDocument, Promise<void>>();

/**
 * Of a document for which it is called again it goes on.
 * @param tell words were kept: told with what takes it back
 * @param claim whether it is for this tab to do what has the name
 */
export function keepUnseen(...of: Parameters<typeof begin>): Promise<void> {
	const [document] = of;
	const begun = keeping.get(document) ?? begin(...of);
	keeping.set(document, begun);
	return begun;
}

async function begin(
	document: WaitingDocument,
	tell: (takeBack: () => void) => void,
	claim: (name: string) => Promise<boolean> = claimForTab,
): Promise<void> {
	const { doc, name } = document;
	if (document.access !== 'write') return;
	await document.whenLoaded;
	const unseenBy = watch(document);
	doc.on('afterTransaction', (transaction: Y.Transaction) => {
		const said = document.said(transaction.origin);
		if (said.length > 0 && transaction.deleteSet.clients.size > 0) void keep(lostWords(transaction, unseenBy(said)));
	});

	async function keep(lost: ReturnType<typeof lostWords>): Promise<void> {
		const claimed = await Promise.all(lost.map(({ id, by }) => claim(`kept ${name} ${by} ${id.client} ${id.clock}`)));
		const mine = lost.filter((_, at) => claimed[at]);
		const takeBack = bringBack(doc, mine);
		if (takeBack) tell(takeBack);
	}
}

/** @returns of what the relay says, what of this device's it takes away unseen */
function watch(document: WaitingDocument): (said: Said) => IsUnseen {
	const { doc } = document;
	const { waiting } = document.status;
	const waited = waiting > 0 ? Y.decodeStateVector(Y.encodeStateVector(doc)) : new Map<number, number>();
	let confirmed = Y.createID(doc.clientID, 0);
	doc.on('beforeTransaction', () => {
		if (document.status.waiting > 0) return;
		confirmed = Y.createID(doc.clientID, Y.getState(doc.store, doc.clientID));
	});
	return (said) => {
		let named: ReturnType<typeof deletedBy> | null = null;
		const begins = tellsAll(said);
		const held = waited.size > 0 ? heldBy(said) : null;
		const waits = ({ client, clock }: Y.ID) =>
			held !== null && clock < (waited.get(client) ?? 0) && clock >= (held.get(client) ?? 0);
		return (id) => {
			if (id.client !== doc.clientID) return begins && waits(id);
			if (begins && id.clock >= (confirmed.client === id.client ? confirmed.clock : 0)) return true;
			return !Y.isDeleted((named ??= deletedBy(said)), id);
		};
	};
}

/** Of the tabs of a browser the first gets it, as long as it is open. */
function claimForTab(name: string): Promise<boolean> {
	return new Promise((resolve) => {
		// Without a secure context there is nothing to ask.
		if (!globalThis.navigator?.locks) return resolve(true);
		void navigator.locks.request(name, { ifAvailable: true }, (lock) => {
			resolve(lock !== null);
			return lock && new Promise<never>(() => {});
		});
	});
}
