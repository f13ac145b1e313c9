/** What facts show, read from the documents that hold it. The server freezes with it what the editor shows. */
import type { FactSources, Found } from '#lib/domain/facts/fact.ts';
import type { Resolution } from '#lib/domain/minutes.ts';
import type { Roster } from '#lib/domain/roster.ts';
import type * as Y from 'yjs';
import type { Directory } from './directory.ts';

export type FactDocuments = {
	/** Undefined while it is not there: then nothing is said to be deleted. */
	directory: Directory | undefined;
	/** This reader's directory is a part of the association's: what is not in it was not deleted. */
	partly?: boolean;
	/** Undefined where this reader may not look, or cannot yet, see `readArrived`. */
	rosterOf(actionId: string): Pick<Roster, 'shifts'> | undefined;
	minutesOf(meetingId: string): { resolutions: readonly Resolution[] } | undefined;
	/** Ids of the meeting's agenda items that are not public, see `closedItemIds`. */
	closedItemsOf(meetingId: string): ReadonlySet<string> | undefined;
	/** Empty for somebody who is not known. */
	personName(id: string): string;
};

export function factSources(documents: FactDocuments): FactSources {
	const { directory, partly = false, rosterOf, minutesOf, closedItemsOf, personName } = documents;
	const listed = <T extends { id: string }>(records: readonly T[] | undefined, id: string): Found<T> =>
		(records && byId(records, id)) ?? (partly ? undefined : records && null);
	const action = (id: string) => listed(directory?.rosters, id);
	const meeting = (id: string) => listed(directory?.meetings, id);
	return {
		meeting,
		action,
		shift(actionId, id) {
			const outer = action(actionId);
			if (!outer) return outer;
			const roster = rosterOf(actionId);
			return roster && byId(roster.shifts, id);
		},
		resolution(meetingId, id) {
			const outer = meeting(meetingId);
			if (!outer) return outer;
			const minutes = minutesOf(meetingId);
			const found = minutes && byId(minutes.resolutions, id);
			return found && { ...found, closed: closedItemsOf(meetingId)?.has(found.itemId) === true };
		},
		office: (id) => listed(directory?.offices, id),
		personName,
	};
}

/**
 * What a document holds that has come here. One in which nothing was ever written has not: it would say of all that it is to
 * hold that it was deleted, which leaves a trace.
 */
export function readArrived<T>(read: (doc: Y.Doc) => T): (doc: Y.Doc) => T | undefined {
	return (doc) => (doc.store.clients.size > 0 ? read(doc) : undefined);
}

function byId<T extends { id: string }>(records: readonly T[], id: string): Found<T> {
	return records.find((record) => record.id === id) ?? null;
}
