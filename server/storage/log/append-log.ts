/**
 * The log of all documents: what is appended is written at once and synced together with whatever else was written since
 * the last sync. A new file is begun only when the one before is whole on disk, so that of all files only the last can
 * have a torn end. When a sync fails nobody knows what is on disk beyond the last one: all of that is taken back, and the
 * next append begins a new file, which says where the one before ends.
 */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import { toAppending } from '../appending.ts';
import { type Append, type Appending, type Author, type Sequence, StorageError } from '../contract.ts';
import type { Disk } from './disk.ts';
import { toStorageError } from './disk-error.ts';
import { encodeHead, FrameWriter, kinds } from './frame.ts';
import { Segment, segmentName } from './segment.ts';
import { type LogClock, SyncRest } from './sync-rest.ts';
import type { Placed, Tails } from './tails.ts';

export type LogOptions = {
	/** A file above this is followed by a new one. Bytes. */
	segmentBytes: number;
	/** A number below 2^32, for a file's checksums, that nobody can guess. */
	salt(): number;
	clock: LogClock;
	/** Called when a file was completed. */
	completed(): void;
};

type Settling = { promise: Promise<void>; resolve(): void; reject(cause: unknown): void };
/** What is written and not on disk: one sync brings all of it there. */
type Unsynced = { readonly added: Placed[]; readonly durable: Settling };
type Waiting = { write(): void; refuse(cause: unknown): void };

export class AppendLog {
	readonly #disk: Disk;
	readonly #tails: Tails;
	readonly #options: LogOptions;
	readonly #rest: SyncRest;
	readonly #writer = new FrameWriter();
	readonly #segments: Segment[];
	/** Where to write; null when the last file is not to be written to any more. */
	#active: Segment | null;
	#lastNumber: number;
	/** The next file is begun however small this one is. */
	#turning = false;
	#unsynced: Unsynced | null = null;
	/** Of the last append that was written. */
	#latest: Promise<void> = Promise.resolve();
	/** What came while there was no file to write to. */
	#waiting: Waiting[] = [];
	#running: Promise<void> | null = null;
	#closed = false;

	/** @param segments all that there are, in order; on disk as they are */
	constructor(disk: Disk, tails: Tails, segments: Segment[], options: LogOptions) {
		this.#disk = disk;
		this.#tails = tails;
		this.#options = options;
		this.#rest = new SyncRest(options.clock);
		this.#segments = segments;
		this.#active = segments.at(-1) ?? null;
		this.#lastNumber = this.#active?.number ?? 0;
	}

	/** All files, in order. */
	get segments(): readonly Segment[] {
		return this.#segments;
	}

	append(batch: readonly Append[]): Appending {
		const appending = this.#waiting.length > 0 || this.#needsFile ? this.#appendLater(batch) : this.#appendNow(batch);
		// What failed at once leaves nothing to do, and a run that never waits would never be over.
		if (this.#unsynced || this.#waiting.length > 0) this.#running ??= this.#run();
		return appending;
	}

	#appendNow(batch: readonly Append[]): Appending {
		try {
			const { sequences, durable } = this.#write(batch);
			return { written: Promise.resolve(sequences), durable };
		} catch (cause) {
			const refused = Promise.reject<never>(toStorageError(cause));
			return toAppending(refused, refused);
		}
	}

