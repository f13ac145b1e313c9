/**
 * People and invitations as the page "Mehr" shows them. All of it is the server's: nothing here is changed without its
 * answer, so what is shown as done is done. Each mutation answers with what the server said.
 */
import { listOf, oneOf, orNull, record, text, type Shape } from '#lib/protocol/answer-shape.ts';
import type {
	GuestChoice,
	Invitation,
	InvitationRequest,
	NewInvitation,
	Person,
	PersonChange,
} from '#lib/protocol/api.ts';
import { limits } from '#lib/protocol/limits.ts';
import { addsGuests, roles, type Grant, type Role } from '#lib/protocol/policy.ts';
import { nothing, type ApiResult, type Failure } from './api.ts';
import { personAnswer } from './identity.ts';
import type { Session } from './session.svelte.ts';

export type { GuestChoice, Invitation, NewInvitation, Person, Role };
export { addsGuests, roles };

/** How long a guest stays in. */
export const { guestDays } = limits;

const invitationEntries = {
	id: text,
	name: text,
	role: oneOf(roles),
	expiresAt: text,
	usedAt: orNull(text),
};
const invitationsAnswer: Shape<{ invitations: Invitation[] }> = record({
	invitations: listOf(record(invitationEntries)),
});
const newInvitationAnswer: Shape<NewInvitation> = record({ ...invitationEntries, token: text, code: text });

export class People {
	readonly #session: Session;

	constructor(session: Session) {
		this.#session = session;
	}

	addGuest(name: string): Promise<ApiResult<Person>> {
		return this.#change(this.#session.api.send('POST', '/api/people', personAnswer, { name }));
	}

	/** @param guests what becomes of those whom they let in, when another role lets nobody in any more */
	change(id: string, change: PersonChange, guests: GuestChoice = 'end'): Promise<ApiResult<Person>> {
		return this.#change(this.#session.api.send('PATCH', pathOf(id, guests), personAnswer, change));
	}

	/** @param guests as for `change` */
	remove(id: string, guests: GuestChoice): Promise<ApiResult<unknown>> {
		return this.#change(this.#session.api.send('DELETE', pathOf(id, guests), nothing));
	}

	/** Takes a guest's way in; they stay on lists. */
	turnAway(guestId: string): Promise<ApiResult<unknown>> {
		return this.#change(this.#session.api.send('DELETE', `/api/guests/${encodeURIComponent(guestId)}`, nothing));
	}

	/** Their name and contact go for good, and they with them. @param guests as for `change` */
	erase(id: string, guests: GuestChoice = 'end'): Promise<ApiResult<unknown>> {
		return this.#change(this.#session.api.send('POST', pathOf(id, guests, '/erase'), nothing));
	}

	/** Names are shown everywhere: after a change the whole app reads them anew. */
	async #change<T>(asked: Promise<ApiResult<T>>): Promise<ApiResult<T>> {
		const result = await asked;
		if (result.ok) await this.#session.refresh();
		return result;
	}
}

export class Invitations {
	readonly #session: Session;
	#open = $state.raw<readonly Invitation[] | null>(null);
	#failure = $state.raw<Failure | null>(null);

	constructor(session: Session) {
		this.#session = session;
	}

	/** Those that nobody has used and that still can be, the latest to expire first; null until the server answered. */
	get open(): readonly Invitation[] | null {
		return this.#open;
	}

	/** Why the list could not be read, or not anew. */
	get failure(): Failure | null {
		return this.#failure;
	}

	async load(): Promise<void> {
		const result = await this.#session.api.send('GET', '/api/invitations', invitationsAnswer);
		this.#failure = result.ok ? null : result.error;
		if (result.ok) this.#open = stillOpen(result.value.invitations, new Date());
	}

	async invite(name: string, role: Role): Promise<ApiResult<NewInvitation>> {
		const result = await this.#make({ name, role });
		if (result.ok) await this.load();
		return result;
	}

	/** Another device for somebody who is here already. */
	inviteDevice(personId: string): Promise<ApiResult<NewInvitation>> {
		return this.#make({ personId });
	}

	/** Lets a guest in to one meeting, and to no other. */
	inviteGuest(personId: string, guestOf: Grant): Promise<ApiResult<NewInvitation>> {
		return this.#make({ personId, guestOf });
	}

	#make(request: InvitationRequest): Promise<ApiResult<NewInvitation>> {
		return this.#session.api.send('POST', '/api/invitations', newInvitationAnswer, request);
	}

	async withdraw(id: string): Promise<ApiResult<unknown>> {
		const path = `/api/invitations/${encodeURIComponent(id)}`;
		const result = await this.#session.api.send('DELETE', path, nothing);
		// Where somebody used it meanwhile they are here now: the list is out of date either way, and then that of people too.
		await this.load();
		if (!result.ok && result.error === 'link-used') await this.#session.refresh();
		return result;
	}
}

function pathOf(id: string, guests: GuestChoice, what = ''): string {
	return `/api/people/${encodeURIComponent(id)}${what}${guests === 'stay' ? '?guests=stay' : ''}`;
}

export function stillOpen(invitations: readonly Invitation[], now: Date): Invitation[] {
	return invitations
		.filter(({ usedAt, expiresAt }) => usedAt === null && new Date(expiresAt) > now)
		.sort((a, b) => b.expiresAt.localeCompare(a.expiresAt));
}
