/**
 * One SQLite file. As the base beneath the log it holds what the log was freed of; it is a whole store by itself too, with
 * one transaction per append. It works synchronously, which stays behind the contract's promises.
 */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import { committed } from './appending.ts';
import type { Base, Moved } from './base.ts';
import type { Append, Author, Sequence, UpdateStore } from './contract.ts';
import { StorageError } from './contract.ts';
import { beginLife, type Life, type Moment, systemMoment } from './sqlite-life.ts';
import { createFence } from './fence.ts';
import { identityOf, type Starts, startsOf } from './sqlite-identity.ts';
import { type FileLock, lockFile } from './sqlite-lock.ts';
import { type Durability, durabilityOf, openDatabase } from './sqlite-schema.ts';
import { prepareStatements, type Snapshot } from './sqlite-statements.ts';
import { scrubFile } from './sqlite-scrub.ts';
import { createVersionStore } from './sqlite-versions.ts';

export type SqliteStore = UpdateStore &
	Base & {
		/** What the connection runs with, asked of SQLite now. */
		durability(): Durability;
		life: Omit<Life, 'end'>;
		/** Of the file; made when it has none, which writes to it. */
		identity(): string;
		starts: Starts;
	};

export type SqliteOptions = {
	/** The file grows to no more than so many pages of 4096 bytes; then the store is full. */
	pageLimit?: number;
	/** False for a file that nobody else can have open. */
	locked?: boolean;
	moment?: Moment;
};

/** Enough that a page or two which happen to be free do not pass for space. */
const probeBytes = 64 * 1024;

/**
 * @param path a file, made when missing, or `:memory:`
 * @throws StorageError when another process holds the file, or it cannot be made durable
 */
export function openSqliteStore(path: string, options: SqliteOptions = {}): SqliteStore {
	const moment = options.moment ?? systemMoment();
	const lock = path === ':memory:' || options.locked === false ? null : lockFile(path, moment);
	try {
		const database = openDatabase(path, options.pageLimit);
		lock?.noteIn(database);
		return createStore(path, database, beginLife(database, moment), lock);
	} catch (cause) {
		lock?.giveBack();
		throw toStorageError(cause);
	}
}

function createStore(
	path: string,
	database: ReturnType<typeof openDatabase>,
	life: Life,
	lock: FileLock | null,
): SqliteStore {
	const statements = prepareStatements(database);
	const fence = createFence();
	let closed = false;
	let rewriting: Promise<void> = Promise.resolve();

	function transaction<Result>(begin: 'BEGIN' | 'BEGIN IMMEDIATE', work: () => Result): Result {
		if (closed) throw new StorageError('failed', 'the store is closed');
		try {
			database.exec(begin);
			const result = work();
			database.exec('COMMIT');
			return result;
		} catch (cause) {
			if (database.isTransaction) database.exec('ROLLBACK');
			throw toStorageError(cause);
		}
	}

	function appendOne({ name, updates, authors = [] }: Append): Sequence {
		if (updates.length === 0) return statements.sequenceOf(name);
		const document = statements.create(name);
		let sequence = statements.sequenceOf(name);
		for (const update of updates) statements.insert(document, ++sequence, update);
		bindAll(document, authors);
		return sequence;
	}

	function compactOne(name: DocumentName, snapshot: Snapshot): void {
		if (snapshot.upTo <= statements.sequenceOf(name)) statements.install(statements.create(name), snapshot);
	}

	/** What of it is here already was moved before a crash. */
	function adoptOne({ name, first, updates, authors }: Moved): void {
		const known = Math.max(0, statements.sequenceOf(name) + 1 - first);
		const document = statements.create(name);
		if (known < updates.length) statements.insertRun(document, first + known, updates.slice(known));
		bindAll(document, authors);
	}

	function installOne(name: DocumentName, snapshot: Snapshot, authors: readonly Author[]): void {
		const document = statements.create(name);
		statements.install(document, snapshot);
		bindAll(document, authors);
	}

	function bindAll(document: number, authors: Iterable<Author>): void {
		for (const [client, person] of authors) statements.bind(document, client, person);
	}

	async function commit(batch: readonly Append[]): Promise<Sequence[]> {
		return writing(() => batch.map(appendOne));
	}

	function close(): void {
		if (closed) return;
		closed = true;
		life.end();
		lock?.forgetIn(database);
		database.close();
		lock?.giveBack();
	}

	const reading = <Result>(work: () => Result) => transaction('BEGIN', work);
	const rewritten = () => rewriting.catch(() => {});
	const writing = <Result>(work: () => Result) => transaction('BEGIN IMMEDIATE', work);

	return {
		...createVersionStore(database, { reading, writing, rewritten }),
		load: async (name) => reading(() => statements.read(name)),
		append: (batch) => committed(commit(batch)),
		async compact(name, state, upTo, token, vector) {
			if (fence.allows(name, token)) writing(() => compactOne(name, { state, upTo, vector }));
		},
		authors: async (name) => reading(() => statements.authors(name)),
		exists: async (name) => reading(() => statements.exists(name)),
		list: async () => reading(() => statements.list()),
		async probe() {
			writing(() => statements.fillProbe(probeBytes));
			writing(() => statements.clearProbe());
		},
		durability: () => durabilityOf(database),
		identity: () => identityOf(database),
		starts: startsOf(database),
		life,
		sequenceOf: (name) => reading(() => statements.sequenceOf(name)),
		read: (name) => reading(() => statements.read(name)),
		has: (name) => reading(() => statements.exists(name)),
		all: () => reading(() => statements.list()),
		adopt: (moved) => writing(() => moved.forEach(adoptOne)),
		install: (name, state, upTo, authors, vector) => writing(() => installOne(name, { state, upTo, vector }, authors)),
		authorsOf: (name) => reading(() => statements.authors(name)),
		mention: (name) => writing(() => void statements.create(name)),
		async scrub() {
			if (closed) throw new StorageError('failed', 'the store is closed');
			// What is in memory has no pages that outlive it.
			if (path === ':memory:') return;
			rewriting = scrubFile(path);
			await rewriting.catch((cause: unknown) => Promise.reject(toStorageError(cause)));
		},
		rewritten,
		closeBase: close,
		close: async () => close(),
	};
}

/** SQLITE_FULL, also as an extended code. */
const full = 13;

function toStorageError(cause: unknown): StorageError {
	if (cause instanceof StorageError) return cause;
	const code = (cause as { errcode?: number }).errcode ?? 0;
	const message = cause instanceof Error ? cause.message : String(cause);
	return new StorageError((code & 0xff) === full ? 'full' : 'failed', message, { cause });
}
