/** Actions and their shifts: who stands where, when, and where someone is still missing. */
import { addMinutes, dateOf, minutesBetween, timeOf, toLocalDateTime } from './local-time.ts';
import type { LocalDate, LocalDateTime, LocalTime } from './local-time.ts';

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
	/** In their order. */
	stations: Station[];
	/** By time. */
	shifts: Shift[];
};

/** A need above this is a slip of the finger. */
export const maxNeed = 99;

/** Places that are still open; a shift with more people than needed has none. */
export function openPlaces(shift: Shift): number {
	return Math.max(0, shift.need - shift.people.length);
}

/** Open places of several shifts; a surplus in one fills no gap in another. */
export function openPlacesOf(shifts: readonly Shift[]): number {
	return shifts.reduce((sum, shift) => sum + openPlaces(shift), 0);
}

export function byTime(a: Shift, b: Shift): number {
	return compare(a.start, b.start) || compare(a.end, b.end) || compare(a.id, b.id);
}

export const partsOfDay = ['morning', 'afternoon', 'evening'] as const;
export type PartOfDay = (typeof partsOfDay)[number];

/** Morning until noon, evening from five: as people at a stall say it. */
export function partOfDay(time: LocalTime): PartOfDay {
	return time < '12:00' ? 'morning' : time < '17:00' ? 'afternoon' : 'evening';
}

export type DayOfShifts = { date: LocalDate; parts: { part: PartOfDay; shifts: Shift[] }[] };

/** Shifts under the day and the part of the day in which they start, everything by time, nothing empty. */
export function groupByDay(shifts: readonly Shift[]): DayOfShifts[] {
	const days: DayOfShifts[] = [];
	for (const shift of shifts.toSorted(byTime)) {
		const date = dateOf(shift.start);
		const part = partOfDay(timeOf(shift.start));
		if (days.at(-1)?.date !== date) days.push({ date, parts: [] });
		const { parts } = days.at(-1) as DayOfShifts;
		const last = parts.at(-1);
		if (last?.part === part) last.shifts.push(shift);
		else parts.push({ part, shifts: [shift] });
	}
	return days;
}

export type GridRow = { start: LocalDateTime; end: LocalDateTime; cells: Shift[][] };

/**
 * A table of shifts: a row for each span of time, a cell for each column.
 * @param columns ids in order; a shift that belongs to none of them stands in a last column, which is there only then
 */
export function toGrid(
	shifts: readonly Shift[],
	columns: readonly string[],
	columnOf: (shift: Shift) => string | null,
): { columns: (string | null)[]; rows: GridRow[] } {
	const at = (shift: Shift) => {
		const index = columns.indexOf(columnOf(shift) ?? '');
		return index < 0 ? columns.length : index;
	};
	const width = shifts.some((shift) => at(shift) === columns.length) ? columns.length + 1 : columns.length;
	const rows: GridRow[] = [];
	for (const shift of shifts.toSorted(byTime)) {
		let row = rows.at(-1);
		if (row?.start !== shift.start || row.end !== shift.end) {
			row = { start: shift.start, end: shift.end, cells: Array.from({ length: width }, () => []) };
			rows.push(row);
		}
		row.cells[at(shift)]?.push(shift);
	}
	return { columns: width > columns.length ? [...columns, null] : [...columns], rows };
}

/** Touching ends do not overlap: one may go from the shift until noon to the shift from noon. */
export function overlap(a: Shift, b: Shift): boolean {
	return a.start < b.end && b.start < a.end;
}

/** Who is on a shift and on another one at the same time, by the shift's id. A hint, not a rule: people swap on the spot. */
export function doubleBooked(shifts: readonly Shift[]): ReadonlyMap<string, string[]> {
	const found = new Map<string, string[]>();
	for (const shift of shifts) {
		const others = shifts.filter((other) => other.id !== shift.id && overlap(shift, other));
		const people = shift.people.filter((id) => others.some((other) => other.people.includes(id)));
		if (people.length > 0) found.set(shift.id, people);
	}
	return found;
}

/** A shift right behind another one: as long, at the same station, as many people needed. Nobody stands there yet. */
export function followUp(shift: Shift, id: string): Shift {
	const minutes = Math.max(15, minutesBetween(shift.start, shift.end));
	return { ...shift, id, start: shift.end, end: addMinutes(shift.end, minutes), people: [] };
}

/** What a new shift starts from: the slot behind the last one, or two hours from ten on the action's day. */
export function proposeShift(roster: Roster, date: LocalDate, id: string): Shift {
	const last = roster.shifts.toSorted(byTime).at(-1);
	if (last) return { ...followUp(last, id), branchId: null };
	return {
		id,
		start: toLocalDateTime(date, '10:00'),
		end: toLocalDateTime(date, '12:00'),
		stationId: roster.stations[0]?.id ?? null,
		need: 2,
		branchId: null,
		people: [],
	};
}

/** Actions from `today` on, the next one first, and those before, the latest first. */
export function splitByDate<T extends { date: LocalDate }>(
	entries: readonly T[],
	today: LocalDate,
): { upcoming: T[]; past: T[] } {
	const sorted = entries.toSorted((a, b) => compare(a.date, b.date));
	return {
		upcoming: sorted.filter((entry) => entry.date >= today),
		past: sorted.filter((entry) => entry.date < today).reverse(),
	};
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
