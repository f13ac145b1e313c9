/**
 * A session is a device that is let in: one row per device. It slides: 90 days without contact end it. One that ended by
 * silence is forgotten; one that was taken away, or whose guest stayed their time, leaves the hash of its token, so that
 * the device can be told.
 */
import { newId } from '#lib/domain/id.ts';
import type { Device, Person } from '#lib/protocol/api.ts';
import type { DatabaseSync } from 'node:sqlite';
import { transaction, withoutWaiting } from './database.ts';
import { personSource, toPerson } from './people.ts';
import { Refusal } from './refusal.ts';
import { hashOf, newToken } from './token.ts';
import { toVoided, type Voided } from './voided.ts';

const hour = 3_600_000;
export const sessionLifetime = 90 * 24 * hour;
/** Contact is noted this exactly: a write per request would be a commit per request. */
const contactGrain = hour;

export type Session = { id: string; person: Person };
export type NewSession = Session & { token: string };

export type Sessions = ReturnType<typeof createSessions>;

export function createSessions(database: DatabaseSync, now: () => number) {
	const insert = database.prepare(
		`INSERT INTO device (id, person_id, name, platform, token_hash, created_at, seen_at, as_guest)
		 VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
	);
	const find = database.prepare(
		`SELECT device.id AS device, device.seen_at, ${personSource.columns}
		 FROM device JOIN person ON person.id = device.person_id ${personSource.join}
		 WHERE device.token_hash = ? AND person.removed_at IS NULL`,
	);
	const see = database.prepare('UPDATE device SET seen_at = ? WHERE id = ?');
	const end = database.prepare('DELETE FROM device WHERE id = ?');
	const loseInvitations = database.prepare('DELETE FROM invitation WHERE made_on = ? AND used_at IS NULL');
	const losePasskeys = database.prepare('DELETE FROM passkey WHERE made_on = ?');
	const loseCodes = database.prepare('DELETE FROM recovery_code WHERE made_on = ? AND used_at IS NULL');
	const forgetCodes = database.prepare('DELETE FROM recovery_code WHERE made_on = ?');
	const handOn = ['invitation', 'passkey', 'recovery_code'].map((table) =>
		database.prepare(`UPDATE ${table} SET made_on = ? WHERE made_on = ?`),
	);
	const selectDevice = 'SELECT id, person_id, name, platform, created_at, seen_at, 0 AS out FROM device';
	const selectLeft = 'SELECT id, person_id, name, platform, created_at, seen_at, 1 AS out FROM left_device';
	const everyones = database.prepare(`${selectDevice} UNION ALL ${selectLeft} ORDER BY out, seen_at DESC, id`);
	const ones = database.prepare(
		`${selectDevice} WHERE person_id = ?1 UNION ALL ${selectLeft} WHERE person_id = ?1 ORDER BY out, seen_at DESC, id`,
	);
	const one = database.prepare(`${selectDevice} WHERE id = ?1 UNION ALL ${selectLeft} WHERE id = ?1`);
	const forgetLeft = database.prepare('DELETE FROM left_device WHERE id = ?');
	const letsIn = database.prepare(
		`SELECT EXISTS (SELECT 1 FROM invitation WHERE made_on = ?1 AND used_at IS NULL AND expires_at > ?2)
			OR EXISTS (SELECT 1 FROM passkey WHERE made_on = ?1)
			OR EXISTS (SELECT 1 FROM recovery_code WHERE made_on = ?1 AND used_at IS NULL) AS it`,
	);
	const rename = database.prepare('UPDATE device SET name = ? WHERE id = ?');
	const revoked = database.prepare('SELECT 1 FROM revoked_device WHERE token_hash = ?');
	const forget = database.prepare('DELETE FROM revoked_device WHERE token_hash = ?');

	/**
	 * Silence takes nothing away, nor does who comes in on the same browser: the person may come back to what waits on their
	 * device, and where the answer to coming in is lost nothing is emptied.
	 */
	function expire(id: string, token: string): void {
		transaction(database, () => {
			end.run(id);
			forget.run(hashOf(token));
		});
	}

	const clearLeft = database.prepare(
		`DELETE FROM left_device WHERE NOT EXISTS (SELECT 1 FROM invitation WHERE made_on = left_device.id AND used_at IS NULL)
			AND NOT EXISTS (SELECT 1 FROM passkey WHERE made_on = left_device.id)
			AND NOT EXISTS (SELECT 1 FROM recovery_code WHERE made_on = left_device.id AND used_at IS NULL)`,
	);

	/** Signed itself out, or is silent for so long that it is. */
	function isOut(row: Record<string, unknown>): boolean {
		return row['out'] === 1 || now() - Number(row['seen_at']) > sessionLifetime;
	}

	return {
		/** @param device what it says of itself, its platform: so it is called until its person names it */
		begin(person: Person, device: string): NewSession {
			const id = newId();
			const token = newToken();
			const asGuest = person.role === 'guest' ? 1 : 0;
			clearLeft.run();
			insert.run(id, person.id, device, device, hashOf(token), now(), now(), asGuest);
			return { id, person, token };
		},

		/** Whose token this is, or null. `renewed`: contact was noted, and the cookie is due for another 90 days. */
		find(token: string): (Session & { renewed: boolean }) | null {
			const row = find.get(hashOf(token));
			if (!row) return null;
			const id = String(row['device']);
			const silence = now() - Number(row['seen_at']);
			if (silence > sessionLifetime) {
				attempt(database, () => expire(id, token));
				return null;
			}
			const person = toPerson(row);
			if (person.guestUntil !== undefined && Date.parse(person.guestUntil) <= now()) {
				attempt(database, () => end.run(id));
				return null;
			}
			const renewed = silence > contactGrain && attempt(database, () => see.run(now(), id));
			return { id, person, renewed };
		},

		/** Whether this was the token of a device that was signed out, or whose person was removed. */
		wasRevoked: (token: string): boolean => revoked.get(hashOf(token)) !== undefined,

		end(id: string): void {
			end.run(id);
		},

		/**
		 * Ends it for another one of the same browser. Of the same person, it is the same device: what was made on it to come
		 * in by goes with it when it is lost.
		 */
		replace(before: NewSession, next: Session): void {
			transaction(database, () => {
				if (before.person.id === next.person.id) for (const made of handOn) made.run(next.id, before.id);
				expire(before.id, before.token);
			});
		},

		/** Ends it as one that is lost. @returns what was made on it to come in by, and went with it */
		lose(id: string): Voided {
			return transaction(database, () => {
				const voided = toVoided({
					invitations: [loseInvitations.run(id)],
					passkeys: [losePasskeys.run(id)],
					codes: [loseCodes.run(id)],
				});
				for (const statement of [forgetCodes, end, forgetLeft]) statement.run(id);
				return voided;
			});
		},

		/**
		 * The devices that are in, those heard of last first; then those that are out, but on which something was made that
		 * still lets somebody in. @param personId null: everyone's
		 */
		devices(personId: string | null, current: string): Device[] {
			const rows = personId === null ? everyones.all() : ones.all(personId);
			const listed = rows.filter((row) => !isOut(row) || letsIn.get(String(row['id']), now())?.['it'] === 1);
			return listed.map((row) => toDevice(row, current, isOut(row)));
		},

		/** @throws Refusal `not-found` */
		device(id: string, current: string): Device {
			const row = one.get(id);
			if (!row) throw new Refusal('not-found');
			return toDevice(row, current, isOut(row));
		},

		rename(id: string, name: string): void {
			rename.run(name, id);
		},
	};
}

function toDevice(row: Record<string, unknown>, current: string, out: boolean): Device {
	const id = String(row['id']);
	return {
		id,
		personId: String(row['person_id']),
		name: String(row['name']),
		platform: String(row['platform']),
		seenAt: new Date(Number(row['seen_at'])).toISOString(),
		since: new Date(Number(row['created_at'])).toISOString(),
		current: id === current,
		out,
	};
}

/** Who has a session reads on when the disk is full, or the file being rewritten: its bookkeeping waits for the next contact. */
function attempt(database: DatabaseSync, bookkeeping: () => void): boolean {
	try {
		withoutWaiting(database, bookkeeping);
		return true;
	} catch {
		return false;
	}
}
