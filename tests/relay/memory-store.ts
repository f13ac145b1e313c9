/** A store in memory whose appends can be held back or made to fail: what a disk does, on demand. */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import { createFence } from '../../server/storage/fence.ts';
import { toAppending } from '../../server/storage/appending.ts';
import type { Append, Sequence, StoreProbe, UpdateStore } from '../../server/storage/contract.ts';
import { StorageError } from '../../server/storage/contract.ts';

type Author = readonly [client: number, person: string | null];
type Entry = { sequence: Sequence; update: Uint8Array; authors: readonly Author[] };
/** `last` also counts what was taken back. */
type Log = {
	snapshot: Uint8Array | null;
	vector?: Uint8Array | undefined;
	compacted: Sequence;
	/** Of what was compacted. */
	authors: readonly Author[];
	tail: Entry[];
	last: Sequence;
};

type Failing = 'append' | 'sync' | 'load';

export type MemoryStore = UpdateStore &
	StoreProbe & {
		/** Every batch that was appended. */
		readonly batches: Append[][];
		/** From now on appends wait until the returned function is called. */
		hold(): () => void;
		/** From now on what is written becomes durable only when the returned function is called. */
		holdSync(): () => void;
		/** From now on what is read comes only when the returned function is called. */
		holdLoad(): () => void;
		/** From now on nothing can be written, until the returned function is called. */
		fill(): () => void;
		/** How many appends were tried. */
		readonly tried: number;
		/** The next append, sync to disk, or load, fails. */
		failNext(what: Failing): void;
	};

export function createMemoryStore(): MemoryStore {
	const logs = new Map<DocumentName, Log>();
	const batches: Append[][] = [];
	const fence = createFence();
	const failing = new Set<Failing>();
	/** What is written and not durable, in order. */
	const unsynced = new Set<readonly Append[]>();
	/** Settles when everything that was appended is durable or taken back. */
	let latest: Promise<void> = Promise.resolve();
	let gate: Promise<void> = Promise.resolve();
	let syncGate: Promise<void> = Promise.resolve();
	let loadGate: Promise<void> = Promise.resolve();
	let full = false;
	let tried = 0;

	const empty = (): Log => ({ snapshot: null, compacted: 0, authors: [], tail: [], last: 0 });
	const logOf = (name: DocumentName): Log => logs.get(name) ?? empty();
	const sequenceOf = ({ compacted, tail }: Log) => tail.at(-1)?.sequence ?? compacted;
	const exists = (log: Log | undefined) => log !== undefined && sequenceOf(log) > 0;

	function failIfAsked(what: Failing): void {
		if (failing.delete(what)) throw new StorageError(what === 'sync' ? 'failed' : 'full', 'no space left');
	}

	function failWhenFull(): void {
		if (full) throw new StorageError('full', 'no space left');
	}

	function appendOne({ name, updates, authors = [] }: Append): Sequence {
		const log = logOf(name);
		const made = [...authors];
		for (const update of updates) {
			log.tail.push({ sequence: ++log.last, update: update.slice(), authors: made.splice(0) });
		}
		if (updates.length > 0) logs.set(name, log);
		return sequenceOf(log);
	}

	async function write(batch: readonly Append[]): Promise<Sequence[]> {
		await gate;
		tried++;
		failIfAsked('append');
		failWhenFull();
		batches.push([...batch]);
		unsynced.add(batch);
		return batch.map(appendOne);
	}

	async function sync(batch: readonly Append[], written: Promise<Sequence[]>): Promise<void> {
		await written;
		await syncGate;
		if (!unsynced.has(batch)) throw new StorageError('failed', 'taken back with what came before it');
		try {
			failIfAsked('sync');
			unsynced.delete(batch);
		} catch (cause) {
			takeBack();
			throw cause;
		}
	}

	function takeBack(): void {
		for (const { name, updates } of [...unsynced].flat()) logOf(name).tail.splice(-updates.length || Infinity);
		unsynced.clear();
	}

	function held(set: (gate: Promise<void>) => void): () => void {
		let release = () => {};
		set(new Promise<void>((resolve) => (release = resolve)));
		return release;
	}

	return {
		batches,
		hold: () => held((next) => (gate = next)),
		holdSync: () => held((next) => (syncGate = next)),
		holdLoad: () => held((next) => (loadGate = next)),
		fill() {
			full = true;
			return () => void (full = false);
		},
		get tried() {
			return tried;
		},
		probe: async () => failWhenFull(),
		failNext: (what) => void failing.add(what),
		async load(name) {
			await loadGate;
			failIfAsked('load');
			const log = logOf(name);
			const { snapshot, vector } = log;
			const tail = log.tail.map(({ update }) => update);
			return { snapshot, tail, sequence: sequenceOf(log), ...(vector && { vector }) };
		},
		append(batch) {
			const written = write(batch);
			const durable = sync(batch, written);
			latest = durable.catch(() => {});
			return toAppending(written, durable);
		},
		async compact(name, snapshot, upTo, token, vector) {
			// What the snapshot is made of may be taken back until it is durable.
			await latest;
			const log = logs.get(name);
			if (!fence.allows(name, token)) return;
			if (!log?.tail.some(({ sequence }) => sequence === upTo)) return;
			log.snapshot = snapshot;
			log.vector = vector;
			log.compacted = upTo;
			log.authors = authorsOf({ ...log, tail: log.tail.filter(({ sequence }) => sequence <= upTo) });
			log.tail = log.tail.filter(({ sequence }) => sequence > upTo);
		},
		authors: async (name) => new Map(authorsOf(logOf(name))),
		exists: async (name) => exists(logs.get(name)),
		list: async () =>
			[...logs]
				.filter(([, log]) => exists(log))
				.map(([name, log]) => ({ name, sequence: sequenceOf(log) }))
				.sort(byName),
		close: async () => {},
	};
}

/** Whose an id is said to be twice, and not of the same, is nobody's. */
function authorsOf({ authors, tail }: Log): Author[] {
	const found = new Map<number, string | null>();
	for (const [client, person] of [...authors, ...tail.flatMap((entry) => entry.authors)]) {
		found.set(client, !found.has(client) || found.get(client) === person ? person : null);
	}
	return [...found];
}

function byName(a: { name: string }, b: { name: string }): number {
	return a.name < b.name ? -1 : 1;
}
