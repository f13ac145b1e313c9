/** Rooms over a store in memory, with presence and idling at the test's command. */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import type * as Y from 'yjs';
import { createRecovery, type Recovery } from '../../server/relay/authorship.ts';
import { toDocument } from '../../server/relay/document-state.ts';
import type { Pacing } from '../../server/relay/pacing.ts';
import { Rooms, type RoomsOptions } from '../../server/relay/rooms.ts';
import { createMemoryStore, type MemoryStore } from './memory-store.ts';
import { ScriptedPeer } from './scripted-peer.ts';

export const agenda: DocumentName = 'agenda:a1';

/** A tail is long after so many updates or bytes, so that tests need not write for a day. */
export const soon = { threshold: { updates: 2000, bytes: 256 * 1024 } };

/** The next commit begins as soon as it can: what comes by the thousand, each alone, would wait milliseconds for others. */
export const unpaced: Pacing = { turn: () => new Promise(setImmediate), begin: () => {}, end: () => {} };

export type Setting = {
	store: MemoryStore;
	rooms: Rooms;
	recovery: Recovery;
	events: string[];
	/** Milliseconds since 1970; a test moves it on. */
	time: number;
	/** Runs what the rooms put off: presence. */
	flush(): void;
	/** Lets the time pass after which an idle room is forgotten. */
	idle(): void;
	join(personId: string, access?: 'read' | 'write', name?: DocumentName): Promise<ScriptedPeer>;
	/** The document as it would be read from the log now. */
	logged(name?: DocumentName): Promise<Y.Doc>;
	loggedText(name?: DocumentName): Promise<string>;
};

export function createSetting(options: Pick<RoomsOptions, 'pacing' | 'unread' | 'leases' | 'telling'> = {}): Setting {
	const store = createMemoryStore();
	const events: string[] = [];
	const [later, idling]: (() => void)[][] = [[], []];
	const clock = {
		now: () => setting.time,
		later: (work: () => void) => void later?.push(work),
		whenIdle: (work: () => void) => void idling?.push(work),
	};
	const recovery = createRecovery();
	const rooms = new Rooms(store, clock, (event) => events.push(event), { recovery, compaction: soon, ...options });
	const logged = async (name = agenda) => toDocument(await store.load(name));
	const setting: Setting = {
		store,
		rooms,
		recovery,
		events,
		time: 1_700_000_000_000,
		flush: () => later?.splice(0).forEach((work) => work()),
		idle: () => idling?.splice(0).forEach((work) => work()),
		join: (personId, access = 'write', name = agenda) => new ScriptedPeer(personId, access).enter(rooms, name),
		logged,
		loggedText: async (name) => (await logged(name)).getText('t').toJSON(),
	};
	return setting;
}
