/**
 * Closes the sockets of people whose time for adding a passkey is over: requests are refused by themselves, and a socket
 * that was opened before must not outlive them.
 */
import type { Accounts } from '../accounts/accounts.ts';

/** @returns a look at everyone, to be repeated: each person is disconnected once, until they add a passkey */
export function createOverdueCheck(
	{ people, passkeys }: Pick<Accounts, 'people' | 'passkeys'>,
	disconnect: (whose: { personId: string }) => void,
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
