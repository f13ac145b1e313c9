/** The people, and the invitations by which they come. */
import type { InvitationsAnswer, PeopleAnswer, PersonChange } from '#lib/protocol/api.ts';
import { addsGuests, managesPeople } from '#lib/protocol/policy.ts';
import type { InvitationRequest } from '#lib/protocol/api.ts';
import { Hono } from 'hono';
import { Refusal } from '../accounts/refusal.ts';
import type { Session } from '../accounts/sessions.ts';
import type { Environment, Routes, Services } from './environment.ts';
import { requireSession } from './guard.ts';
import { peopleOfGuest } from './guest-routes.ts';
import { invitationRequest, newPersonRequest, personChange, readBody } from './requests.ts';

/** An admin changes everyone; everyone else changes their own name and contact. */
function mayChange({ person }: Session, id: string, change: PersonChange): boolean {
	return managesPeople(person.role) || (person.id === id && change.role === undefined);
}

export function peopleRoutes(services: Services): Routes {
	const { accounts, disconnect, log } = services;
	return new Hono<Environment>()
		.get('/', requireSession(services), async (context) => {
			const { person } = context.get('session');
			// A guest belongs to one meeting, not to the association.
			const people = person.role === 'guest' ? await peopleOfGuest(services, person) : accounts.people.list();
			return context.json({ people } satisfies PeopleAnswer);
		})
		.post('/', requireSession(services, addsGuests), async (context) => {
			const { name, role, id } = await readBody(context, newPersonRequest);
			if (role !== 'guest' && !managesPeople(context.get('session').person.role)) throw new Refusal('forbidden');
			const person = accounts.people.add(name, role, id);
			log('person-added', { by: context.get('session').person.id, person: person.id, role });
			return context.json(person, 201);
		})
		.patch('/:id', requireSession(services), async (context) => {
			const id = context.req.param('id');
			const change = await readBody(context, personChange);
			if (!mayChange(context.get('session'), id, change)) throw new Refusal('forbidden');
			const person = accounts.people.change(id, change);
			// What they have open was admitted under the role before: their devices come back under the new one.
			if (change.role !== undefined) disconnect({ personId: id });
			log('person-changed', { by: context.get('session').person.id, person: id, fields: Object.keys(change) });
			return context.json(person);
		})
		.delete('/:id', requireSession(services, managesPeople), (context) => {
			const id = context.req.param('id');
			accounts.people.remove(id);
			disconnect({ personId: id });
			log('person-removed', { by: context.get('session').person.id, person: id });
			return context.body(null, 204);
		});
}

/** @throws Refusal `forbidden`; `not-found` for a meeting or a guest that is not there, `bad-request` for no guest */
async function checkInvitation(services: Services, person: Session['person'], request: InvitationRequest) {
	if (!('guestOf' in request)) {
		const forOneself = 'personId' in request && request.personId === person.id;
		if (!forOneself && !managesPeople(person.role)) throw new Refusal('forbidden');
		return;
	}
	if (!addsGuests(person.role)) throw new Refusal('forbidden');
	if (services.accounts.people.get(request.personId).role !== 'guest') throw new Refusal('bad-request');
	if (!(await services.meetings.find(request.guestOf.meetingId))) throw new Refusal('not-found');
}

export function invitationRoutes(services: Services): Routes {
	const { accounts, log } = services;
	const admin = requireSession(services, managesPeople);
	return new Hono<Environment>()
		.get('/', admin, (context) =>
			context.json({ invitations: accounts.invitations.list() } satisfies InvitationsAnswer),
		)
		.post('/', requireSession(services), async (context) => {
			const { person } = context.get('session');
			const request = await readBody(context, invitationRequest);
			await checkInvitation(services, person, request);
			const invitation = accounts.invitations.invite(request, person.id);
			log('invited', { by: person.id, invitation: invitation.id, role: invitation.role });
			return context.json(invitation, 201);
		})
		.delete('/:id', admin, (context) => {
			accounts.invitations.withdraw(context.req.param('id'));
			log('invitation-withdrawn', { by: context.get('session').person.id, invitation: context.req.param('id') });
			return context.body(null, 204);
		});
}
