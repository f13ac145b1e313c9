/**
 * Guests: people of one meeting each. A guest is a person in that role; what they may open is their row here, and without
 * one nothing. Being let in to another meeting takes the place of the one before. It ends by itself, `guestDays` after they
 * used their invitation; the next one begins anew.
 */
import type { GuestOfHost, Person } from '#lib/protocol/api.ts';
import { limits } from '#lib/protocol/limits.ts';
import type { Grant } from '#lib/protocol/policy.ts';
import type { DatabaseSync } from 'node:sqlite';
import { transaction } from './database.ts';
import { Refusal } from './refusal.ts';
import { toVoided, type Voided } from './voided.ts';

export type Guests = ReturnType<typeof createGuests>;

export const guestTime = limits.guestDays * 24 * 3_600_000;

export function createGuests(database: DatabaseSync, now: () => number) {
	const admit = database.prepare(
		`INSERT INTO guest (person_id, meeting_id, minutes, ends_at) VALUES (?, ?, ?, ?)
		 ON CONFLICT (person_id) DO UPDATE SET
		 meeting_id = excluded.meeting_id, minutes = excluded.minutes, ends_at = excluded.ends_at`,
	);
	const isGuest = database.prepare(`SELECT 1 FROM person WHERE id = ? AND role = 'guest' AND removed_at IS NULL`);
	const overdue = database.prepare('SELECT person_id FROM guest WHERE ends_at <= ?');
	const remove = database.prepare('DELETE FROM guest WHERE person_id = ?');
	const endSessions = database.prepare('DELETE FROM device WHERE person_id = ?');
	const withdraw = database.prepare('DELETE FROM invitation WHERE person_id = ? AND used_at IS NULL');
	const withdrawOf = database.prepare(
		'DELETE FROM invitation WHERE person_id = ?1 AND used_at IS NULL AND (invited_by = ?2 OR meeting_id IS NULL)',
	);
	const letInBy = database.prepare(
		`SELECT guest.person_id, person.name, guest.meeting_id, guest.ends_at FROM guest JOIN person ON person.id = person_id
		 WHERE role = 'guest' AND removed_at IS NULL AND ends_at > ?1 AND ?2 = (
			SELECT invited_by FROM invitation
			WHERE invitation.person_id = guest.person_id AND invitation.meeting_id = guest.meeting_id AND used_at IS NOT NULL
			ORDER BY used_at DESC LIMIT 1)
		 ORDER BY person.name, person.id`,
	);
	const isIn = database.prepare('SELECT 1 FROM guest WHERE person_id = ? AND ends_at > ?');
	const endVisitors = database.prepare('DELETE FROM device WHERE person_id = ? AND as_guest = 1');
	const withdrawOwn = database.prepare(
		'DELETE FROM invitation WHERE person_id = ? AND meeting_id IS NULL AND used_at IS NULL',
	);

	return {
		/** What is left of a time that is over does not come back with the next one. */
		admit(personId: string, { meetingId, minutes }: Grant): void {
			transaction(database, () => {
				if (!isIn.get(personId, now())) for (const statement of [endVisitors, withdrawOwn]) statement.run(personId);
				admit.run(personId, meetingId, minutes ? 1 : 0, now() + guestTime);
			});
		},

		/** Whether they are a guest whom no meeting is open to: then nothing but an invitation to one lets them in. */
		isOutside: ({ id, role }: Pick<Person, 'id' | 'role'>): boolean =>
			role === 'guest' && isIn.get(id, now()) === undefined,

		/**
		 * Takes everything by which a guest gets in; they stay a name on lists.
		 * @param hostId only what this person gave them, and their own links: another's invitation stays
		 * @returns what that was
		 * @throws Refusal `not-found` for who is no guest
		 */
		turnAway(personId: string, hostId?: string): Voided {
			return transaction(database, () => {
				if (!isGuest.get(personId)) throw new Refusal('not-found');
				remove.run(personId);
				const invitations = hostId === undefined ? withdraw.run(personId) : withdrawOf.run(personId, hostId);
				return toVoided({ devices: [endSessions.run(personId)], invitations: [invitations] });
			});
		},

		/** Who is in by an invitation that this person made. */
		letInBy: (hostId: string): GuestOfHost[] =>
			letInBy.all(now(), hostId).map((row) => ({
				id: String(row['person_id']),
				name: String(row['name']),
				meetingId: String(row['meeting_id']),
				until: new Date(Number(row['ends_at'])).toISOString(),
			})),

		/** Whose time is over: requests are refused already, and `end` takes what is left. */
		overdue: (): string[] => overdue.all(now()).map((row) => String(row['person_id'])),

		/**
		 * Their way in, their devices and their links for further ones go, as when they are turned away; an invitation that is
		 * open begins anew.
		 * @returns what went
		 */
		end(personId: string): Voided {
			return transaction(database, () => {
				remove.run(personId);
				return toVoided({ devices: [endSessions.run(personId)], invitations: [withdrawOwn.run(personId)] });
			});
		},
	};
}
