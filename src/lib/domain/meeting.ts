/** Meetings: their facts, and the rules that a form checks before a fact is stored. */
import {
	isLocalDate,
	isLocalDateTime,
	isLocalTime,
	minutesBetween,
	toLocalDateTime,
	type LocalDateTime,
} from './local-time.ts';

export const meetingModes = ['inPerson', 'online', 'hybrid'] as const;
export type MeetingMode = (typeof meetingModes)[number];

export const meetingStatuses = ['planned', 'invited', 'held', 'cancelled'] as const;
export type MeetingStatus = (typeof meetingStatuses)[number];

/** A body that meets (Gremium): board, working group. */
export type Body = { id: string; name: string };

export type Meeting = {
	id: string;
	bodyId: string | null;
	/** Only where the body's name does not say enough ("Joint meeting with the council group"). */
	title: string;
	start: LocalDateTime;
	end: LocalDateTime | null;
	mode: MeetingMode;
	place: string;
	/** Where to join online: an http(s) address, or empty. */
	link: string;
	status: MeetingStatus;
	/** Person ids. */
	invited: string[];
	/** Person ids. */
	guests: string[];
};

export type TimeProblem = 'start-invalid' | 'end-invalid' | 'end-before-start' | 'too-long';

/** A span of one meeting or shift: it ends after it starts, and within two days. */
export function checkSpan(start: unknown, end: unknown): TimeProblem | null {
	if (!isLocalDateTime(start)) return 'start-invalid';
	if (end === null) return null;
	if (!isLocalDateTime(end)) return 'end-invalid';
	const minutes = minutesBetween(start, end);
	return minutes <= 0 ? 'end-before-start' : minutes > 2 * 1440 ? 'too-long' : null;
}

/** An address that is safe to offer as a link: http or https. Empty when it is none. */
export function safeLink(text: string): string {
	if (!/^https?:\/\//i.test(text.trim())) return '';
	try {
		return new URL(text.trim()).href;
	} catch {
		return '';
	}
}

/** The first meeting that has not ended at `now`, cancelled ones left out. A meeting without an end lasts three hours. */
export function nextMeeting(meetings: readonly Meeting[], now: LocalDateTime): Meeting | null {
	return meetings.filter((meeting) => meeting.status !== 'cancelled' && endOf(meeting) > now).sort(byStart)[0] ?? null;
}

export function byStart(a: { start: LocalDateTime; id: string }, b: { start: LocalDateTime; id: string }): number {
	return a.start < b.start ? -1 : a.start > b.start ? 1 : a.id < b.id ? -1 : 1;
}

function endOf(meeting: Meeting): LocalDateTime {
	return meeting.end ?? new Date(Date.parse(`${meeting.start}:00Z`) + 3 * 3_600_000).toISOString().slice(0, 16);
}

/** What a form asks for: a day, and on that day a start and perhaps an end (empty for none). */
export type MeetingTimes = { date: string; start: string; end: string };

export type MeetingTimesProblem =
	| { field: 'date'; problem: 'date-invalid' }
	| { field: 'start'; problem: 'start-invalid' }
	| { field: 'end'; problem: 'end-invalid' | 'end-before-start' };

/** The times as facts, or the first field that stands in the way; nothing in between. */
export function checkMeetingTimes(
	times: MeetingTimes,
): { ok: true; start: LocalDateTime; end: LocalDateTime | null } | ({ ok: false } & MeetingTimesProblem) {
	if (!isLocalDate(times.date)) return { ok: false, field: 'date', problem: 'date-invalid' };
	if (!isLocalTime(times.start)) return { ok: false, field: 'start', problem: 'start-invalid' };
	const start = toLocalDateTime(times.date, times.start);
	if (times.end === '') return { ok: true, start, end: null };
	if (!isLocalTime(times.end)) return { ok: false, field: 'end', problem: 'end-invalid' };
	const end = toLocalDateTime(times.date, times.end);
	if (end <= start) return { ok: false, field: 'end', problem: 'end-before-start' };
	return { ok: true, start, end };
}

/** Those that have not ended at `now`, soonest first; and those that have, latest first. */
export function splitByTime(
	meetings: readonly Meeting[],
	now: LocalDateTime,
): { upcoming: Meeting[]; past: Meeting[] } {
	const sorted = [...meetings].sort(byStart);
	return {
		upcoming: sorted.filter((meeting) => endOf(meeting) > now),
		past: sorted.filter((meeting) => endOf(meeting) <= now).reverse(),
	};
}
