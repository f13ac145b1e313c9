/** What facts show, read from the documents that hold it. The server freezes with it what the editor shows. */
import type { FactSources, Found } from '#lib/domain/facts/fact.ts';
import type { Resolution } from '#lib/domain/minutes.ts';
import type { Roster } from '#lib/domain/roster.ts';
import type * as Y from 'yjs';
import type { Directory } from './directory.ts';

export type FactDocuments = {
	/** Undefined while it is not there: then nothing is said to be deleted. */
	directory: Directory | undefined;
	/** Undefined where this reader may not look, or cannot yet, see `readArrived`. */
	rosterOf(actionId: string): Pick<Roster, 'shifts'> | undefined;
	minutesOf(meetingId: string): { resolutions: readonly Resolution[] } | undefined;
	/** Empty for somebody who is not known. */
	personName(id: string): string;
};

export function factSources({ directory, rosterOf, minutesOf, personName }: FactDocuments): FactSources {
	return {
		meeting: (id) => directory && byId(directory.meetings, id),
		action: (id) => directory && byId(directory.rosters, id),
		shift(actionId, id) {
			const action = directory && byId(directory.rosters, actionId);
			if (!action) return action;
			const roster = rosterOf(actionId);
			return roster && byId(roster.shifts, id);
		},
		resolution(meetingId, id) {
			const meeting = directory && byId(directory.meetings, meetingId);
			if (!meeting) return meeting;
			const minutes = minutesOf(meetingId);
			return minutes && byId(minutes.resolutions, id);
		},
		office: (id) => directory && byId(directory.offices, id),
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