	/** Once there is a file to write to. */
	#appendLater(batch: readonly Append[]): Appending {
		const written = Promise.withResolvers<Sequence[]>();
		const durable: Settling = Promise.withResolvers();
		const refuse = (cause: unknown) => {
			written.reject(cause);
			durable.reject(cause);
		};
		const write = () => {
			try {
				const done = this.#write(batch);
				written.resolve(done.sequences);
				done.durable.then(durable.resolve, durable.reject);
			} catch (cause) {
				refuse(toStorageError(cause));
			}
		};
		this.#waiting.push({ write, refuse });
		return toAppending(written.promise, durable.promise);
	}

	/** Settles when all that is written now is on disk or taken back. */
	async synced(): Promise<void> {
		await this.#latest.catch(() => {});
	}

	/** Begins a new file: whatever was written before is in files that can be removed. @throws StorageError */
	turnOver(): Promise<void> {
		const turned: Settling = Promise.withResolvers();
		this.#turning = true;
		this.#waiting.push({ write: turned.resolve, refuse: turned.reject });
		this.#running ??= this.#run();
		return turned.promise;
	}

	/** Settles when everything is on disk; nothing may be appended after this. */
	async close(): Promise<void> {
		await this.#running;
		this.#closed = true;
		for (const segment of this.#segments) segment.file.close();
	}

	/** Nothing in it is needed any more. Without effect for the one that is written to. */
	remove(segment: Segment): void {
		const at = this.#segments.indexOf(segment);
		if (at < 0 || at === this.#segments.length - 1) return;
		this.#segments.splice(at, 1);
		segment.remove();
	}

	get #needsFile(): boolean {
		return this.#turning || this.#active === null || this.#active.size >= this.#options.segmentBytes;
	}

	async #run(): Promise<void> {
		while (this.#unsynced || this.#waiting.length > 0) {
			if (this.#needsFile && this.#waiting.length > 0) await this.#continueInNewFile();
			for (const { write } of this.#waiting.splice(0)) write();
			const last = this.#segments.at(-1);
			if (!last || !this.#unsynced) continue;
			await this.#rest.before();
			await this.#sync(last);
		}
		this.#running = null;
	}

	/** Meanwhile nothing is written. */
	async #continueInNewFile(): Promise<void> {
		this.#turning = false;
		const last = this.#segments.at(-1);
		if (last && this.#unsynced) await this.#sync(last);
		try {
			this.#segments.push((this.#active = await this.#begin()));
		} catch (cause) {
			for (const { refuse } of this.#waiting.splice(0)) refuse(toStorageError(cause));
			return;
		}
		this.#options.completed();
	}

	async #begin(): Promise<Segment> {
		const last = this.#segments.at(-1);
		const [number, salt] = [(this.#lastNumber += 1), this.#options.salt()];
		const head = { salt, previous: last?.number ?? 0, previousEnd: last?.durable ?? 0 };
		const file = await this.#disk.open(segmentName(number));
		try {
			const bytes = encodeHead(this.#writer, head);
			file.append(bytes);
			const segment = new Segment(this.#disk, file, { number, salt, size: bytes.length });
			segment.durable = 0;
			return segment;
		} catch (cause) {
			file.close();
			this.#disk.remove(segmentName(number));
			throw cause;
		}
	}

	async #sync(segment: Segment): Promise<void> {
		const end = segment.size;
		const group = this.#unsynced;
		this.#unsynced = null;
		try {
			await segment.file.sync();
		} catch (cause) {
			const later = this.#unsynced;
			this.#unsynced = null;
			return this.#takeBack(segment, [group, later], toStorageError(cause));
		}
		segment.durable = end;
		group?.durable.resolve();
	}

	/** What waits was made upon what is taken back, so it goes with it. */
	#takeBack(segment: Segment, groups: readonly (Unsynced | null)[], cause: StorageError): void {
		this.#active = null;
		const lost = groups.filter((group) => group !== null);
		for (const placed of lost.flatMap(({ added }) => added).toReversed()) this.#tails.takeBack(placed);
		segment.size = segment.durable;
		attempt(() => segment.file.truncate(segment.durable));
		for (const { durable } of lost) durable.reject(cause);
		for (const { refuse } of this.#waiting.splice(0)) refuse(cause);
	}

	/** @throws when it is not in the file; then nothing of it is */
	#write(batch: readonly Append[]): { sequences: Sequence[]; durable: Promise<void> } {
		const segment = this.#active;
		if (this.#closed || !segment) throw new StorageError('failed', 'the log is closed');
		const before = segment.ids.size;
		const { sequences, added } = this.#encode(batch, segment);
		const frame = this.#writer.end(segment.salt);
		if (added.length > 0) {
			try {
				segment.file.append(frame);
			} catch (cause) {
				for (const [name, id] of segment.ids) if (id >= before) segment.ids.delete(name);
				if (!attempt(() => segment.file.truncate(segment.size))) this.#active = null;
				throw cause;
			}
			segment.size += frame.length;
		}
		const group = (this.#unsynced ??= begin());
		for (const each of added) {
			this.#tails.add(segment, each);
			group.added.push(each);
		}
		this.#latest = group.durable.promise;
		return { sequences, durable: this.#latest };
	}

	#encode(batch: readonly Append[], segment: Segment): { sequences: Sequence[]; added: Placed[] } {
		const [writer, start] = [this.#writer, segment.size];
		const given = new Map<DocumentName, Sequence>();
		const added: Placed[] = [];
		writer.number(start - segment.durable);
		const sequences = batch.map(({ name, updates, authors: found = [] }) => {
			const before = given.get(name) ?? this.#tails.open(name).given;
			if (updates.length === 0) return before;
			const id = this.#idOf(name, before, segment);
			writer.numbers(kinds.updates, id);
			const from = start + writer.length;
			writer.number(updates.length);
			for (const update of updates) writer.bytes(update);
			const count = updates.length;
			const learned = [...found];
			const authors = learned.length > 0 ? learned : nobody;
			added.push({ name, first: before + 1, count, from, to: start + writer.length, authors });
			if (authors.length > 0) writer.numbers(kinds.authors, id, authors.length);
			for (const author of authors) writer.author(author);
			given.set(name, before + count);
			return before + count;
		});
		return { sequences, added };
	}

	/** The name is written where it is needed for the first time. */
	#idOf(name: DocumentName, before: Sequence, { ids }: Segment): number {
		const known = ids.get(name);
		if (known !== undefined) return known;
		const id = ids.size;
		ids.set(name, id);
		this.#writer.numbers(kinds.name, id, before);
		this.#writer.bytes(Buffer.from(name));
		return id;
	}
}

/** One for all that make nobody known: they wait for the disk, and there are many. */
const nobody: readonly Author[] = [];

/** Whoever waits for it hears of its failure there. */
function begin(): Unsynced {
	const durable: Settling = Promise.withResolvers();
	durable.promise.catch(() => {});
	return { added: [], durable };
}

/** @returns whether it could be done */
function attempt(work: () => void): boolean {
	try {
		work();
		return true;
	} catch {
		return false;
	}
}
