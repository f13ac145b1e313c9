/**
 * Who uses this device, as far as it knows without asking: what makes the app start offline as the same person. There is
 * at most one identity on a device, and what is kept beside it (names) belongs to it and goes with it.
 */
import type { Lease } from '#lib/domain/lease.ts';
import {
	anything,
	flag,
	listOf,
	number,
	oneOf,
	orMissing,
	record,
	text,
	textThat,
	type Shape,
} from '#lib/protocol/answer-shape.ts';
import type { Association, PeopleAnswer, Person, SessionAnswer } from '#lib/protocol/api.ts';
import { roles } from '#lib/protocol/policy.ts';
import { Stored, type KeyValueStore } from './stored.ts';

const personShape = record({
	id: textThat((id) => id !== ''),
	name: text,
	role: oneOf(roles),
	contact: orMissing(text),
	guestOf: orMissing(record({ meetingId: text, minutes: flag })),
	guestUntil: orMissing(text),
});
const associationShape = record({ name: text, timeZone: textThat(isTimeZone) });

export const personAnswer: Shape<Person> = personShape;
export const sessionAnswer: Shape<SessionAnswer> = record({
	person: personShape,
	association: associationShape,
	epoch: text,
	passkeyBy: orMissing(text),
	now: orMissing(textThat(isTime)),
});
const formerShape = orMissing(listOf(record({ id: text, name: text })));
export const peopleAnswer: Shape<PeopleAnswer> = record({ people: listOf(personShape), former: formerShape });

export type Identity = {
	person: Person;
	association: Association;
	epoch: string;
	/** When the server last confirmed it. ISO 8601, UTC. */
	lastContact: string;
	/** The server no longer knows this session: kept only so that the same person's unsent work finds its way. */
	ended: boolean;
	/** It was taken away: the device is being emptied, also when it was switched off meanwhile. */
	revoked?: boolean | undefined;
	/** How long the device may go without contact; missing in what an older app kept. */
	lease?: Lease | undefined;
};

const identityShape: Shape<Identity> = record({
	person: personShape,
	association: associationShape,
	epoch: text,
	lastContact: textThat(isTime),
	ended: flag,
	revoked: orMissing(flag),
	lease: orMissing(record({ server: number, device: number, elapsed: number })),
});

type KeptPeople = PeopleAnswer & { of: string };

const peopleShape: Shape<KeptPeople> = record({
	of: text,
	people: listOf(personShape),
	former: formerShape,
});

export const identityKey = 'mitschrift.identity';

/** What stays on a device that was emptied: that it was, and nothing of whose it had been. */
const leftKey = 'mitschrift.left';
/** Says that work waits unsent, and whose; see `unsent-notes.ts`. */
export const unsentKey = 'mitschrift.unsent';
export const keptAfterLeaving = [leftKey, unsentKey] as const;

export class IdentityCache {
	readonly #identity: Stored<Identity>;
	/** A guest's meeting, see `guest-directory.ts`. */
	readonly #guest: Stored<unknown>;
	readonly #people: Stored<KeptPeople>;
	/** This device was emptied because its access was taken away. */
	readonly left: Stored<boolean>;
	readonly unsent: Stored<unknown>;

	constructor(store: KeyValueStore | null) {
		this.#identity = new Stored(store, identityKey, identityShape);
		this.#people = new Stored(store, 'mitschrift.people', peopleShape);
		this.#guest = new Stored(store, 'mitschrift.guest', anything);
		this.left = new Stored(store, leftKey, flag);
		this.unsent = new Stored(store, unsentKey, anything);
	}

	read(): Identity | null {
		return this.#identity.read();
	}

	/** The names that belong to this person; another's are never handed out. */
	readPeople(personId: string): PeopleAnswer {
		const kept = this.#people.read();
		return kept?.of === personId ? kept : { people: [] };
	}

	write(identity: Identity): boolean {
		if (this.read()?.person.id !== identity.person.id) {
			this.#people.remove();
			this.#guest.remove();
		}
		return this.#identity.write(identity);
	}

	writePeople(personId: string, { people, former }: PeopleAnswer): void {
		this.#people.write({ of: personId, people, former });
	}

	clear(): void {
		this.#guest.remove();
		this.#identity.remove();
		this.#people.remove();
	}
}

function isTime(time: string): boolean {
	return !Number.isNaN(Date.parse(time));
}

function isTimeZone(name: string): boolean {
	try {
		new Intl.DateTimeFormat('de', { timeZone: name });
		return true;
	} catch {
		return false;
	}
}
