/** The audit log's words: what an entry is about, and its shape over `GET /api/audit`. */

/** Each has a sentence in `routes/more/audit/words.ts`. */
export const auditKinds = [
	'set-up',
	'invited',
	'invitation-withdrawn',
	'joined',
	'signed-out',
	'device-removed',
	'guest-turned-away',
	'guest-time-over',
	'person-added',
	'role-changed',
	'name-changed',
	'person-removed',
	'person-erased',
	'person-exported',
	'text-erased',
	'published',
	'page-withdrawn',
	'page-shown',
	'setting-changed',
	'passkey-added',
	'passkey-removed',
	'codes-made',
	'recovery-used',
	'restored',
] as const;
export type AuditKind = (typeof auditKinds)[number];

export type AuditEntry = {
	id: string;
	/** ISO 8601 in UTC. */
	at: string;
	/** An `AuditKind`, or one of a newer server. */
	kind: string;
	/** Person id; null for a command on the server. */
	by: string | null;
	about: string | null;
	detail: Record<string, string | number>;
};

/**
 * `GET /api/audit?before=<entry id>` (admin): the latest first, a page at a time. `names`: what the people in it are
 * called now, those who were removed included; who was erased has none.
 */
export type AuditAnswer = { entries: AuditEntry[]; more: boolean; names: Record<string, string> };
