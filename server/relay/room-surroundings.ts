import type { DocumentName } from '#lib/protocol/document-name.ts';
import type { Authors, StoredDocument } from '../storage/contract.ts';
import type { Recovery } from './authorship.ts';
import type { Bus } from './bus.ts';
import type { Committing } from './committer.ts';
import type { EarlyUpdates } from './early-updates.ts';
import type { Intake } from './intake.ts';
import type { Log } from './log.ts';
import type { Room } from './room.ts';
import type { TellingBudget } from './telling-budget.ts';
import type { Growth } from './turn.ts';
import type { UnreadAnswers } from './unread-answers.ts';

/** What a room has of the relay that it is in. */
export type RoomSurroundings = {
	load(name: DocumentName): Promise<StoredDocument>;
	authors(name: DocumentName): Promise<Authors>;
	recovery: Recovery;
	intake: Intake;
	early: EarlyUpdates;
	telling: TellingBudget;
	unread: UnreadAnswers;
	/** To other relays with the same store; null when there are none. */
	bus: Bus | null;
	/** Asks for a commit of what the room gathered. */
	requestCommit(room: Committing): void;
	/** Called when so much was added to the log. */
	appended(name: DocumentName, growth: Growth): void;
	/** Runs `work` a little later; presence of that time goes out together, to so many people. */
	later(work: () => void, people: number): void;
	/** Milliseconds since the epoch. */
	now(): number;
	/** The document cannot be read any more; everyone was sent away. */
	lost(room: Room): void;
	log: Log;
};
