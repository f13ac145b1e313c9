/** Devices for tests of sync: each has storage of its own, a person, and real sockets to a real relay. */
import type { Role } from '#lib/protocol/policy.ts';
import type { DocumentHandle, DocumentStatus, Workspace, WorkspaceStatus } from '#lib/sync/contract.ts';
import { openWorkspace, type WorkspaceOptions } from '#lib/sync/workspace.ts';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { WebSocket as NodeSocket } from 'ws';
import { IndexeddbPersistence } from 'y-indexeddb';

export type DeviceOptions = Partial<WorkspaceOptions> & {
	/** `ws://…/sync` of a relay that `serveRelay` serves. */
	url: string;
	role?: Role;
	personId?: string;
	/** What the device holds: the same factory again is the same device after a restart. */
	indexedDB?: IDBFactory;
};

/** What the device's `fetch` answers, by path. */
export type Api = Record<string, () => { status: number; body?: unknown }>;

export function openDevice({
	url,
	role = 'board',
	personId = 'mara',
	indexedDB = new IDBFactory(),
	...options
}: DeviceOptions): Workspace {
	return openWorkspace({
		personId,
		role,
		relayUrl: url,
		indexedDB,
		persist: persistOn(indexedDB),
		WebSocket: socketAs(role, personId),
		fetch: fetchFrom({}),
		maxBackoff: 100,
		directoryDelay: 5,
		storagePrefix: crypto.randomUUID(),
		...options,
	});
}

/** y-indexeddb opens the global IndexedDB, at once when it is made: for that moment it is this device's. */
export function persistOn(factory: IDBFactory): NonNullable<WorkspaceOptions['persist']> {
	return (name, doc) => {
		const before = globalThis.indexedDB;
		Object.assign(globalThis, { indexedDB: factory, IDBKeyRange });
		try {
			return new IndexeddbPersistence(name, doc);
		} finally {
			Object.assign(globalThis, { indexedDB: before });
		}
	};
}

/** A browser's cookie says who connects; here the query does. */
export function socketAs(role: Role, personId: string): typeof WebSocket {
	class PersonalSocket extends NodeSocket {
		constructor(url: string | URL, protocols?: string | string[]) {
			super(`${url}&as=${role}:${personId}`, protocols);
		}
	}
	return PersonalSocket as unknown as typeof WebSocket;
}

export function fetchFrom(api: Api): typeof fetch {
	return async (input) => {
		const path = String(input);
		const answer = api[path]?.();
		if (!answer) throw new TypeError(`no network for ${path}`);
		return new Response(JSON.stringify(answer.body ?? {}), { status: answer.status });
	};
}

type Observable<S> = { readonly status: S; onStatus(listener: () => void): () => void };

/** Settles with the first status for which the condition holds. */
export function untilStatus<S extends DocumentStatus | WorkspaceStatus>(
	source: Observable<S>,
	condition: (status: S) => boolean,
): Promise<S> {
	return new Promise((resolve) => {
		const look = () => {
			if (!condition(source.status)) return;
			stop();
			resolve(source.status);
		};
		const stop = source.onStatus(look);
		look();
	});
}

export const untilSaved = (handle: DocumentHandle) => untilStatus(handle, ({ saved }) => saved);

/** Settles when a text of the document reads so. */
export function untilText({ doc }: DocumentHandle, root: string, expected: string): Promise<void> {
	return new Promise((resolve) => {
		const look = () => {
			if (doc.getText(root).toJSON() !== expected) return;
			doc.off('update', look);
			resolve();
		};
		doc.on('update', look);
		look();
	});
}
