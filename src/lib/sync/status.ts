/**
 * One state for everything, for the one indicator: the worst that is true, in the order not-kept, signed-out, outdated,
 * cannot-save, offline, saving, saved. A device that does not keep what is written comes first, because closing the page would lose
 * it; a refusal that keeps changes here (forbidden, bad frame) has no state of its own and counts as offline: the work
 * is on this device and not at the server, and the document's own status says why.
 */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import type { DocumentStatus, SyncState, WorkspaceStatus } from './contract.ts';

export const stateOrder: readonly SyncState[] = [
	'not-kept',
	'signed-out',
	'outdated',
	'cannot-save',
	'offline',
	'saving',
	'saved',
];

export type Shown = {
	name: DocumentName;
	status: DocumentStatus;
	/** A page shows it: then being offline matters even when nothing waits. */
	inUse: boolean;
};

export function stateOf({ status, inUse }: Shown): SyncState {
	const { keeping, refusal, connection, waiting, saved, serverSaves } = status;
	if (keeping !== 'opening' && keeping !== 'kept' && (inUse || waiting > 0)) return 'not-kept';
	const matters = inUse || waiting > 0;
	if (refusal === 'signed-out') return 'signed-out';
	if (refusal === 'outdated' && matters) return 'outdated';
	if (!matters || (refusal === 'not-found' && waiting === 0)) return 'saved';
	if (!serverSaves) return 'cannot-save';
	if (connection === 'offline') return 'offline';
	return saved ? 'saved' : 'saving';
}

/**
 * @param closedWaiting changes that wait in documents that are not open
 */
export function summarize(
	shown: readonly Shown[],
	closedWaiting: ReadonlyMap<DocumentName, number>,
	fetched: WorkspaceStatus['fetched'],
): WorkspaceStatus {
	const open = new Set(shown.map(({ name }) => name));
	const closed = [...closedWaiting].filter(([name]) => !open.has(name)).reduce((sum, [, count]) => sum + count, 0);
	const states = shown.map(stateOf);
	if (closed > 0) states.push('saving');
	return {
		state: stateOrder.find((state) => states.includes(state)) ?? 'saved',
		waiting: closed + shown.reduce((sum, { status }) => sum + status.waiting, 0),
		documents: shown
			.filter((entry) => entry.inUse || entry.status.waiting > 0)
			.map(({ name, status }) => ({ name, status })),
		fetched,
	};
}
