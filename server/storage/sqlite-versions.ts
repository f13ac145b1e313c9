/** The history's part of the SQLite store. States are kept compressed: they are read seldom, and there are many. */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import type { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import { StorageError } from './contract.ts';
import type { Version, VersionStore } from './version-contract.ts';

const compress = promisify<Uint8Array, Buffer>(deflateRaw);
const expand = promisify<Uint8Array, Buffer<ArrayBuffer>>(inflateRaw);

/** Runs work in a transaction of its own. */
type Transactions = {
	reading<Result>(work: () => Result): Result;
	writing<Result>(work: () => Result): Result;
	/** Settles when the file is not being rewritten. */
	rewritten(): Promise<void>;
};

export function createVersionStore(database: DatabaseSync, transactions: Transactions): VersionStore {
	const { reading, writing, rewritten } = transactions;
	const documentId = '(SELECT id FROM document WHERE name = ?)';
	const list = database.prepare(
		`SELECT id, label, made_at, person_id, sequence FROM document_version WHERE document = ${documentId}
		 ORDER BY made_at DESC, rowid DESC`,
	);
	const read = database.prepare(`SELECT state FROM document_version WHERE document = ${documentId} AND id = ?`);
	const forget = database.prepare(`DELETE FROM document_version WHERE document = ${documentId} AND id = ?`);
	const insert = database.prepare(
		`INSERT INTO document_version (document, id, label, made_at, person_id, sequence, state)
		 SELECT document.id, ?, ?, ?, ?, ?, ? FROM document WHERE name = ?`,
	);

	const compactedTo = database.prepare(`SELECT sequence FROM document_snapshot WHERE document = ${documentId}`);

	function keep(name: DocumentName, version: Version, state: Uint8Array): boolean {
		const { id, label, madeAt, personId, sequence } = version;
		if (Number(compactedTo.get(name)?.['sequence'] ?? 0) > sequence) return false;
		const { changes } = insert.run(id, label, madeAt, personId, sequence, state, name);
		if (changes === 0) throw new StorageError('failed', 'a version of a document that does not exist');
		return true;
	}

	return {
		versions: async (name) => reading(() => list.all(name).map(toVersion)),
		async readVersion(name, id) {
			const row = reading(() => read.get(name, id));
			return row ? bytesOf(await expand(row['state'] as Uint8Array)) : null;
		},
		async keepVersion(name, version, state) {
			const compressed = await compress(state);
			await rewritten();
			// Outside of the transaction: what is asked looks into the same file by another connection.
			const made = typeof version === 'function' ? version() : version;
			return writing(() => keep(name, made, compressed)) ? made : null;
		},
		forgetVersions: async (name, ids) => writing(() => ids.forEach((id) => forget.run(name, id))),
	};
}

/** The same bytes, not a copy. */
function bytesOf({ buffer, byteOffset, byteLength }: Buffer<ArrayBuffer>): Uint8Array<ArrayBuffer> {
	return new Uint8Array(buffer, byteOffset, byteLength);
}

function toVersion(row: Record<string, unknown>): Version {
	return {
		id: String(row['id']),
		label: row['label'] as string | null,
		madeAt: Number(row['made_at']),
		personId: row['person_id'] as string | null,
		sequence: Number(row['sequence']),
	};
}
