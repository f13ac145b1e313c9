/**
 * Invitations: a link that lets one device in once, of somebody new or of a person who is here already. An invitation is
 * open, used or expired; a token that belongs to none of them is unknown. Invariant: one invitation makes at most one
 * person and one device.
 */
import { newId } from '#lib/domain/id.ts';
import type { Invitation, InvitationRequest, NewInvitation, Person } from '#lib/protocol/api.ts';
import type { Role } from '#lib/protocol/policy.ts';
import type { DatabaseSync } from 'node:sqlite';
import { transaction } from './database.ts';
import type { People } from './people.ts';
import { Refusal } from './refusal.ts';
import type { NewSession, Sessions } from './sessions.ts';
import { hashOf, newToken } from './token.ts';

const hour = 3_600_000;
export const invitationLifetime = 120 * hour;

export type Invitations = ReturnType<typeof createInvitations>;

export function createInvitations(database: DatabaseSync, people: People, sessions: Sessions, now: () => number) {
	const insert = database.prepare(
		`INSERT INTO invitation (id, name, role, person_id, invited_by, token_hash, created_at, expires_at)
		 VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
	);
	// A person who is here already goes by the name and the role that they have now.
	const select = `SELECT invitation.id, invitation.person_id, invitation.expires_at, invitation.used_at,
		coalesce(person.name, invitation.name) AS name, coalesce(person.role, invitation.role) AS role
		FROM invitation LEFT JOIN person ON person.id = invitation.person_id`;
	const find = database.prepare(`${select} WHERE token_hash = ?`);
	const all = database.prepare(`${select} ORDER BY invitation.created_at DESC, invitation.id`);
	const use = database.prepare('UPDATE invitation SET used_at = ? WHERE id = ? AND used_at IS NULL');
	const withdraw = database.prepare('DELETE FROM invitation WHERE id = ?');

	/** @throws Refusal `link-unknown`, `link-used`, `link-expired` */
	function openOne(token: string): Invitation & { personId: string | null } {
		const row = find.get(hashOf(token));
		if (!row) throw new Refusal('link-unknown');
		if (row['used_at'] !== null) throw new Refusal('link-used');
		if (Number(row['expires_at']) <= now()) throw new Refusal('link-expired');
		return { ...toInvitation(row), personId: row['person_id'] as string | null };
	}

	function toPerson({ personId, name, role }: { personId: string | null; name: string; role: Role }): Person {
		return personId === null ? people.add(name, role) : people.get(personId);
	}

	return {
		list: (): Invitation[] => all.all().map(toInvitation),

		/**
		 * The answer holds the token: it is not to be had again. The link falls with the role of who made it.
		 * @param invitedBy person id
		 * @throws Refusal `not-found` when there is no such person
		 */
		invite(request: InvitationRequest, invitedBy: string | null): NewInvitation {
			const personId = 'personId' in request ? request.personId : null;
			const { name, role } = 'personId' in request ? people.get(request.personId) : request;
			const id = newId();
			const token = newToken();
			const expiresAt = now() + invitationLifetime;
			insert.run(id, name, role, personId, invitedBy, hashOf(token), now(), expiresAt);
			return { id, name, role, token, expiresAt: new Date(expiresAt).toISOString(), usedAt: null };
		},

		/** Whom it is for, without using it up. Refusals as in `redeem`. */
		preview: (token: string): Invitation => openOne(token),

		/** @throws Refusal `link-unknown`, `link-used`, `link-expired` */
		redeem(token: string, device: string): NewSession {
			return transaction(database, () => {
				const invitation = openOne(token);
				if (use.run(now(), invitation.id).changes !== 1) throw new Refusal('link-used');
				return sessions.begin(toPerson(invitation), device);
			});
		},

		/** @throws Refusal `not-found` */
		withdraw(id: string): void {
			if (withdraw.run(id).changes !== 1) throw new Refusal('not-found');
		},
	};
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
