/** When a page about a document may show it. */
import type { DocumentHandle } from '#lib/sync/contract.ts';
import { statusPartOf, type View } from './document-view.svelte.ts';

/**
 * What the device holds has been read, and on a first visit the relay has answered, or nobody does. Once true it stays
 * true: a text must not vanish from under someone's hands because the network does.
 */
export function readinessOf(handle: Pick<DocumentHandle, 'status' | 'onStatus'>): View<boolean> {
	let ready = false;
	return statusPartOf(handle, ({ loaded, everSynced, connection, refusal }) => {
		ready ||= loaded && (everSynced || connection === 'offline' || refusal !== null);
		return ready;
	});
}
