/**
 * The people of the association. Documents hold only their ids; names and contact data are here, so that a person can
 * be erased. Invariant: while there is an association, at least one person who is not removed is an admin.
 */
import { newId } from '#lib/domain/id.ts';
import type { Person, PersonChange, PersonExport } from '#lib/protocol/api.ts';
import type { Role } from '#lib/protocol/policy.ts';
import type { DatabaseSync } from 'node:sqlite';
import { transaction } from './database.ts';
import { mixesAlphabets, passesFor } from './names.ts';
import { Refusal } from './refusal.ts';
import { toVoided, type Voided } from './voided.ts';

/** What `toPerson` reads. */
const personColumns =
	'person.id, person.name, person.role, person.contact, guest.meeting_id, guest.minutes, guest.ends_at';
export const personSource = { columns: personColumns, join: 'LEFT JOIN guest ON guest.person_id = person.id' };
const selectPerson = `SELECT ${personColumns} FROM person ${personSource.join}`;

export type People = ReturnType<typeof createPeople>;

export function createPeople(database: DatabaseSync, now: () => number) {
	const find = database.prepare(`${selectPerson} WHERE person.id = ? AND removed_at IS NULL`);
	const all = database.prepare(`${selectPerson} WHERE removed_at IS NULL ORDER BY name, id`);
	const toCome = database.prepare(
		'SELECT name FROM invitation WHERE person_id IS NULL AND used_at IS NULL AND expires_at > ?',
	);
	const name = database.prepare(`SELECT name FROM person WHERE id = ? AND name <> ''`);
	const insert = database.prepare(
		`INSERT INTO person (id, name, role, created_at) VALUES (?, ?, ?, ?)
		 ON CONFLICT (id) DO UPDATE SET removed_at = NULL, role = iif(removed_at IS NULL, role, excluded.role),
		 name = iif(name = '', excluded.name, name)`,
	);
	const update = database.prepare('UPDATE person SET name = ?, role = ?, contact = ? WHERE id = ?');
	const remove = database.prepare('UPDATE person SET removed_at = ? WHERE id = ?');
	const forgetPasskeys = database.prepare('DELETE FROM passkey WHERE person_id = ?');
	// Those that were used let nobody in any more: they are no loss.
	const voidCodes = database.prepare('DELETE FROM recovery_code WHERE person_id = ? AND used_at IS NULL');
	const forgetCodes = database.prepare('DELETE FROM recovery_code WHERE person_id = ?');
	const whole = database.prepare(
		`SELECT ${personColumns}, created_at, removed_at FROM person ${personSource.join} WHERE person.id = ?`,
	);
	const everyone = database.prepare('SELECT id FROM person');
	const everHere = database.prepare('SELECT removed_at FROM person WHERE id = ?');
	// Invented people of the example evening leave no trace when it is removed.
	const former = database.prepare(
		`SELECT id, name FROM person WHERE removed_at IS NOT NULL AND id NOT LIKE 'example%' ORDER BY id`,
	);
	const erase = database.prepare(`UPDATE person SET name = '', contact = NULL WHERE id = ?`);
	const forgetInvitations = database.prepare('DELETE FROM invitation WHERE person_id = ?');
	const endVisit = database.prepare('DELETE FROM guest WHERE person_id = ?');
	const endSessions = database.prepare('DELETE FROM device WHERE person_id = ?');
	const forgetLeft = database.prepare('DELETE FROM left_device WHERE person_id = ?');
	const endVisitors = database.prepare('DELETE FROM device WHERE person_id = ? AND as_guest = 1');
	const withdrawInvitations = database.prepare('DELETE FROM invitation WHERE person_id = ? AND used_at IS NULL');
	const withdrawMade = database.prepare('DELETE FROM invitation WHERE invited_by = ? AND used_at IS NULL');
	const otherAdmins = database.prepare(
		`SELECT count(*) AS n FROM person WHERE role = 'admin' AND removed_at IS NULL AND id <> ?`,
	);

	function existing(id: string): Person {
		const row = find.get(id);
		if (!row) throw new Refusal('not-found');
		return toPerson(row);
	}

	function protectLastAdmin(person: Person): void {
		if (person.role === 'admin' && Number(otherAdmins.get(person.id)?.['n']) === 0) throw new Refusal('last-admin');
	}

	/**
	 * Who is invited has their name already: nobody takes it in other letters before they come.
	 * @param id whose it is to be; null: somebody's who is to come
	 * @throws Refusal `name-mixed`, `name-lookalike`
	 */
	function checkName(next: string, id: string | null): void {
		if (mixesAlphabets(next)) throw new Refusal('name-mixed');
		const others = [...all.all().filter((row) => row['id'] !== id), ...toCome.all(now())];
		if (others.some((row) => passesFor(next, String(row['name'])))) throw new Refusal('name-lookalike');
	}

	function forgetKeys(id: string) {
		const went = { passkeys: [forgetPasskeys.run(id)], codes: [voidCodes.run(id)] };
		forgetCodes.run(id);
		return went;
	}

	function removeOne(id: string): Voided {
		protectLastAdmin(existing(id));
		remove.run(now(), id);
		endVisit.run(id);
		const voided = toVoided({
			...forgetKeys(id),
			devices: [endSessions.run(id)],
			invitations: [withdrawInvitations.run(id), withdrawMade.run(id)],
		});
		forgetLeft.run(id);
		return voided;
	}

	/** What was handed out for the role that somebody had opens nothing in another: whoever holds it was not given that one. */
	function leaveRole(id: string, next: Role): Voided {
		// Who is a guest again one day is let in to a meeting anew, by its invitation and nothing else.
		endVisit.run(id);
		return toVoided({
			// Theirs would be a way back in, and one for them a way for who made it into a role that they could not give.
			invitations: [withdrawMade.run(id), withdrawInvitations.run(id)],
			// A link for one evening may have been opened by whoever stood at the table.
			...(next !== 'guest' && { devices: [endVisitors.run(id)] }),
			...(next === 'guest' && forgetKeys(id)),
		});
	}

	return {
		list: (): Person[] => all.all().map(toPerson),

		/** @throws Refusal `not-found`, for a removed person too */
		get: existing,

		/** What somebody is called, removed or not; null for who was never here, or was erased. */
		nameOf(id: string): string | null {
			const row = name.get(id);
			return row ? String(row['name']) : null;
		},

		checkName,

		/** Empty for somebody who is not here, or not any more. */
		presentNameOf: (id: string): string => String(find.get(id)?.['name'] ?? ''),

		/**
		 * Someone new. They have no device until they use an invitation.
		 * @param id of an invented person: whoever stands under it already is answered as they are; who was removed comes
		 *   back in this role, so that nobody brings back a role that they could not give, and who was erased under this name
		 * @throws Refusal `name-mixed`, `name-lookalike`
		 */
		add(name: string, role: Role, id: string = newId()): Person {
			checkName(name, id);
			insert.run(id, name, role, now());
			return existing(id);
		},

		/**
		 * @param tell what another role made void
		 * @throws Refusal `not-found`, `last-admin`, `name-mixed`, `name-lookalike`
		 */
		change(id: string, change: PersonChange, tell: (voided: Voided) => void = () => {}): Person {
			return transaction(database, () => {
				const person = existing(id);
				const role = change.role ?? person.role;
				if (change.name !== undefined && change.name !== person.name) checkName(change.name, id);
				if (role !== 'admin') protectLastAdmin(person);
				if (role !== person.role) tell(leaveRole(id, role));
				const contact = change.contact ?? person.contact ?? '';
				update.run(change.name ?? person.name, role, contact === '' ? null : contact, id);
				return existing(id);
			});
		},

		/**
		 * Removes a person, ends their sessions, takes what else lets them in, and withdraws the open links that are for them or that they made. The row
		 * stays under its id, because documents point at it.
		 * @returns what went with them
		 * @throws Refusal `not-found`, `last-admin`
		 */
		remove(id: string): Voided {
			return transaction(database, () => removeOne(id));
		},

		/** @throws Refusal `not-found`, for who was never here */
		record(id: string): PersonExport['person'] {
			const row = whole.get(id);
			if (!row) throw new Refusal('not-found');
			const person = toPerson(row);
			const removed = row['removed_at'];
			return {
				id,
				name: person.name,
				role: person.role,
				contact: person.contact ?? null,
				since: new Date(Number(row['created_at'])).toISOString(),
				removedAt: removed === null ? null : new Date(Number(removed)).toISOString(),
			};
		},

		/** Ids of all who are here or were once. */
		everyone: (): string[] => everyone.all().map((row) => String(row['id'])),

		/** Who was here once; who was erased has an empty name. */
		former: (): { id: string; name: string }[] =>
			former.all().map((row) => ({ id: String(row['id']), name: String(row['name']) })),

		/**
		 * Takes name and contact away for good, of somebody who is removed with it or was before. The id stays, and what
		 * they wrote under it.
		 * @returns what went with them
		 * @throws Refusal `not-found`, `last-admin`
		 */
		erase(id: string): Voided {
			return transaction(database, () => {
				const row = everHere.get(id);
				if (!row) throw new Refusal('not-found');
				const voided = row['removed_at'] === null ? removeOne(id) : {};
				erase.run(id);
				forgetInvitations.run(id);
				return voided;
			});
		},
	};
}

export function toPerson(row: Record<string, unknown>): Person {
	const role = row['role'] as Role;
	const person: Person = { id: String(row['id']), name: String(row['name']), role };
	if (typeof row['contact'] === 'string') person.contact = row['contact'];
	const meetingId = row['meeting_id'];
	if (role === 'guest' && typeof meetingId === 'string') {
		person.guestOf = { meetingId, minutes: row['minutes'] === 1 };
		person.guestUntil = new Date(Number(row['ends_at'])).toISOString();
	}
	return person;
}
