/** A meeting's facts, read from the directory on disk: for guests, who may not read the directory itself. */
import { readDirectory } from '#lib/documents/directory.ts';
import type { Meeting } from '#lib/domain/meeting.ts';
import { directoryName } from '#lib/protocol/document-name.ts';
import * as Y from 'yjs';
import type { StoredDocument, UpdateStore } from '../storage/contract.ts';

/** `body`: what the body that meets is called, or empty. */
export type MeetingFacts = Meeting & { body: string };

export type MeetingReader = {
	/** @returns null when the directory has no such meeting, or has it no more */
	find(id: string): Promise<MeetingFacts | null>;
};

/** Asked for every request of a guest, so that a directory is read once as long as nobody writes into it. */
export function createMeetingReader(store: Pick<UpdateStore, 'load'>): MeetingReader {
	let known: { sequence: number; meetings: ReadonlyMap<string, MeetingFacts> } = { sequence: 0, meetings: new Map() };
	return {
		async find(id) {
			const stored = await store.load(directoryName);
			if (stored.sequence !== known.sequence) known = { sequence: stored.sequence, meetings: readMeetings(stored) };
			return known.meetings.get(id) ?? null;
		},
	};
}

function readMeetings({ snapshot, tail }: StoredDocument): ReadonlyMap<string, MeetingFacts> {
	const doc = new Y.Doc();
	try {
		doc.transact(() => {
			for (const update of snapshot ? [snapshot, ...tail] : tail) Y.applyUpdate(doc, update);
		});
		const { meetings, bodies } = readDirectory(doc);
		const names = new Map(bodies.map(({ id, name }) => [id, name]));
		return new Map(meetings.map((one) => [one.id, { ...one, body: names.get(one.bodyId ?? '') ?? '' }]));
	} finally {
		doc.destroy();
	}
}
