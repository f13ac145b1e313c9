/**
 * What relays that share one store tell each other of a document, so that who is connected to one sees what is written at
 * another. The store alone is the truth: a bus may delay, repeat and lose. Updates say which sequences of the log they
 * are, so that a relay sees what it missed and reads it there; presence is said again and again, and so is how long the
 * log is: of the last that was written nothing else tells that it was lost.
 */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import type { Sequence } from '../storage/contract.ts';

/** What one relay added to the log, in one piece. It is on disk. */
export type SharedUpdates = {
	/** None: it says only how long the log is. */
	updates: readonly Uint8Array[];
	/** Of the last of them; the others come directly before it. */
	last: Sequence;
	/** Whose client ids are, as these made it known. */
	authors: readonly (readonly [client: number, person: string | null])[];
};

/** Somebody's presence at one relay. `state` is JSON, with the person stamped into it; `null` when they left. */
export type SharedPresence = { client: number; clock: number; state: string; personId: string };

/**
 * Called one at a time, in the order in which each relay published; what was heard may come again, however old. Never for
 * what this channel itself published.
 */
export type BusListener = {
	updates(shared: SharedUpdates): void;
	presence(entries: readonly SharedPresence[]): void;
	/** Another relay opened the document, and wants to know who is here. */
	asked(): void;
	/** The document was made anew in the store, without what was deleted of it: it is to be read again. */
	renewed(): void;
	/** Something may have been missed: a connection ended, and is there again. */
	interrupted(): void;
};

/**
 * One relay's place at one document. Publishing answers nothing, and never throws: what does not arrive is noticed by who
 * misses it. What was handed over is not changed any more.
 */
export interface Channel {
	updates(shared: SharedUpdates): void;
	presence(entries: readonly SharedPresence[]): void;
	ask(): void;
	/** Said when the store has it. Who may have missed it, when a connection ended, reads again too. */
	renew(): void;
	/** Nothing is heard after this. */
	close(): void;
}

export interface Bus {
	/** Settles when everything is heard that others publish from then on. Rejects when it cannot be had: no room opens then. */
	open(name: DocumentName, listener: BusListener): Promise<Channel>;
}
