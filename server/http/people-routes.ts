/** The people, and the invitations by which they come. */
import type {
	GuestChoice,
	GuestsAnswer,
	InvitationsAnswer,
	PeopleAnswer,
	Person,
	PersonChange,
} from '#lib/protocol/api.ts';
import { addsGuests, managesPeople } from '#lib/protocol/policy.ts';
import type { InvitationRequest } from '#lib/protocol/api.ts';
import { type Context, Hono } from 'hono';
import { Refusal } from '../accounts/refusal.ts';
import type { Session } from '../accounts/sessions.ts';
import type { Voided } from '../accounts/voided.ts';
import type { Environment, Routes, Services } from './environment.ts';
import { documentsAbout, exportPerson } from './export-person.ts';
import { decide, paceEffort, requireSession } from './guard.ts';
import { peopleOfGuest } from './guest-routes.ts';
import { guestChoiceOf, noParting, partWithGuests } from './hosted-guests.ts';
import { invitationRequest, newPersonRequest, personChange, readBody } from './requests.ts';

/** An admin changes everyone; everyone else changes their own name and contact, but guests, who are called as they were invited. */
function mayChange({ person }: Session, id: string, change: PersonChange): boolean {
	const ownName = person.role !== 'guest' || change.name === undefined;
	return managesPeople(person.role) || (person.id === id && change.role === undefined && ownName);
}

/** Another role is an access that changes; behind another name somebody could hide. Neither name is in the entry. */
function changePerson(
	services: Services,
	change: PersonChange,
	{ by, id, choice }: { by: string; id: string; choice: GuestChoice },
): Person {
	const { accounts } = services;
	const before = accounts.people.get(id);
	let voided: Voided = {};
	let parting = noParting;
	const person = accounts.audit.revoking(
		() => {
			const changed = accounts.people.change(id, change, (went) => (voided = went));
			if (changed.role !== before.role && !addsGuests(changed.role))
				parting = partWithGuests(services, { by, host: id, choice });
			return changed;
		},
		({ name, role }) => [
			...(name === before.name ? [] : [{ kind: 'name-changed', by, about: id } as const]),
			...(role === before.role
				? []
				: [
						{
							kind: 'role-changed',
							by,
							about: id,
							detail: { from: before.role, to: role, ...voided, ...parting.detail },
						} as const,
					]),
			...parting.records,
		],
	);
	parting.disconnect();
	return person;
}

/** @param go takes the person away, and says what went with them */
function partWith(
	services: Services,
	context: Context<Environment>,
	kind: 'person-removed' | 'person-erased',
	go: (id: string) => Voided,
): string {
	const id = context.req.param('id') ?? '';
	const by = context.get('session').person.id;
	const choice = guestChoiceOf(context);
	// Of who went before, that was decided then.
	const isHere = services.accounts.people.presentNameOf(id) !== '';
	const parting = services.accounts.audit.revoking(
		() => {
			const voided = go(id);
			const { detail, ...rest } = isHere ? partWithGuests(services, { by, host: id, choice }) : noParting;
			return { ...rest, detail: { ...voided, ...detail } };
		},
		({ detail, records }) => [{ kind, by, about: id, detail }, ...records],
	);
	services.disconnect({ personId: id });
	parting.disconnect();
	return id;
}

