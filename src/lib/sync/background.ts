/**
 * Brings every document that the role may see onto this device, so that it opens without a network, and opens those in
 * which changes of a closed page still wait, or which a server restored from a backup has lost. At most `concurrency`
 * connections at a time; what is here in the listed version is skipped; a document counts as here only after it was
 * synced and written.
 */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import type { DeviceIndex, IndexRow } from './device-index.ts';
import type { SeenPlace } from './seen-states.ts';
import type { Listed } from './server-api.ts';
import type { SyncedDocument } from './synced-document.ts';

export const concurrency = 4;

export type BackgroundOptions = {
	index: DeviceIndex;
	/** Versions mean something only together with it: a server restored from a backup counts anew. */
	epoch: string;
	list: () => Promise<Listed[] | 'signed-out' | null>;
	/** Documents with changes that wait, whether or not the server lists them. */
	waiting: () => DocumentName[];
	mayWrite: (name: DocumentName) => boolean;
	/** Where a document's earlier states are kept: they go, see `Listed.erased`. */
	seen: SeenPlace;
	/** Opens a document for as long as `release` is not called. */
	hold: (name: DocumentName) => { document: SyncedDocument; release: () => void };
	onProgress: (progress: { done: number; of: number }) => void;
	onSignedOut: () => void;
};

export class Background {
	readonly #options: BackgroundOptions;
	#running: Promise<void> | null = null;
	#again = false;
	#stopped = false;

	constructor(options: BackgroundOptions) {
		this.#options = options;
	}

	/** Starts a round; one that is under way is followed by another. */
	run(): Promise<void> {
		if (this.#stopped) return Promise.resolve();
		this.#again = this.#running !== null;
		this.#running ??= this.#round().finally(() => {
			this.#running = null;
			if (this.#again) void this.run();
		});
		return this.#running;
	}

	stop(): void {
		this.#stopped = true;
	}

	async #round(): Promise<void> {
		const { index, epoch, list, waiting, mayWrite, onProgress, onSignedOut } = this.#options;
		const known = await index.read();
		// A device that lists none may not have asked yet.
		if (known?.size) onProgress(progressOf(known));
		const urgent = waiting().map(unversioned);
		const listed = await list();
		if (listed === 'signed-out') return onSignedOut();
		if (!listed) return this.#fetchAll(urgent, () => {});
		const wanted = listed.map(({ name, version, erased }) => ({
			name,
			version: `${epoch}/${version}`,
			erased: (known?.get(name)?.erased ?? null) === erased ? null : erased,
		}));
		const missing = wanted.filter(({ name, version, erased }) => {
			return erased !== null || known?.get(name)?.version !== version;
		});
		// So that without a network it is known how much is missing.
		for (const { name } of wanted) if (known && !known.has(name)) index.note(name, {});
		const lost = lostDocuments(known, listed, epoch).filter(mayWrite).map(unversioned);
		let done = wanted.length - missing.length;
		onProgress({ done, of: wanted.length });
		await this.#fetchAll([...urgent, ...lost, ...missing], (wasMissing) => {
			if (wasMissing) onProgress({ done: ++done, of: wanted.length });
		});
	}

	async #fetchAll(queue: Wanted[], onKept: (wasMissing: boolean) => void): Promise<void> {
		const next = queue.values();
		const worker = async () => {
			for (const wanted of next) {
				if (this.#stopped) return;
				if (await this.#fetchOne(wanted)) onKept(wanted.version !== null);
			}
		};
		await Promise.all(Array.from({ length: concurrency }, worker));
	}

	/** The deletions themselves have come: what they deleted goes from wherever this device has it. */
	async #follow(document: SyncedDocument, erased: string): Promise<void> {
		const { index, seen } = this.#options;
		if (!(await document.forgetDeleted())) return;
		// Seldom needed. Where it cannot be had, it is tried again.
		const past = await import('./seen-states.ts').catch(() => null);
		if (await past?.forgetSeen(seen, document.name, erased)) index.note(document.name, { erased });
	}

	/** @returns whether the document is on this device now */
	async #fetchOne({ name, version, erased }: Wanted): Promise<boolean> {
		const { document, release } = this.#options.hold(name);
		try {
			// One that was connected before the list was made may not have received the listed version yet.
			const fresh = document.status.connection !== 'online';
			await document.whenLoaded;
			await settled(document);
			if (!document.status.saved || !(await document.flush())) return false;
			if (erased !== null) await this.#follow(document, erased);
			if (fresh && version !== null) await document.noteVersion(version);
			return true;
		} finally {
			release();
		}
	}
}

type Wanted = {
	name: DocumentName;
	/** As listed; null: whatever it is. */
	version: string | null;
	/** An erasure that this device has not followed yet. */
	erased: string | null;
};

/** Settles when the relay has sent and confirmed everything, or when that will not happen now. */
function settled(document: SyncedDocument): Promise<void> {
	return new Promise((resolve) => {
		const look = () => {
			const { saved, refusal, connection, serverSaves } = document.status;
			if (!saved && refusal === null && connection !== 'offline' && serverSaves) return;
			stop();
			resolve();
		};
		const stop = document.onStatus(look);
		look();
	});
}

function unversioned(name: DocumentName): Wanted {
	return { name, version: null, erased: null };
}

/** What this device had from the server of another epoch and this one does not list: made after its backup was. */
function lostDocuments(
	known: ReadonlyMap<DocumentName, IndexRow> | null,
	listed: readonly Listed[],
	epoch: string,
): DocumentName[] {
	const there = new Set(listed.map(({ name }) => name));
	return [...(known?.values() ?? [])]
		.filter(({ name, everSynced, version }) => everSynced && !there.has(name) && !version?.startsWith(`${epoch}/`))
		.map(({ name }) => name);
}

function progressOf(known: ReadonlyMap<DocumentName, IndexRow>): { done: number; of: number } {
	return { done: [...known.values()].filter(({ everSynced }) => everSynced).length, of: known.size };
}
