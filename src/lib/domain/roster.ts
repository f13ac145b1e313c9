/** Actions and their shifts: who stands where, when, and where someone is still missing. */
import type { LocalDate, LocalDateTime } from './local-time.ts';

/** What the directory knows of an action; its shifts are in the roster's own document. */
export type RosterEntry = {
	id: string;
	title: string;
	place: string;
	/** First day. */
	date: LocalDate;
	status: 'planned' | 'open' | 'cancelled';
};

export type Branch = { id: string; name: string; order: string };

export type Station = { id: string; name: string; order: string };

export type Shift = {
	id: string;
	start: LocalDateTime;
	end: LocalDateTime;
	stationId: string | null;
	/** How many people are needed. */
	need: number;
	/** The branch that takes the shift, if one does. */
	branchId: string | null;
	/** Person ids. */
	people: string[];
};

export type Roster = {
	note: string;
	/** Person id of whom to call at the stand. */
	contactId: string | null;
	stations: Station[];
	shifts: Shift[];
};

/** Places that are still open; a shift with more people than needed has none. */
export function openPlaces(shift: Shift): number {
	return Math.max(0, shift.need - shift.people.length);
}
