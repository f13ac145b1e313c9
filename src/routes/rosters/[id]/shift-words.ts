/** How a shift is called: by who takes it, else by where it stands. */
import { dateOf, timeOf } from '#lib/domain/local-time.ts';
import type { Shift } from '#lib/domain/roster.ts';
import { formatSpan, formatTimeSpan } from '#lib/i18n/format.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { RosterPage } from '#lib/state/roster.svelte.ts';

export function titleOfShift(roster: RosterPage, shift: Shift): string {
	return roster.branchName(shift.branchId) || roster.stationName(shift.stationId) || m.rosters_free_shift();
}

/** `10:00–12:00 Uhr`, with the dates when it goes on to another day. */
export function spanOfShift({ start, end }: Shift): string {
	return dateOf(start) === dateOf(end) ? formatTimeSpan(timeOf(start), timeOf(end)) : formatSpan(start, end, 'medium');
}

/** `10:00–12:00 Uhr, OV Nord` */
export function nameOfShift(roster: RosterPage, shift: Shift): string {
	return `${spanOfShift(shift)}, ${titleOfShift(roster, shift)}`;
}
