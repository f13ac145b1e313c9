/**
 * The minutes (Protokoll): who was there, what was decided, who does what. A count that looks wrong is hinted at and
 * still stored: the minute taker knows what happened in the room.
 */
import type { LocalDate, LocalTime } from './local-time.ts';

export const attendanceStates = ['present', 'excused', 'absent'] as const;
export type AttendanceState = (typeof attendanceStates)[number];

export type Attendance = {
	personId: string;
	state: AttendanceState;
	/** When a person who is present came, where it was not the beginning. */
	from: LocalTime | null;
	/** When they left, where it was not the end. */
	to: LocalTime | null;
};

export type Vote = { yes: number; no: number; abstention: number };

/** `draft` (vorläufig) until the minutes are approved, then `adopted` (gefasst). */
export const resolutionStatuses = ['draft', 'adopted'] as const;
export type ResolutionStatus = (typeof resolutionStatuses)[number];

/** A resolution (Beschluss), put to the vote or not yet. */
export type Resolution = {
	id: string;
	itemId: string;
	text: string;
	vote: Vote | null;
	status: ResolutionStatus;
	order: string;
};

export type Task = {
	id: string;
	itemId: string;
	text: string;
	personId: string | null;
	due: LocalDate | null;
	done: boolean;
	order: string;
};

/** Who led the meeting and who wrote; both sign. */
export type MinutesFacts = { chairId: string | null; minuteTakerId: string | null };

export const maxVoices = 9999;

export function isVoices(value: unknown): value is number {
	return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= maxVoices;
}

export type Headcount = { present: number; excused: number; absent: number; of: number };

/** How many of those who were asked to come did. Guests are counted for themselves: they have no vote. */
export function headcount(attendance: readonly Attendance[], invited: readonly string[]): Headcount {
	const asked = new Set(invited);
	const count = { present: 0, excused: 0, absent: 0, of: asked.size };
	for (const { personId, state } of attendance) if (asked.has(personId)) count[state]++;
	return count;
}

export type VoteHint = 'more-voices-than-present' | 'no-voices';

/** What is odd about a vote, to be shown beside it. Nobody marked present yet: nothing to compare with. */
export function hintOfVote(vote: Vote | null, present: number): VoteHint | null {
	if (vote === null) return null;
	const voices = vote.yes + vote.no + vote.abstention;
	if (voices === 0) return 'no-voices';
	return present > 0 && voices > present ? 'more-voices-than-present' : null;
}

/**
 * Whether a person left after they came.
 * @param overnight the meeting goes beyond midnight, so a later time may be the smaller one
 */
export function isPresenceSpan({ from, to }: Pick<Attendance, 'from' | 'to'>, overnight: boolean): boolean {
	return from === null || to === null || from < to || (overnight && from !== to);
}
