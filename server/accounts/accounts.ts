import { createAssociation, type Associations } from './association.ts';
import { openAccountsDatabase } from './database.ts';
import { createGuests, type Guests } from './guests.ts';
import { createInvitations, type Invitations } from './invitations.ts';
import { createPeople, type People } from './people.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { type AssociationSettings, createSettings } from './settings.ts';
import { createTries, type Tries } from './tries.ts';

/** Who belongs to the association, and how they come in. */
export type Accounts = {
	association: Associations;
	settings: AssociationSettings;
	people: People;
	guests: Guests;
	invitations: Invitations;
	sessions: Sessions;
	/** At what lets in: links and codes. */
	tries: Tries;
	close(): void;
};

/**
 * @param path the data file, whose lock the caller holds, or `:memory:`
 * @param now milliseconds since 1970
 */
export function openAccounts(path: string, now: () => number = Date.now): Accounts {
	const database = openAccountsDatabase(path);
	const people = createPeople(database, now);
	const sessions = createSessions(database, now);
	const guests = createGuests(database);
	const association = createAssociation(database, people, sessions);
	return {
		association,
		settings: createSettings(database, association, now),
		people,
		guests,
		sessions,
		tries: createTries(now),
		invitations: createInvitations(database, { people, guests, sessions }, now),
		close: () => database.close(),
	};
}
