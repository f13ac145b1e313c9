/** Guests: the one meeting that they are let in to, and how they are turned away again. */
import type { GuestAnswer, Person } from '#lib/protocol/api.ts';
import { addsGuests } from '#lib/protocol/policy.ts';
import { type Context, Hono } from 'hono';
import { Refusal } from '../accounts/refusal.ts';
import type { MeetingFacts } from '../meetings/meeting-reader.ts';
import type { Environment, Routes, Services } from './environment.ts';
import { requireSession } from './guard.ts';

/** The meeting of a guest as they are when it has been found, null for everyone else and when it is gone. */
async function meetingOf(services: Services, context: Context<Environment>): Promise<MeetingFacts | null> {
	const idOf = () => context.get('session').person.guestOf?.meetingId;
	const id = idOf();
	if (id === undefined) return null;
	const meeting = await services.meetings.find(id);
	context.get('admitAgain')();
	// They were let in to another one meanwhile.
	return idOf() === id ? meeting : meetingOf(services, context);
}

/** Whom a guest may know by name: themselves, and who is at their meeting. Nobody's contact. */
export async function peopleOfGuest(services: Services, context: Context<Environment>): Promise<Person[]> {
	const meeting = await meetingOf(services, context);
	const guest = context.get('session').person;
	const there = new Set([...(meeting?.invited ?? []), ...(meeting?.guests ?? [])]);
	const others = services.accounts.people.list().filter(({ id }) => there.has(id) && id !== guest.id);
	return [guest, ...others.map(({ id, name, role }) => ({ id, name, role }))];
}

export function guestRoutes(services: Services): Routes {
	const { accounts, disconnect, log } = services;
	return new Hono<Environment>()
		.get('/', requireSession(services), async (context) => {
			const meeting = await meetingOf(services, context);
			if (!meeting) throw new Refusal('not-found');
			return context.json({ meeting } satisfies GuestAnswer);
		})
		.delete('/:id', requireSession(services, addsGuests), (context) => {
			const id = context.req.param('id');
			const by = context.get('session').person.id;
			accounts.audit.recording(
				() => accounts.guests.turnAway(id),
				(voided) => ({ kind: 'guest-turned-away', by, about: id, detail: voided }),
			);
			disconnect({ personId: id });
			log('guest-turned-away', { by, person: id });
			return context.body(null, 204);
		});
}
