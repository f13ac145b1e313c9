/** The SQL of the store, each statement as a function with types. Blobs are copied out of SQLite by node:sqlite. */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import type { DatabaseSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import type { Sequence, StoredDocument } from './contract.ts';
import { decodeRun, encodeRun } from './update-run.ts';

const lastSequence = `max(
	coalesce((SELECT max(sequence) FROM document_update WHERE document = document.id), 0),
	coalesce((SELECT max(last) FROM document_run WHERE document = document.id), 0),
	coalesce((SELECT sequence FROM document_snapshot WHERE document = document.id), 0))`;

/** One state for all updates up to a sequence, and what it holds, where that is known. */
export type Snapshot = { state: Uint8Array; upTo: Sequence; vector: Uint8Array | undefined };

export function prepareStatements(database: DatabaseSync) {
	const create = database.prepare('INSERT INTO document (name) VALUES (?) ON CONFLICT DO NOTHING');
	const find = database.prepare('SELECT id FROM document WHERE name = ?');
	const sequence = database.prepare(`SELECT ${lastSequence} AS sequence FROM document WHERE name = ?`);
	const insert = database.prepare('INSERT INTO document_update (document, sequence, content) VALUES (?, ?, ?)');
	const snapshot = database.prepare('SELECT sequence, state FROM document_snapshot WHERE document = ?');
	const vector = database.prepare('SELECT vector, checksum FROM snapshot_vector WHERE document = ? AND sequence = ?');
	const noteVector = database.prepare(
		'INSERT OR REPLACE INTO snapshot_vector (document, sequence, checksum, vector) VALUES (?, ?, ?, ?)',
	);
	const tail = database.prepare('SELECT sequence, content FROM document_update WHERE document = ? ORDER BY sequence');
	const runs = database.prepare('SELECT first, updates FROM document_run WHERE document = ? ORDER BY first');
	const insertRun = database.prepare('INSERT INTO document_run (document, first, last, updates) VALUES (?, ?, ?, ?)');
	const forgetRuns = database.prepare('DELETE FROM document_run WHERE document = ? AND last <= ?');
	const install = database.prepare(
		`INSERT INTO document_snapshot (document, sequence, state) VALUES (?, ?, ?)
		 ON CONFLICT (document) DO UPDATE SET sequence = excluded.sequence, state = excluded.state`,
	);
	const forget = database.prepare('DELETE FROM document_update WHERE document = ? AND sequence <= ?');
	const bind = database.prepare(
		`INSERT INTO document_author (document, client, person) VALUES (?, ?, ?)
		 ON CONFLICT (document, client) DO UPDATE SET person = NULL WHERE person IS NOT excluded.person`,
	);
	const authors = database.prepare('SELECT client, person FROM document_author WHERE document = ?');
	const fill = database.prepare('INSERT INTO probe (content) VALUES (zeroblob(?))');
	const clear = database.prepare('DELETE FROM probe');
	const list = database.prepare(`SELECT name, ${lastSequence} AS sequence FROM document ORDER BY name`);

	function idOf(name: DocumentName): number | null {
		const row = find.get(name);
		return row ? Number(row['id']) : null;
	}

	function sequenceOf(name: DocumentName): Sequence {
		return Number(sequence.get(name)?.['sequence'] ?? 0);
	}

	/** @returns what these bytes hold, if that was noted for them */
	function vectorOf(document: number | null, upTo: Sequence, state: Uint8Array): { vector?: Uint8Array } {
		const row = vector.get(document, upTo);
		return row?.['checksum'] === crc32(state) ? { vector: row['vector'] as Uint8Array } : {};
	}

	return {
		sequenceOf,
		exists: (name: DocumentName): boolean => idOf(name) !== null,

		/** @returns the document's row, made when missing */
		create(name: DocumentName): number {
			const known = idOf(name);
			return known ?? Number(create.run(name).lastInsertRowid);
		},

		insert(document: number, at: Sequence, content: Uint8Array): void {
			insert.run(document, at, content);
		},

		bind(document: number, client: number, person: string | null): void {
			bind.run(document, client, person);
		},

		authors(name: DocumentName): Map<number, string | null> {
			const rows = authors.all(idOf(name));
			return new Map(rows.map((row) => [Number(row['client']), row['person'] as string | null]));
		},

		insertRun(document: number, first: Sequence, updates: readonly Uint8Array[]): void {
			insertRun.run(document, first, first + updates.length - 1, encodeRun(updates));
		},

		read(name: DocumentName): StoredDocument {
			const document = idOf(name);
			const row = snapshot.get(document);
			const compacted = Number(row?.['sequence'] ?? 0);
			const single = tail.all(document).map((each) => ({
				first: Number(each['sequence']),
				updates: [each['content'] as Uint8Array],
			}));
			const several = runs.all(document).map((each) => ({
				first: Number(each['first']),
				updates: decodeRun(each['updates'] as Uint8Array),
			}));
			const state = row ? (row['state'] as Uint8Array) : null;
			return {
				snapshot: state,
				...(state && vectorOf(document, compacted, state)),
				tail: inOrder([...single, ...several], compacted),
				sequence: sequenceOf(name),
			};
		},

		/** Replaces what is here up to `upTo`, unless a later state is here. */
		install(document: number, { state, upTo, vector }: Snapshot): void {
			const compacted = Number(snapshot.get(document)?.['sequence'] ?? 0);
			if (compacted >= upTo) return;
			install.run(document, upTo, state);
			if (vector) noteVector.run(document, upTo, crc32(state), vector);
			forget.run(document, upTo);
			forgetRuns.run(document, upTo);
		},

		fillProbe: (bytes: number): void => void fill.run(bytes),
		clearProbe: (): void => void clear.run(),

		list: (): { name: DocumentName; sequence: Sequence }[] =>
			list.all().map((row) => ({ name: row['name'] as DocumentName, sequence: Number(row['sequence']) })),
	};
}

type Run = { first: Sequence; updates: Uint8Array[] };

/** @returns the updates after a sequence, each once */
function inOrder(runs: Run[], after: Sequence): Uint8Array[] {
	let last = after;
	return runs
		.sort((a, b) => a.first - b.first)
		.flatMap(({ first, updates }) => {
			const fresh = updates.slice(Math.max(0, last + 1 - first));
			last = Math.max(last, first + updates.length - 1);
			return fresh;
		});
}
