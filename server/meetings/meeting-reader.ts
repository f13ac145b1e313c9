/** A meeting's facts, read from the directory on disk: for guests, who may not read the directory itself. */
import { readDirectory } from '#lib/documents/directory.ts';
import type { Meeting } from '#lib/domain/meeting.ts';
import { directoryName } from '#lib/protocol/document-name.ts';
import * as Y from 'yjs';
import type { UpdateStore } from '../storage/contract.ts';

/** `body`: what the body that meets is called, or empty. */
export type MeetingFacts = Meeting & { body: string };

export type MeetingReader = {
	/** @returns null when the directory has no such meeting, or has it no more */
	find(id: string): Promise<MeetingFacts | null>;
};

export function createMeetingReader(store: Pick<UpdateStore, 'load'>): MeetingReader {
	return {
		async find(id) {
			const { snapshot, tail } = await store.load(directoryName);
			const doc = new Y.Doc();
			try {
				doc.transact(() => {
					for (const update of snapshot ? [snapshot, ...tail] : tail) Y.applyUpdate(doc, update);
				});
				const { meetings, bodies } = readDirectory(doc);
				const meeting = meetings.find((one) => one.id === id);
				if (!meeting) return null;
				return { ...meeting, body: bodies.find((body) => body.id === meeting.bodyId)?.name ?? '' };
			} finally {
				doc.destroy();
			}
		},
	};
}
