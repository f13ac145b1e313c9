import type { DocumentName } from '#lib/protocol/document-name.ts';

/** Leases as a database keeps them: a row for each document, which stays, because of its token. */
export type LeaseRows = {
	/** @returns its token, null while another holds it */
	take(name: DocumentName): number | null;
	giveBack(name: DocumentName, token: number): void;
};

/** Milliseconds. */
const duration = 60_000;

export function createLeaseRows(now: () => number): LeaseRows {
	const rows = new Map<DocumentName, { token: number; until: number }>();
	return {
		take(name) {
			const row = rows.get(name) ?? { token: 0, until: 0 };
			if (row.until > now()) return null;
			rows.set(name, { token: row.token + 1, until: now() + duration });
			return row.token + 1;
		},
		giveBack(name, token) {
			const row = rows.get(name);
			if (row?.token === token) row.until = 0;
		},
	};
}
