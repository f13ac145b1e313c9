/**
 * Who has approved which content of a bulletin's issue. Not in the shared document, where anybody who writes could claim
 * it: a row is made from the session of the person who approves, and a person has one per issue, the last.
 */
import type { DatabaseSync } from 'node:sqlite';

export type Approval = {
	personId: string;
	hash: string;
	/** JSON: what was approved, to say later what has changed since. */
	outline: string;
	/** Milliseconds since 1970. */
	at: number;
};

export type Approvals = ReturnType<typeof createApprovals>;

export function createApprovals(database: DatabaseSync, now: () => number) {
	const list = database.prepare('SELECT * FROM bulletin_approval WHERE issue_id = ? ORDER BY approved_at, person_id');
	const ofPerson = database.prepare(
		'SELECT * FROM bulletin_approval WHERE person_id = ? ORDER BY approved_at, issue_id',
	);
	const put = database.prepare(
		`INSERT INTO bulletin_approval (issue_id, person_id, hash, outline, approved_at) VALUES (?, ?, ?, ?, ?)
		 ON CONFLICT (issue_id, person_id) DO UPDATE
		 SET hash = excluded.hash, outline = excluded.outline, approved_at = excluded.approved_at
		 WHERE hash <> excluded.hash`,
	);
	const remove = database.prepare('DELETE FROM bulletin_approval WHERE issue_id = ? AND person_id = ?');
	const forgetOthers = database.prepare('DELETE FROM bulletin_approval WHERE issue_id = ? AND hash IS NOT ?');

	return {
		/** The earliest first. */
		list: (issueId: string): Approval[] => list.all(issueId).map(toApproval),

		/** What a person has approved, the earliest first. */
		concerning: (personId: string): { issueId: string; at: number }[] =>
			ofPerson.all(personId).map((row) => ({ issueId: String(row['issue_id']), at: Number(row['approved_at']) })),

		/** Approving the same content again changes nothing. @returns whether something changed */
		approve(issueId: string, personId: string, { hash, outline }: { hash: string; outline: string }): boolean {
			return put.run(issueId, personId, hash, outline, now()).changes > 0;
		},

		/** Those of another content go, and with them what it was. @param hash null: of any */
		forgetOthers(issueId: string, hash: string | null): void {
			forgetOthers.run(issueId, hash);
		},

		/** @returns whether there was one */
		withdraw(issueId: string, personId: string): boolean {
			return remove.run(issueId, personId).changes > 0;
		},
	};
}

function toApproval(row: Record<string, unknown>): Approval {
	return {
		personId: String(row['person_id']),
		hash: String(row['hash']),
		outline: String(row['outline']),
		at: Number(row['approved_at']),
	};
}
