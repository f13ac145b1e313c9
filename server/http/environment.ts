/** What every route has at hand. */
import type { Hono } from 'hono';
import type { Accounts } from '../accounts/accounts.ts';
import type { Session } from '../accounts/sessions.ts';
import type { EraseDeleted } from '../history/erase-deleted.ts';
import type { History } from '../history/history.ts';
import type { MeetingReader } from '../meetings/meeting-reader.ts';
import type { PublicSite } from '../publishing/public-site.ts';
import type { Publishing } from '../publishing/publishing.ts';
import type { UpdateStore } from '../storage/contract.ts';
import type { ScrubbedStore } from '../storage/scrub-contract.ts';
import type { VersionStore } from '../storage/version-contract.ts';
import type { ClientAddress } from './client-address.ts';
import type { Operations } from './operations-routes.ts';
import type { RequestsUnderWay } from './requests-under-way.ts';
import type { Pace } from './stranger-limits.ts';

export type Log = (event: string, fields?: Readonly<Record<string, unknown>>) => void;

export type Services = {
	accounts: Accounts;
	documents: Pick<UpdateStore, 'list' | 'exists' | 'authors' | 'load'> &
		Pick<VersionStore, 'versions' | 'readVersion'> &
		Pick<ScrubbedStore, 'rewritten'>;
	history: Pick<History, 'name'>;
	eraseDeleted: EraseDeleted;
	meetings: MeetingReader;
	publishing: Publishing;
	site: PublicSite;
	/** Takes the name of who is erased out of what was published, where a fact had put it. */
	forgetName(personId: string): boolean;
	/** Closes the sockets of a session, or of all that a person has. */
	disconnect(whose: { sessionId: string } | { personId: string }): void;
	/** Makes every device that is connected look again, at once. */
	refreshDevices(): void;
	origins: readonly string[];
	operations: Operations;
	/** Whom a request comes from, and how often those without a session may ask, and read what is published. */
	strangers: { addressOf: ClientAddress; pace: Pace; readers: Pace };
	/** How often one person may change something, through whatever route. */
	changes: Pace;
	/** How much of what one person asks for is worked on at once. */
	underWay: RequestsUnderWay;
	/** How often one person may ask for what costs more than an answer. */
	effort: Pace;
	/** The link to set up was used. */
	onSetUp?(): void;
	log: Log;
};

/**
 * All are set behind `requireSession` only. What waited for something asks `admitAgain` in the moment before it changes
 * anything: a session, and what its person may do, can be taken away meanwhile. `decisions` are what a route has asked of
 * this session beside its role; see `decide`. What takes minutes calls `stepAside`, so that the person's other requests
 * need not wait for it.
 */
export type Environment = {
	Variables: { session: Session; admitAgain: () => Session; stepAside: () => void; decisions: (() => unknown)[] };
};
export type Routes = Hono<Environment>;
