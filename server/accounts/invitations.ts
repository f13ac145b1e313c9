/**
 * Invitations: a link that lets one person in once. An invitation is open, used or expired; a token that belongs to
 * none of them is unknown. Invariant: one invitation makes at most one person and one device.
 */
import { newId } from '#lib/domain/id.ts';
import type { Invitation, NewInvitation } from '#lib/protocol/api.ts';
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
		'INSERT INTO invitation (id, name, role, token_hash, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)',
	);
	const find = database.prepare('SELECT * FROM invitation WHERE token_hash = ?');
	const all = database.prepare('SELECT * FROM invitation ORDER BY created_at DESC, id');
	const use = database.prepare('UPDATE invitation SET used_at = ? WHERE id = ? AND used_at IS NULL');
	const withdraw = database.prepare('DELETE FROM invitation WHERE id = ?');

	/** @throws Refusal `link-unknown`, `link-used`, `link-expired` */
	function openOne(token: string): Invitation {
		const row = find.get(hashOf(token));
		if (!row) throw new Refusal('link-unknown');
		if (row['used_at'] !== null) throw new Refusal('link-used');
		if (Number(row['expires_at']) <= now()) throw new Refusal('link-expired');
		return toInvitation(row);
	}

	return {
		list: (): Invitation[] => all.all().map(toInvitation),

		/** The answer holds the token: it is not to be had again. */
		invite(name: string, role: Role): NewInvitation {
			const id = newId();
			const token = newToken();
			const expiresAt = now() + invitationLifetime;
			insert.run(id, name, role, hashOf(token), now(), expiresAt);
			return { id, name, role, token, expiresAt: new Date(expiresAt).toISOString(), usedAt: null };
		},

		/** Whom it is for, without using it up. Refusals as in `redeem`. */
		preview: (token: string): Invitation => openOne(token),

		/** @throws Refusal `link-unknown`, `link-used`, `link-expired` */
		redeem(token: string, device: string): NewSession {
			return transaction(database, () => {
				const invitation = openOne(token);
				if (use.run(now(), invitation.id).changes !== 1) throw new Refusal('link-used');
				return sessions.begin(people.add(invitation.name, invitation.role), device);
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
