/**
 * The audit log: who changed an access, took data out or erased something, and when. It only grows: there is no function
 * that changes or takes away an entry, and the table refuses both. People stand in it by their ids, so that whoever is
 * erased is nameless here too; nobody's name, text or token belongs into an entry.
 */
import { newId } from '#lib/domain/id.ts';
import type { Erasure } from '#lib/protocol/api.ts';
import type { AuditEntry, AuditKind } from '#lib/protocol/audit.ts';
import type { DatabaseSync } from 'node:sqlite';
import { isFull, transaction } from './database.ts';
import { noReserve, type Reserve } from './reserve.ts';

export type AuditRecord = {
	kind: AuditKind;
	/** The acting person's id; null for the server's own commands. */
	by: string | null;
	/** The id of whom or what it is about: a person, an invitation, a device, a document's name. */
	about?: string | null;
	/** Ids, words of the code and counts. */
	detail?: Readonly<Record<string, string | number>>;
};

export type Audit = ReturnType<typeof createAudit>;

const pageLength = 50;

/** @param reserve of room on the disk, for what takes an access away */
export function createAudit(database: DatabaseSync, now: () => number, reserve: Reserve = noReserve) {
	const insert = database.prepare(
		'INSERT INTO audit (id, at, kind, by_id, about_id, detail) VALUES (?, ?, ?, ?, ?, ?)',
	);
	const select = 'SELECT id, at, kind, by_id, about_id, detail FROM audit';
	const order = 'ORDER BY at DESC, sequence DESC LIMIT ?';
	const latest = database.prepare(`${select} ${order}`);
	const older = database.prepare(
		`${select} WHERE (at, sequence) < (SELECT at, sequence FROM audit WHERE id = ?) ${order}`,
	);
	const erasures = database.prepare(
		`SELECT about_id, at, detail ->> 'version' AS version, max(sequence) FROM audit
		 WHERE kind = 'text-erased' AND detail ->> 'version' IS NOT NULL GROUP BY about_id`,
	);
	const concerning = database.prepare(`${select} WHERE by_id = ?1 OR about_id = ?1 ORDER BY at, sequence`);

	function record({ kind, by, about = null, detail = {} }: AuditRecord): void {
		insert.run(newId(), now(), kind, by, about, JSON.stringify(detail));
	}

	function recording<T>(work: () => T, toRecord: (result: T) => AuditRecord | readonly AuditRecord[]): T {
		return transaction(database, () => {
			const result = work();
			for (const each of [toRecord(result)].flat()) record(each);
			return result;
		});
	}

	function revoking<T>(...change: Parameters<typeof recording<T>>): T {
		for (;;) {
			try {
				return recording(...change);
			} catch (cause) {
				if (!isFull(cause) || !reserve.giveUp()) throw cause;
			}
		}
	}

	return {
		record,

		/** `work` and its entry, or entries: all or nothing. */
		recording,

		/** The same of what takes an access away, which goes on a full disk too: then nothing stays of it, and it is done again. */
		revoking,

		/** One page, the latest first. @param before the id of the last entry of the page before */
		page(before: string | null): { entries: AuditEntry[]; more: boolean } {
			const rows = before === null ? latest.all(pageLength + 1) : older.all(before, pageLength + 1);
			return { entries: rows.slice(0, pageLength).map(toEntry), more: rows.length > pageLength };
		},

		/** Of each document, when what was deleted from it was erased last, and up to which version it is without that. */
		erasures: (): Map<string, { erased: Erasure }> =>
			new Map(erasures.all().map((row) => [String(row['about_id']), { erased: toErasure(row) }])),

		/** Everything that a person did or that was done to them, the earliest first. */
		concerning: (personId: string): AuditEntry[] => concerning.all(personId).map(toEntry),
	};
}

function toErasure(row: Record<string, unknown>): Erasure {
	return { at: new Date(Number(row['at'])).toISOString(), version: Number(row['version']) };
}

function toEntry(row: Record<string, unknown>): AuditEntry {
	return {
		id: String(row['id']),
		at: new Date(Number(row['at'])).toISOString(),
		kind: String(row['kind']),
		by: row['by_id'] as string | null,
		about: row['about_id'] as string | null,
		detail: JSON.parse(String(row['detail'])) as AuditEntry['detail'],
	};
}
