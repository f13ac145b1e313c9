/**
 * A meeting can go out of the directory, and come back when that is undone. While it is not there nothing of it is open
 * to a guest, and nothing that was given to them is taken: with the meeting their access is back.
 */
import type { Person } from '#lib/protocol/api.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { MeetingReader } from '../meetings/meeting-reader.ts';

/** @returns the meeting that this guest was let in to, when it is not there; null for everyone else */
export async function goneMeetingOf({ guestOf }: Person, meetings: MeetingReader): Promise<string | null> {
	return guestOf && (await meetings.find(guestOf.meetingId)) === null ? guestOf.meetingId : null;
}

/** As they are while that meeting is gone. */
export function withoutMeeting(person: Person, gone: string | null): Person {
	if (gone === null || person.guestOf?.meetingId !== gone) return person;
	const { guestOf: _gone, guestUntil: _until, ...rest } = person;
	return rest;
}

/** @returns a look at the guests, to be repeated: those whose meeting is gone keep no socket */
export function createMeetingCheck(
	{ people }: Pick<Accounts, 'people'>,
	meetings: MeetingReader,
	disconnect: (whose: { personId: string }) => void,
): () => Promise<void> {
	return async () => {
		for (const person of people.list())
			if ((await goneMeetingOf(person, meetings)) !== null) disconnect({ personId: person.id });
	};
}
