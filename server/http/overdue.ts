/**
 * Closes the sockets of people whose time is over: for adding a passkey, or as a guest. Requests are refused by themselves,
 * and a socket that was opened before must not outlive them.
 */
import type { Accounts } from '../accounts/accounts.ts';
import type { Log } from './environment.ts';

type Disconnect = (whose: { personId: string }) => void;

/** @returns a look at everyone, to be repeated: each person is disconnected once, until they add a passkey */
export function createOverdueCheck(
	{ people, passkeys }: Pick<Accounts, 'people' | 'passkeys'>,
	disconnect: Disconnect,
): () => void {
	let before = new Set<string>();
	return () => {
		const now = new Set(
			people
				.list()
				.filter((person) => passkeys.shutsOut(person))
				.map(({ id }) => id),
		);
		for (const personId of now) if (!before.has(personId)) disconnect({ personId });
		before = now;
	};
}

/**
 * @returns a look at the guests, to be repeated: what is left of who stayed too long goes, and is on record. On a full
 *   disk it is left for the next look; the sockets close all the same.
 */
export function createGuestCheck(
	{ guests, audit }: Pick<Accounts, 'guests' | 'audit'>,
	disconnect: Disconnect,
	log: Log,
): () => void {
	return () => {
		for (const personId of guests.overdue()) {
			try {
				audit.recording(
					() => guests.end(personId),
					(voided) => ({ kind: 'guest-time-over', by: null, about: personId, detail: voided }),
				);
				log('guest-time-over', { person: personId });
			} catch (cause) {
				log('guest-time-over-failed', { person: personId, message: String(cause) });
			}
			disconnect({ personId });
		}
	};
}
