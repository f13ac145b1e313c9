import { createApprovals, type Approvals } from './approvals.ts';
import { createAssociation, type Associations } from './association.ts';
import { type Audit, createAudit } from './audit.ts';
import { foldLog, openAccountsDatabase } from './database.ts';
import { createGuests, type Guests } from './guests.ts';
import { createInvitations, type Invitations } from './invitations.ts';
import { createPasskeys, type Passkeys } from './passkeys.ts';
import { createPeople, type People } from './people.ts';
import { createRecovery, type Recovery } from './recovery.ts';
import { relyingPartyOf } from './relying-party.ts';
import { createPublications, type Publications } from './publications.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { createReserve, noReserve } from './reserve.ts';
import { type AssociationSettings, createSettings } from './settings.ts';
import { createTries, type Tries } from './tries.ts';

/** Who belongs to the association, and how they come in. */
export type Accounts = {
	association: Associations;
	settings: AssociationSettings;
	audit: Audit;
	people: People;
	guests: Guests;
	invitations: Invitations;
	sessions: Sessions;
	passkeys: Passkeys;
	recovery: Recovery;
	/** At what lets in: links and codes. */
	tries: Tries;
	/** What was erased leaves the write-ahead log too; false while somebody reads in it. */
	foldLog(): boolean;
	/** The disk has room, perhaps again: some of it is kept for taking an access away when it has none. */
	keepReserve(): void;
	approvals: Approvals;
	publications: Publications;
	close(): void;
};

/**
 * @param path the data file, whose lock the caller holds, or `:memory:`
 * @param now milliseconds since 1970
 * @param origins public ones, from the configuration: for which site passkeys are made
 * @param elapsed milliseconds since any moment, which nobody sets back: for how long who guesses has to wait
 */
export function openAccounts(
	path: string,
	now: () => number = Date.now,
	origins: readonly string[] = [],
	elapsed = now,
): Accounts {
	const database = openAccountsDatabase(path);
	const people = createPeople(database, now);
	const sessions = createSessions(database, now);
	const guests = createGuests(database, now);
	const party = relyingPartyOf(origins);
	const association = createAssociation(database, people, sessions);
	const settings = createSettings(database, association, now, party !== null);
	const reserve = path === ':memory:' ? noReserve : createReserve(`${path}-reserve`);
	return {
		association,
		settings,
		audit: createAudit(database, now, reserve),
		people,
		guests,
		sessions,
		passkeys: createPasskeys(database, { people, sessions, settings, party }, now),
		recovery: createRecovery(database, { people, sessions }, now),
		tries: createTries(elapsed),
		invitations: createInvitations(database, { people, guests, sessions }, now),
		foldLog: () => foldLog(database),
		keepReserve: reserve.keep,
		approvals: createApprovals(database, now),
		publications: createPublications(database, now),
		close: () => database.close(),
	};
}