export function peopleRoutes(services: Services): Routes {
	const { accounts, disconnect, log } = services;
	return new Hono<Environment>()
		.get('/', requireSession(services), async (context) => {
			const { person } = context.get('session');
			// A guest belongs to one meeting, not to the association.
			if (person.role === 'guest')
				return context.json({ people: await peopleOfGuest(services, context) } satisfies PeopleAnswer);
			const answer: PeopleAnswer = { people: accounts.people.list(), former: accounts.people.former() };
			return context.json(answer);
		})
		.post('/', requireSession(services, addsGuests), async (context) => {
			const { name, role, id } = await readBody(context, newPersonRequest);
			if (role !== 'guest' && !managesPeople(context.get('session').person.role)) throw new Refusal('forbidden');
			const by = context.get('session').person.id;
			// An invented person who is here already is answered as they are.
			const isHere = id !== undefined && accounts.people.presentNameOf(id) !== '';
			const person = accounts.audit.recording(
				() => accounts.people.add(name, role, id),
				(added) => (isHere ? [] : { kind: 'person-added', by, about: added.id, detail: { role: added.role } }),
			);
			if (!isHere) log('person-added', { by, person: person.id, role });
			return context.json(person, 201);
		})
		.patch('/:id', requireSession(services), async (context) => {
			const id = context.req.param('id');
			const change = await readBody(context, personChange);
			if (!mayChange(context.get('session'), id, change)) throw new Refusal('forbidden');
			if (change.name !== undefined && !managesPeople(context.get('session').person.role))
				paceEffort(services, 'name', id);
			const person = changePerson(services, change, {
				by: context.get('session').person.id,
				id,
				choice: guestChoiceOf(context),
			});
			// What they have open was admitted under the role before: their devices come back under the new one.
			if (change.role !== undefined) disconnect({ personId: id });
			log('person-changed', { by: context.get('session').person.id, person: id, fields: Object.keys(change) });
			return context.json(person);
		})
		.post('/:id/erase', requireSession(services, managesPeople), (context) => {
			const id = partWith(services, context, 'person-erased', (whom) => {
				const voided = accounts.people.erase(whom);
				services.forgetName(whom);
				return voided;
			});
			services.refreshDevices();
			log('person-erased', { by: context.get('session').person.id, person: id, folded: accounts.foldLog() });
			return context.body(null, 204);
		})
		.get('/:id/guests', requireSession(services, managesPeople), (context) =>
			context.json({ guests: accounts.guests.letInBy(context.req.param('id')) } satisfies GuestsAnswer),
		)
		.get('/:id/export', requireSession(services), async (context) => {
			const id = context.req.param('id');
			const { person } = decide(context, () => {
				const session = context.get('session');
				if (session.person.id !== id && !managesPeople(session.person.role)) throw new Refusal('forbidden');
				return session;
			});
			paceEffort(services, 'export', person.id);
			const documents = await documentsAbout(services, id);
			// From here to the entry nothing waits: on record is what is given, as it is when it is given.
			context.get('admitAgain')();
			const exported = exportPerson(services, id, documents);
			accounts.audit.record({ kind: 'person-exported', by: person.id, about: id });
			log('person-exported', { by: person.id, person: id });
			return context.json(exported);
		})
		.delete('/:id', requireSession(services, managesPeople), (context) => {
			const id = partWith(services, context, 'person-removed', accounts.people.remove);
			log('person-removed', { by: context.get('session').person.id, person: id });
			return context.body(null, 204);
		});
}

/** @throws Refusal `forbidden`; `not-found` for a guest who is not there, `bad-request` for no guest */
function checkInvitation({ accounts }: Services, person: Session['person'], request: InvitationRequest): void {
	if (!('guestOf' in request)) {
		const forOneself = 'personId' in request && request.personId === person.id;
		if (!forOneself && !managesPeople(person.role)) throw new Refusal('forbidden');
		// Their meeting may have gone out of the directory, which their row does not say.
		if (forOneself && person.role === 'guest' && !person.guestOf) throw new Refusal('forbidden');
		// A device of a guest whom no meeting is open to would open nothing.
		if ('personId' in request && accounts.guests.isOutside(accounts.people.get(request.personId)))
			throw new Refusal('forbidden');
		return;
	}
	if (!addsGuests(person.role)) throw new Refusal('forbidden');
	if (accounts.people.get(request.personId).role !== 'guest') throw new Refusal('bad-request');
}

export function invitationRoutes(services: Services): Routes {
	const { accounts, log } = services;
	const admin = requireSession(services, managesPeople);
	return new Hono<Environment>()
		.get('/', admin, (context) =>
			context.json({ invitations: accounts.invitations.list() } satisfies InvitationsAnswer),
		)
		.post('/', requireSession(services), async (context) => {
			const request = await readBody(context, invitationRequest);
			checkInvitation(services, context.get('session').person, request);
			const meeting = 'guestOf' in request ? await services.meetings.find(request.guestOf.meetingId) : undefined;
			// Looking for the meeting took its time: who asks, and for whom, may be others now.
			const { id: device, person } = context.get('admitAgain')();
			checkInvitation(services, person, request);
			if (meeting === null) throw new Refusal('not-found');
			if (!addsGuests(person.role)) paceEffort(services, 'invitation', person.id);
			const invitation = accounts.audit.recording(
				() => accounts.invitations.invite(request, person.id, device),
				({ id, role }) => ({
					kind: 'invited',
					by: person.id,
					about: 'personId' in request ? request.personId : null,
					detail: { invitation: id, role, ...('guestOf' in request && { meeting: request.guestOf.meetingId }) },
				}),
			);
			log('invited', { by: person.id, invitation: invitation.id, role: invitation.role });
			return context.json(invitation, 201);
		})
		.delete('/:id', admin, (context) => {
			const by = context.get('session').person.id;
			const invitation = context.req.param('id');
			accounts.audit.revoking(
				() => accounts.invitations.withdraw(invitation),
				() => ({ kind: 'invitation-withdrawn', by, detail: { invitation } }),
			);
			log('invitation-withdrawn', { by, invitation });
			return context.body(null, 204);
		});
}
