/** What a shift is called in a fact's details and in the list behind an `@`. */
import type { Directory } from '#lib/documents/directory.ts';
import type { Roster, RosterEntry, Shift } from '#lib/domain/roster.ts';
import { formatSpan } from '#lib/i18n/format.ts';

type Places = { stations: Roster['stations']; branches: Directory['branches'] };

/** `Stand am Markt, Nordtor, OV Mitte, 12.12.2026, 10:00–12:00 Uhr`: at one time there are shifts at several stations. */
export function nameOfShift({ title }: Pick<RosterEntry, 'title'>, shift: Shift, places: Places): string {
	const named = (all: readonly { id: string; name: string }[], id: string | null) =>
		all.find((each) => each.id === id)?.name;
	const where = [named(places.stations, shift.stationId), named(places.branches, shift.branchId)];
	return [title, ...where, formatSpan(shift.start, shift.end, 'short')].filter(Boolean).join(', ');
}
