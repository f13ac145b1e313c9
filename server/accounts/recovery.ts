/**
 * Codes for the day on which every device is lost: ten, each for one device, shown once. New ones void those before.
 */
import type { JoinPreview } from '#lib/protocol/api.ts';
import { readCode } from '#lib/protocol/entry-code.ts';
import type { DatabaseSync } from 'node:sqlite';
import { findByHash, hashOfCode, newCode } from './code.ts';
import { transaction } from './database.ts';
import type { People } from './people.ts';
import { Refusal } from './refusal.ts';
import type { NewSession, Sessions } from './sessions.ts';

export const recoveryCodes = 10;

export type Recovery = ReturnType<typeof createRecovery>;

export function createRecovery(
	database: DatabaseSync,
	{ people, sessions }: { people: People; sessions: Sessions },
	now: () => number,
) {
	const all = database.prepare('SELECT hash, person_id, used_at FROM recovery_code');
	const insert = database.prepare(
		'INSERT INTO recovery_code (hash, person_id, made_on, created_at) VALUES (?, ?, ?, ?)',
	);
	const forget = database.prepare('DELETE FROM recovery_code WHERE person_id = ?');
	const use = database.prepare('UPDATE recovery_code SET used_at = ? WHERE hash = ? AND used_at IS NULL');
	const since = database.prepare('SELECT max(created_at) AS at FROM recovery_code WHERE person_id = ?');
	const left = database.prepare('SELECT count(*) AS n FROM recovery_code WHERE person_id = ? AND used_at IS NULL');

	/** @throws Refusal `link-unknown`, `link-used` */
	function openOne(secret: string): { hash: Uint8Array; personId: string } {
		const hash = hashOfCode(readCode(secret)?.code ?? '');
		const row = findByHash(all.iterate(), 'hash', hash);
		if (!row) throw new Refusal('link-unknown');
		if (row['used_at'] !== null) throw new Refusal('link-used');
		return { hash, personId: String(row['person_id']) };
	}

	return {
		/** How many a person has that were not used. */
		left: (personId: string): number => Number(left.get(personId)?.['n']),

		/** When the ones that a person has were made; null: they have none. ISO 8601, UTC. */
		since(personId: string): string | null {
			const at = since.get(personId)?.['at'];
			return typeof at === 'number' ? new Date(at).toISOString() : null;
		},

		/**
		 * Ten new ones: they are not to be had again.
		 * @param madeOn the device: when that is lost, they fall
		 */
		create(personId: string, madeOn: string | null = null): string[] {
			const codes = Array.from({ length: recoveryCodes }, () => newCode('recovery'));
			const hashes = codes.map(hashOfCode);
			transaction(database, () => {
				forget.run(personId);
				for (const hash of hashes) insert.run(hash, personId, madeOn, now());
			});
			return codes;
		},

		/** Whose it is, without using it up. Refusals as in `redeem`. */
		preview(secret: string): Pick<JoinPreview, 'name' | 'role'> & { grant: null } {
			return { ...people.get(openOne(secret).personId), grant: null };
		},

		/**
		 * @param secret as it was typed
		 * @throws Refusal `link-unknown`, `link-used`
		 */
		redeem(secret: string, device: string): NewSession {
			return transaction(database, () => {
				const { hash, personId } = openOne(secret);
				if (use.run(now(), hash).changes !== 1) throw new Refusal('link-used');
				return sessions.begin(people.get(personId), device);
			});
		},
	};
}
