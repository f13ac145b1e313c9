/** A store in memory whose appends can be held back or made to fail: what a disk does, on demand. */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import type { Append, StoreProbe, UpdateStore } from '../../server/storage/contract.ts';
import { StorageError } from '../../server/storage/contract.ts';

type Log = { snapshot: Uint8Array | null; compacted: number; tail: Uint8Array[] };

export type MemoryStore = UpdateStore &
	StoreProbe & {
		/** Every batch that was appended. */
		readonly batches: Append[][];
		/** From now on appends wait until the returned function is called. */
		hold(): () => void;
		/** From now on nothing can be written, until the returned function is called. */
		fill(): () => void;
		/** How many appends were tried. */
		readonly tried: number;
		/** The next append, or load, fails. */
		failNext(what: 'append' | 'load'): void;
	};

export function createMemoryStore(): MemoryStore {
	const logs = new Map<DocumentName, Log>();
	const batches: Append[][] = [];
	const failing = new Set<'append' | 'load'>();
	let gate: Promise<void> = Promise.resolve();
	let full = false;
	let tried = 0;

	const logOf = (name: DocumentName): Log => logs.get(name) ?? { snapshot: null, compacted: 0, tail: [] };
	const sequenceOf = ({ compacted, tail }: Log) => compacted + tail.length;
	function failIfAsked(what: 'append' | 'load'): void {
		if (failing.delete(what)) throw new StorageError('full', 'no space left');
	}

	function failWhenFull(): void {
		if (full) throw new StorageError('full', 'no space left');
	}

	function appendOne({ name, updates }: Append): number {
		const log = logOf(name);
		log.tail.push(...updates.map((update) => update.slice()));
		if (updates.length > 0) logs.set(name, log);
		return sequenceOf(log);
	}

	return {
		batches,
		hold() {
			let release = () => {};
			gate = new Promise<void>((resolve) => (release = resolve));
			return release;
		},
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
			failIfAsked('load');
			const log = logOf(name);
			return { snapshot: log.snapshot, tail: [...log.tail], sequence: sequenceOf(log) };
		},
		async append(batch) {
			await gate;
			tried++;
			failIfAsked('append');
			failWhenFull();
			batches.push([...batch]);
			return batch.map(appendOne);
		},
		async compact(name, snapshot, upTo) {
			const log = logs.get(name);
			if (!log || upTo <= log.compacted || upTo > sequenceOf(log)) return;
			logs.set(name, { snapshot, compacted: upTo, tail: log.tail.slice(upTo - log.compacted) });
		},
		exists: async (name) => logs.has(name),
		list: async () => [...logs].map(([name, log]) => ({ name, sequence: sequenceOf(log) })).sort(byName),
		close: async () => {},
	};
}

function byName(a: { name: string }, b: { name: string }): number {
	return a.name < b.name ? -1 : 1;
}
