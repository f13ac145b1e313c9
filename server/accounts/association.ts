/**
 * The association, and how it comes to be: whoever opens the link that the server printed names it and becomes its
 * first admin. The link's token lives in this process only; a restart before set-up prints another one.
 */
import { newId } from '#lib/domain/id.ts';
import type { Association, SetUpRequest } from '#lib/protocol/api.ts';
import { timingSafeEqual } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { transaction } from './database.ts';
import type { People } from './people.ts';
import { Refusal } from './refusal.ts';
import type { NewSession, Sessions } from './sessions.ts';
import { hashOf, newToken } from './token.ts';

export const defaultTimeZone = 'Europe/Berlin';

export type Associations = ReturnType<typeof createAssociation>;

export function createAssociation(database: DatabaseSync, people: People, sessions: Sessions) {
	const find = database.prepare('SELECT name, time_zone, epoch FROM association');
	const insert = database.prepare('INSERT INTO association (only, name, time_zone, epoch) VALUES (1, ?, ?, ?)');
	let setUpHash: Uint8Array | null = null;

	/** `epoch` names this life of the data: devices that hold another one must not mix the two. */
	function current(): { association: Association; epoch: string } | null {
		const row = find.get();
		if (!row) return null;
		const association = { name: String(row['name']), timeZone: String(row['time_zone']) };
		return { association, epoch: String(row['epoch']) };
	}

	const change = database.prepare('UPDATE association SET name = ?, time_zone = ?');

	return {
		current,

		change: ({ name, timeZone }: Association): void => void change.run(name, timeZone),

		/** The token of the set-up link, or null when the association is there. Asking again voids the one before. */
		setUpToken(): string | null {
			if (current()) return null;
			const token = newToken();
			setUpHash = hashOf(token);
			return token;
		},

		/** @throws Refusal `already-set-up`, `link-unknown` */
		setUp({ token, association, name }: SetUpRequest, device: string): NewSession {
			return transaction(database, () => {
				if (current()) throw new Refusal('already-set-up');
				if (!setUpHash || !timingSafeEqual(setUpHash, hashOf(token))) throw new Refusal('link-unknown');
				insert.run(association, defaultTimeZone, newId());
				return sessions.begin(people.add(name, 'admin'), device);
			});
		},
	};
}
