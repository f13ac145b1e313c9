/**
 * Keeps a guest's own directory as the server tells their meeting; without a network it is as it was told last. Whoever is
 * turned away hears of it within half a minute of looking at it: their page may have no document open that the relay
 * could close.
 */
import { addBody, addMeeting } from '#lib/documents/change-directory.ts';
import { meetingModes, meetingStatuses } from '#lib/domain/meeting.ts';
import { listOf, oneOf, orNull, record, text, type Shape } from '#lib/protocol/answer-shape.ts';
import type { GuestAnswer } from '#lib/protocol/api.ts';
import type { DocumentStatus } from '#lib/sync/contract.ts';
import type * as Y from 'yjs';
import type { Api } from './api.ts';
import { Stored, type KeyValueStore } from './stored.ts';

type Meeting = GuestAnswer['meeting'];

const answer: Shape<GuestAnswer> = record({
	meeting: record({
		id: text,
		bodyId: orNull(text),
		body: text,
		title: text,
		start: text,
		end: orNull(text),
		mode: oneOf(meetingModes),
		place: text,
		link: text,
		status: oneOf(meetingStatuses),
		invited: listOf(text),
		guests: listOf(text),
	}),
});

export const guestMeetingKey = 'mitschrift.guest';
/** Milliseconds; nobody is asked while nobody looks. */
const interval = 30_000;

export type Keeping = {
	api: Api;
	store: KeyValueStore | null;
	onStatus: (change: Partial<DocumentStatus>) => void;
	/** The meeting that this page was opened for. */
	meetingId: string | undefined;
	/** The server does not know this guest any more, or not as this page does: their meeting went, or came back. */
	onNews: () => void;
};

/** By these the server says that there is nothing here for whoever asks. */
const refusals: ReadonlySet<string> = new Set(['revoked', 'unauthorized', 'forbidden', 'not-found']);

/** @returns a function that stops it */
export function keepGuestDirectory(
	doc: Y.Doc,
	{ api, store, onStatus, meetingId, onNews }: Keeping,
	target: Window = window,
): () => void {
	const kept = new Stored(store, guestMeetingKey, answer);
	let stopped = false;

	async function ask(): Promise<void> {
		const result = await api.send('GET', '/api/guests', answer);
		if (stopped) return;
		if (result.ok) {
			kept.write(result.value);
			write(doc, result.value.meeting);
		} else if (result.error === 'not-found') {
			kept.remove();
			clear(doc);
		}
		if (result.ok ? result.value.meeting.id !== meetingId : refusals.has(result.error)) onNews();
		const reached = result.ok || result.error === 'not-found';
		onStatus(reached ? { everSynced: true, connection: 'online' } : { connection: 'offline' });
	}

	const before = kept.read();
	if (before) {
		write(doc, before.meeting);
		onStatus({ everSynced: true });
	}
	const events = new AbortController();
	const again = () => void ask();
	const looking = () => !target.document.hidden && again();
	const timer = setInterval(looking, interval);
	target.addEventListener('online', again, events);
	target.document.addEventListener('visibilitychange', looking, events);
	again();
	return () => {
		stopped = true;
		clearInterval(timer);
		events.abort();
	};
}

/** Told anew it takes the place of what was there: this directory is nobody's but this tab's. */
function write(doc: Y.Doc, { body, ...meeting }: Meeting): void {
	doc.transact(() => {
		clear(doc);
		if (meeting.bodyId !== null) addBody(doc, meeting.bodyId, body);
		addMeeting(doc, meeting);
	});
}

function clear(doc: Y.Doc): void {
	for (const collection of ['meetings', 'bodies']) doc.getMap(collection).clear();
}
