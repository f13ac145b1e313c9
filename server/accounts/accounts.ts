import { createAssociation, type Associations } from './association.ts';
import { openAccountsDatabase } from './database.ts';
import { createInvitations, type Invitations } from './invitations.ts';
import { createPeople, type People } from './people.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { type AssociationSettings, createSettings } from './settings.ts';

/** Who belongs to the association, and how they come in. */
export type Accounts = {
	association: Associations;
	settings: AssociationSettings;
	people: People;
	invitations: Invitations;
	sessions: Sessions;
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
	const association = createAssociation(database, people, sessions);
	return {
		association,
		settings: createSettings(database, association, now),
		people,
		sessions,
		invitations: createInvitations(database, people, sessions, now),
		close: () => database.close(),
	};
}
