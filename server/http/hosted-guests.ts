/**
 * The guests whom somebody let in go with them, when they are removed or lose the role that lets guests in. Whoever removes
 * them can have the guests stay: then it is on record how many did.
 */
import type { GuestChoice } from '#lib/protocol/api.ts';
import type { Context } from 'hono';
import type { AuditRecord } from '../accounts/audit.ts';
import { Refusal } from '../accounts/refusal.ts';
import type { Services } from './environment.ts';

export type Parting = {
	/** Of the host's own entry. */
	detail: Readonly<Record<string, number>>;
	/** One for each guest whose access ended. */
	records: readonly AuditRecord[];
	/** To be called when it is all stored. */
	disconnect(): void;
};

export const noParting: Parting = { detail: {}, records: [], disconnect: () => {} };

/** @throws Refusal `bad-request` */
export function guestChoiceOf(context: Context): GuestChoice {
	const choice = context.req.query('guests') ?? 'end';
	if (choice !== 'end' && choice !== 'stay') throw new Refusal('bad-request');
	return choice;
}

/** To be called in the step in which the host goes. */
export function partWithGuests(
	{ accounts: { guests }, disconnect }: Pick<Services, 'accounts' | 'disconnect'>,
	{ by, host, choice }: { by: string; host: string; choice: GuestChoice },
): Parting {
	const hosted = guests.letInBy(host);
	if (choice === 'stay') return { ...noParting, detail: hosted.length > 0 ? { guestsStayed: hosted.length } : {} };
	return {
		detail: {},
		records: hosted.map(({ id }) => ({
			kind: 'guest-turned-away',
			by,
			about: id,
			detail: { because: 'host-gone', ...guests.turnAway(id, host) },
		})),
		disconnect() {
			for (const { id } of hosted) disconnect({ personId: id });
		},
	};
}
