/**
 * Invitations: a link, or a code to type, that lets one device in once, of somebody new or of a person who is here
 * already. An invitation is open, used or expired; a secret that belongs to none of them is unknown. Invariant: one
 * invitation, in whichever form, makes at most one person and one device.
 */
import { newId } from '#lib/domain/id.ts';
import type { Invitation, InvitationRequest, NewInvitation, Person, PersonExport } from '#lib/protocol/api.ts';
import { readCode } from '#lib/protocol/entry-code.ts';
import type { Grant, Role } from '#lib/protocol/policy.ts';
import type { DatabaseSync } from 'node:sqlite';
import { findByHash, hashOfCode, newCode } from './code.ts';
import { transaction } from './database.ts';
import type { Guests } from './guests.ts';
import type { People } from './people.ts';
import { Refusal } from './refusal.ts';
import type { NewSession, Sessions } from './sessions.ts';
import { hashOf, newToken } from './token.ts';

const hour = 3_600_000;
export const invitationLifetime = 120 * hour;

type Open = Invitation & { personId: string | null; grant: Grant | null };

export type Invitations = ReturnType<typeof createInvitations>;

export function createInvitations(
	database: DatabaseSync,
	{ people, guests, sessions }: { people: People; guests: Guests; sessions: Sessions },
	now: () => number,
) {
	const insert = database.prepare(
		`INSERT INTO invitation
		 (id, name, role, person_id, invited_by, made_on, token_hash, code_hash, meeting_id, minutes, created_at, expires_at)
		 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
	);
	// A person who is here already goes by the name and the role that they have now.
	const select = `SELECT invitation.id, invitation.person_id, invitation.expires_at, invitation.used_at,
		invitation.meeting_id, invitation.minutes, invitation.code_hash,
		coalesce(person.name, invitation.name) AS name, coalesce(person.role, invitation.role) AS role
		FROM invitation LEFT JOIN person ON person.id = invitation.person_id`;
	const find = database.prepare(`${select} WHERE token_hash = ?`);
	const withCode = database.prepare(`${select} WHERE code_hash IS NOT NULL`);
	const all = database.prepare(`${select} ORDER BY invitation.created_at DESC, invitation.id`);
	const concerning = database.prepare(
		`SELECT id, role, invited_by, person_id, created_at, used_at FROM invitation
		 WHERE invited_by = ?1 OR person_id = ?1 ORDER BY created_at DESC`,
	);
	const use = database.prepare(`UPDATE invitation SET used_at = ?, name = '' WHERE id = ? AND used_at IS NULL`);
	// Whom a used one let in is told by its row: they go with who made it.
	const withdraw = database.prepare('DELETE FROM invitation WHERE id = ? AND used_at IS NULL');
	const isThere = database.prepare('SELECT 1 FROM invitation WHERE id = ?');
	const voidVisits = database.prepare(
		'DELETE FROM invitation WHERE person_id = ? AND meeting_id IS NOT NULL AND used_at IS NULL',
	);
	const voidDevices = database.prepare(
		`DELETE FROM invitation
		 WHERE person_id = ? AND invited_by IS ? AND meeting_id IS NULL AND used_at IS NULL`,
	);
	const forgetCodes = database.prepare('UPDATE invitation SET code_hash = NULL WHERE expires_at < ?');

	function rowOf(secret: string): Record<string, unknown> | null {
		const code = readCode(secret);
		if (code?.kind === 'invitation') return findByHash(withCode.iterate(), 'code_hash', hashOfCode(code.code));
		return find.get(hashOf(secret)) ?? null;
	}

	/** @throws Refusal `link-unknown`, `link-used`, `link-expired` */
	function openOne(secret: string): Open {
		const row = rowOf(secret);
		if (!row) throw new Refusal('link-unknown');
		if (row['used_at'] !== null) throw new Refusal('link-used');
		if (Number(row['expires_at']) <= now()) throw new Refusal('link-expired');
		const open = { ...toInvitation(row), personId: row['person_id'] as string | null, grant: toGrant(row) };
		// A link for a further device is one for as long as they are in; to a meeting only its invitation leads.
		const { personId: id, role } = open;
		if (id !== null && !open.grant && guests.isOutside({ id, role })) throw new Refusal('link-unknown');
		return open;
	}

	function toPerson({ personId, name, role, grant }: Open): Person {
		const person = personId === null ? people.add(name, role) : people.get(personId);
		if (!grant) return person;
		// Made before they rose, or for somebody else: it is for a guest, and for nobody else's role.
		if (person.role !== 'guest') throw new Refusal('link-unknown');
		guests.admit(person.id, grant);
		return people.get(person.id);
	}

	return {
		list: (): Invitation[] => all.all().map(toInvitation),

		/**
		 * The answer holds the token and the code: they are not to be had again. They fall with the role of who made them.
		 * @param invitedBy person id
		 * @param madeOn the device: when that is lost, its open invitations fall
		 * @throws Refusal `not-found` when there is no such person; `name-mixed`, `name-lookalike`
		 */
		invite(request: InvitationRequest, invitedBy: string | null, madeOn: string | null = null): NewInvitation {
			const personId = 'personId' in request ? request.personId : null;
			const { name, role } = 'personId' in request ? people.get(request.personId) : request;
			if (personId === null) people.checkName(name, null);
			const grant = 'guestOf' in request ? request.guestOf : undefined;
			const [id, token, code] = [newId(), newToken(), newCode('invitation')];
			const expiresAt = now() + invitationLifetime;
			// Two days longer than it can be used, a code still says that it is too late; then it makes no search longer.
			forgetCodes.run(now() - 48 * hour);
			const hashes = [hashOf(token), hashOfCode(code)] as const;
			// An older one, used later, would take back what this one gives.
			if (grant) voidVisits.run(personId);
			// Whoever asks for another one does not use the one before; it would lie open for days.
			else if (personId !== null) voidDevices.run(personId, invitedBy);
			const granted = [grant?.meetingId ?? null, grant?.minutes ? 1 : 0] as const;
			insert.run(id, name, role, personId, invitedBy, madeOn, ...hashes, ...granted, now(), expiresAt);
			return { id, name, role, token, code, expiresAt: new Date(expiresAt).toISOString(), usedAt: null };
		},

		/**
		 * Whom it is for, without using it up. Refusals as in `redeem`.
		 * @returns `grant`: to what it lets a guest in, also with a further device; null for everybody else
		 */
		preview(secret: string): Invitation & { grant: Grant | null } {
			const open = openOne(secret);
			const { personId, grant } = open;
			return { ...open, grant: grant ?? (personId === null ? null : (people.get(personId).guestOf ?? null)) };
		},

		/**
		 * @param secret the link's token, or the code as it was typed
		 * @throws Refusal `link-unknown`, `link-used`, `link-expired`; `name-lookalike` of who came meanwhile
		 */
		redeem(secret: string, device: string): NewSession & { invitation: string } {
			return transaction(database, () => {
				const invitation = openOne(secret);
				if (use.run(now(), invitation.id).changes !== 1) throw new Refusal('link-used');
				return { ...sessions.begin(toPerson(invitation), device), invitation: invitation.id };
			});
		},

		/** Made by a person or for them, the latest first. */
		concerning(personId: string): PersonExport['invitations'] {
			return concerning.all(personId).map((row) => ({
				id: String(row['id']),
				role: row['role'] as Role,
				by: row['invited_by'] as string | null,
				for: row['person_id'] as string | null,
				since: new Date(Number(row['created_at'])).toISOString(),
				usedAt: row['used_at'] === null ? null : new Date(Number(row['used_at'])).toISOString(),
			}));
		},

		/** @throws Refusal `not-found`; `link-used` when somebody is in by it, which it does not change any more */
		withdraw(id: string): void {
			if (withdraw.run(id).changes !== 1) throw new Refusal(isThere.get(id) ? 'link-used' : 'not-found');
		},
	};
}

function toGrant(row: Record<string, unknown>): Grant | null {
	const meetingId = row['meeting_id'];
	return typeof meetingId === 'string' ? { meetingId, minutes: row['minutes'] === 1 } : null;
}

function toInvitation(row: Record<string, unknown>): Invitation {
	return {
		id: String(row['id']),
		name: String(row['name']),
		role: row['role'] as Role,
		expiresAt: new Date(Number(row['expires_at'])).toISOString(),
		usedAt: row['used_at'] === null ? null : new Date(Number(row['used_at'])).toISOString(),
	};
}
