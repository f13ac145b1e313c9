/**
 * A guest's workspace: that of everyone, but for the directory, which a guest may not read. In its place stands one of
 * this device's own with the one meeting in it, as the server tells it, so that every page of a meeting works unchanged.
 */
import { directoryName } from '#lib/protocol/document-name.ts';
import type { DocumentHandle, DocumentStatus, Workspace } from '#lib/sync/contract.ts';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { Api } from './api.ts';
import type { KeyValueStore } from './stored.ts';

/** @param onNews the server does not know this guest any more, or not as this page does */
export function openGuestWorkspace(
	workspace: Workspace,
	api: Api,
	store: KeyValueStore | null,
	meetingId: string | undefined,
	onNews: () => void,
): Workspace {
	const doc = new Y.Doc();
	const listeners = new Set<() => void>();
	let status: DocumentStatus = {
		loaded: true,
		keeping: 'kept',
		connection: 'connecting',
		everSynced: false,
		waiting: 0,
		saved: true,
		serverSaves: true,
		refusal: null,
	};
	function tell(change: Partial<DocumentStatus>): void {
		status = { ...status, ...change };
		for (const listener of [...listeners]) listener();
	}
	const directory: DocumentHandle = {
		name: directoryName,
		doc,
		awareness: new Awareness(doc),
		access: 'read',
		whenLoaded: Promise.resolve(),
		get status() {
			return status;
		},
		onStatus(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		release: () => undefined,
	};
	// Only guests need it, so it is not part of what everyone loads.
	const filling = import('./guest-directory.ts').then(({ keepGuestDirectory }) =>
		keepGuestDirectory(doc, { api, store, onStatus: tell, meetingId, onNews }),
	);
	return {
		open: (name, as) => (name === directoryName ? directory : workspace.open(name, as)),
		get status() {
			return workspace.status;
		},
		onStatus: (listener) => workspace.onStatus(listener),
		inPage: () => workspace.inPage(),
		async close() {
			await workspace.close();
			await filling.then((stop) => stop()).catch(() => undefined);
			doc.destroy();
		},
	};
}
