/**
 * Closes the sockets of people whose time is over: for adding a passkey, or as a guest. Requests are refused by themselves,
 * and a socket that was opened before must not outlive them.
 */
import type { Accounts } from '../accounts/accounts.ts';
import type { Log } from './environment.ts';

type Disconnect = (whose: { personId: string }) => void;

/** Whoever has just lost the passkey that they need: their open sockets go with it. */
export function disconnectShutOut(
	{ accounts, disconnect }: { accounts: Pick<Accounts, 'people' | 'passkeys'>; disconnect: Disconnect },
	personId: string,
): void {
	const person = accounts.people.list().find(({ id }) => id === personId);
	if (person && accounts.passkeys.shutsOut(person)) disconnect({ personId });
}

/** @returns a look at everyone, to be repeated: who needs a passkey and has none keeps no socket */
export function createOverdueCheck(
	{ people, passkeys }: Pick<Accounts, 'people' | 'passkeys'>,
	disconnect: Disconnect,
): () => void {
	return () => {
		for (const person of people.list()) if (passkeys.shutsOut(person)) disconnect({ personId: person.id });
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
