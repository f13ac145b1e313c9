/**
 * Who uses this device, as far as it knows without asking: what makes the app start offline as the same person. There is
 * at most one identity on a device, and what is kept beside it (names) belongs to it and goes with it.
 */
import {
	anything,
	flag,
	listOf,
	oneOf,
	orMissing,
	record,
	text,
	textThat,
	type Shape,
} from '#lib/protocol/answer-shape.ts';
import type { Association, Person, SessionAnswer } from '#lib/protocol/api.ts';
import { roles } from '#lib/protocol/policy.ts';
import { Stored, type KeyValueStore } from './stored.ts';

const personShape = record({
	id: textThat((id) => id !== ''),
	name: text,
	role: oneOf(roles),
	contact: orMissing(text),
	guestOf: orMissing(record({ meetingId: text, minutes: flag })),
});
const associationShape = record({ name: text, timeZone: textThat(isTimeZone) });

export const personAnswer: Shape<Person> = personShape;
export const sessionAnswer: Shape<SessionAnswer> = record({
	person: personShape,
	association: associationShape,
	epoch: text,
	passkeyBy: orMissing(text),
});
export const peopleAnswer: Shape<{ people: Person[] }> = record({ people: listOf(personShape) });

export type Identity = {
	person: Person;
	association: Association;
	epoch: string;
	/** When the server last confirmed it. ISO 8601, UTC. */
	lastContact: string;
	/** The server no longer knows this session: kept only so that the same person's unsent work finds its way. */
	ended: boolean;
};

const identityShape: Shape<Identity> = record({
	person: personShape,
	association: associationShape,
	epoch: text,
	lastContact: textThat((time) => !Number.isNaN(Date.parse(time))),
	ended: flag,
});

const peopleShape: Shape<{ of: string; people: Person[] }> = record({
	of: text,
	people: listOf(personShape),
});

export const identityKey = 'mitschrift.identity';

export class IdentityCache {
	readonly #identity: Stored<Identity>;
	/** A guest's meeting, see `guest-directory.ts`. */
	readonly #guest: Stored<unknown>;
	readonly #people: Stored<{ of: string; people: Person[] }>;

	constructor(store: KeyValueStore | null) {
		this.#identity = new Stored(store, identityKey, identityShape);
		this.#people = new Stored(store, 'mitschrift.people', peopleShape);
		this.#guest = new Stored(store, 'mitschrift.guest', anything);
	}

	read(): Identity | null {
		return this.#identity.read();
	}

	/** The names that belong to this person; another's are never handed out. */
	readPeople(personId: string): Person[] {
		const kept = this.#people.read();
		return kept?.of === personId ? kept.people : [];
	}

	write(identity: Identity): boolean {
		if (this.read()?.person.id !== identity.person.id) {
			this.#people.remove();
			this.#guest.remove();
		}
		return this.#identity.write(identity);
	}

	writePeople(personId: string, people: Person[]): void {
		this.#people.write({ of: personId, people });
	}

	clear(): void {
		this.#guest.remove();
		this.#identity.remove();
		this.#people.remove();
	}
}

function isTimeZone(name: string): boolean {
	try {
		new Intl.DateTimeFormat('de', { timeZone: name });
		return true;
	} catch {
		return false;
	}
}
