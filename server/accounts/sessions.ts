/**
 * A session is a device that is let in: one row per device. It slides: 90 days without contact end it.
 */
import { newId } from '#lib/domain/id.ts';
import type { Person } from '#lib/protocol/api.ts';
import type { DatabaseSync } from 'node:sqlite';
import { toPerson } from './people.ts';
import { hashOf, newToken } from './token.ts';

const hour = 3_600_000;
export const sessionLifetime = 90 * 24 * hour;
/** Contact is noted this exactly: a write per request would be a commit per request. */
const contactGrain = hour;

export type Session = { id: string; person: Person };
export type NewSession = Session & { token: string };

export type Sessions = ReturnType<typeof createSessions>;

export function createSessions(database: DatabaseSync, now: () => number) {
	const insert = database.prepare(
		'INSERT INTO device (id, person_id, name, token_hash, created_at, seen_at) VALUES (?, ?, ?, ?, ?, ?)',
	);
	const find = database.prepare(
		`SELECT device.id AS device, device.seen_at, person.id, person.name, person.role, person.contact
		 FROM device JOIN person ON person.id = device.person_id
		 WHERE device.token_hash = ? AND person.removed_at IS NULL`,
	);
	const see = database.prepare('UPDATE device SET seen_at = ? WHERE id = ?');
	const end = database.prepare('DELETE FROM device WHERE id = ?');

	return {
		/** @param device what to call the device in the list of devices */
		begin(person: Person, device: string): NewSession {
			const id = newId();
			const token = newToken();
			insert.run(id, person.id, device, hashOf(token), now(), now());
			return { id, person, token };
		},

		/** Whose token this is, or null. `renewed`: contact was noted, and the cookie is due for another 90 days. */
		find(token: string): (Session & { renewed: boolean }) | null {
			const row = find.get(hashOf(token));
			if (!row) return null;
			const id = String(row['device']);
			const silence = now() - Number(row['seen_at']);
			if (silence > sessionLifetime) {
				attempt(() => end.run(id));
				return null;
			}
			const renewed = silence > contactGrain && attempt(() => see.run(now(), id));
			return { id, person: toPerson(row), renewed };
		},

		end(id: string): void {
			end.run(id);
		},
	};
}

/** Who has a session reads on when the disk is full: its bookkeeping waits for the next contact. */
function attempt(bookkeeping: () => void): boolean {
	try {
		bookkeeping();
		return true;
	} catch {
		return false;
	}
}
