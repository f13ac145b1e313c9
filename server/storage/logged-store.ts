/**
 * The store of documents: an append log, and beneath it a base that holds snapshots and what was moved out of the log. A
 * document is what the base has of it, and the log's updates with later sequences. What is in both is the same, so a
 * crash between writing to one and removing from the other costs nothing. The log stays small: its oldest file is moved
 * into the base when there are too many, so a start reads no more than that.
 */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import { randomInt } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Base } from './base.ts';
import { type Author, type Sequence, StorageError, type StoreProbe, type UpdateStore } from './contract.ts';
import { createFence } from './fence.ts';
import { AppendLog } from './log/append-log.ts';
import type { Disk } from './log/disk.ts';
import { toStorageError } from './log/disk-error.ts';
import { openLog, type Tell } from './log/open-log.ts';
import type { Segment } from './log/segment.ts';
import { type LogClock, realClock } from './log/sync-rest.ts';
import { readSlice, type Run, Tails, toMoved } from './log/tails.ts';
import type { ScrubbedStore } from './scrub-contract.ts';
import type { VersionStore } from './version-contract.ts';

export type LoggedStore = UpdateStore & VersionStore & StoreProbe & ScrubbedStore;

export type LoggedStoreOptions = {
	/** Told what was found when the log was opened, and what went wrong where nobody waits for it. */
	tell?: Tell;
	/** A file of the log is completed above so many bytes, and so many files are kept beside the one written to. */
	segmentBytes?: number;
	segments?: number;
	/** A number below 2^32 that nobody can guess. */
	salt?: () => number;
	clock?: LogClock;
};

/** As much as a page or two which happen to be free do not pass for. */
const probeBytes = 64 * 1024;
/** Moved in one transaction, so that nobody waits long for it. */
const movedTogether = 64;

/**
 * @param base closed with the store
 * @throws StorageError when the log is damaged
 */
export async function openLoggedStore(base: Base, disk: Disk, options: LoggedStoreOptions = {}): Promise<LoggedStore> {
	const { tell = () => {}, segmentBytes = 4 * 1024 * 1024, segments: most = 4 } = options;
	const { salt = () => randomInt(2 ** 32), clock = realClock } = options;
	const tails = new Tails((name) => base.sequenceOf(name));
	const segments = await openLog(disk, tails, tell);
	const fence = createFence();
	const log = new AppendLog(disk, tails, segments, { segmentBytes, salt, clock, completed: () => tidy() });
	let moving: Promise<void> | null = null;
	let closed = false;
	/** Reading it takes a while where there are thousands. Null: the base has other documents now, or more of one. */
	let listed: ReturnType<Base['all']> | null = null;
	for (const name of tails.names()) tails.cover(name, base.sequenceOf(name));

	/** Removes what is empty, and moves the oldest until there are few enough. */
	function tidy(): void {
		for (const segment of [...log.segments]) if (segment.slices.size === 0) log.remove(segment);
		if (log.segments.length <= most + 1 || moving || closed) return;
		moving = move(log.segments[0] as Segment)
			.then(
				() => (moving = null),
				(cause: unknown) => {
					moving = null;
					tell('log-not-moved', { kind: cause instanceof StorageError && cause.kind === 'full' ? 1 : 0 });
					throw cause;
				},
			)
			.then(tidy, () => {});
	}

	async function moveAll(segments: readonly Segment[]): Promise<void> {
		for (const segment of segments) await move(segment);
		tidy();
	}

	async function move(segment: Segment): Promise<void> {
		const names = [...segment.slices.keys()];
		while (names.length > 0 && !closed) {
			await moveSome(segment, names.splice(0, movedTogether));
			await setImmediate();
		}
	}

	async function moveSome(segment: Segment, names: readonly DocumentName[]): Promise<void> {
		const slices = names.flatMap((name) => {
			const slice = segment.slices.get(name);
			return slice ? { name, slice } : [];
		});
		const read = await Promise.all(slices.map(({ slice }) => readSlice(slice, 0)));
		await base.rewritten();
		if (closed) return;
		listed = null;
		base.adopt(slices.map(({ name, slice }, at) => toMoved(name, slice, read[at] as Run)));
		for (const { name, slice } of slices) tails.cover(name, slice.last);
	}

	async function load(name: DocumentName) {
		const slices = tails.slicesOf(name);
		const stored = base.read(name);
		// More may be added while it reads.
		const sequence = Math.max(stored.sequence, slices.at(-1)?.last ?? 0);
		const read = await Promise.all(slices.map((slice) => readSlice(slice, stored.sequence)));
		return { ...stored, tail: [...stored.tail, ...read.flatMap(({ updates }) => updates)], sequence };
	}

	return {
		load,
		append: (batch) => log.append(batch),
		async compact(name, snapshot, upTo, token, vector) {
			// What the snapshot is made of may be taken back until it is on disk.
			await log.synced();
			await base.rewritten();
			if (closed || !fence.allows(name, token)) return;
			if (!tails.has(name, upTo) && base.sequenceOf(name) < upTo) return;
			const authors = tails.slicesOf(name).flatMap((slice) => slice.authors);
			listed = null;
			base.install(name, snapshot, upTo, authors, vector);
			tails.cover(name, Math.max(upTo, base.sequenceOf(name)));
			tidy();
		},
		async authors(name) {
			const authors = new Map(base.authorsOf(name));
			for (const slice of tails.slicesOf(name)) for (const author of slice.authors) learn(authors, author);
			return authors;
		},
		exists: async (name) => tails.lastOf(name) > 0 || base.has(name),
		async list() {
			listed ??= base.all();
			const all = new Map<DocumentName, Sequence>(listed.map(({ name, sequence }) => [name, sequence]));
			for (const name of tails.names()) all.set(name, Math.max(tails.lastOf(name), all.get(name) ?? 0));
			return [...all].map(([name, sequence]) => ({ name, sequence })).sort((a, b) => (a.name < b.name ? -1 : 1));
		},
		async probe() {
			await probeDisk(disk);
			await base.rewritten();
			await base.probe();
		},
		versions: (name) => base.versions(name),
		readVersion: (name, id) => base.readVersion(name, id),
		async keepVersion(name, version, state) {
			await base.rewritten();
			listed = null;
			if (tails.lastOf(name) > 0) base.mention(name);
			return base.keepVersion(name, version, state);
		},
		async forgetVersions(name, ids) {
			await base.rewritten();
			await base.forgetVersions(name, ids);
		},
		async scrub() {
			await log.turnOver();
			await moving?.catch(() => {});
			moving = moveAll(log.segments.slice(0, -1)).finally(() => (moving = null));
			await moving;
			await base.scrub();
		},
		rewritten: () => base.rewritten(),
		async close() {
			if (closed) return;
			closed = true;
			await moving?.catch(() => {});
			await log.close();
			await base.rewritten();
			base.closeBase();
		},
	};
}

/** An id that is somebody else's becomes nobody's. */
function learn(authors: Map<number, string | null>, [client, person]: Author): void {
	const known = authors.get(client);
	authors.set(client, known === undefined || known === person ? person : null);
}

/** @throws StorageError when the disk takes nothing */
async function probeDisk(disk: Disk): Promise<void> {
	const name = 'probe';
	try {
		disk.remove(name);
		const file = await disk.open(name);
		try {
			file.append(new Uint8Array(probeBytes));
			await file.sync();
		} finally {
			file.close();
			disk.remove(name);
		}
	} catch (cause) {
		throw toStorageError(cause);
	}
}
