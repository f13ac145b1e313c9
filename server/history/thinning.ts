/**
 * Which versions go as they age. Named ones stay. Of those that were made by themselves stay all of today, the last of
 * each day for a month, the last of each week (from Monday) for a year. What stays today never depended on what goes
 * tomorrow, so thinning every hour or once a month ends with the same.
 */
import { daysBetween, type LocalDate } from '#lib/domain/local-time.ts';
import type { Version } from '../storage/version-contract.ts';

/** Ages in days. */
const daily = 31;
const weekly = 366;
/** A Monday. */
const firstMonday: LocalDate = '1970-01-05';

/**
 * @param versions of one document, the newest first
 * @param now milliseconds since 1970
 * @param timeZone in which a day is a day
 * @returns ids
 */
export function versionsToForget(versions: readonly Version[], now: number, timeZone: string): string[] {
	// Sweden writes a day as we do. Made once: it costs more than all that it says.
	const format = new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
	const dayOf = (at: number): LocalDate => format.format(at);
	const today = dayOf(now);
	const kept = new Set<string>();
	return versions
		.filter(({ label, madeAt, id }) => {
			if (label !== null) return false;
			const span = spanOf(dayOf(madeAt), today, id);
			if (span === null || kept.has(span)) return true;
			kept.add(span);
			return false;
		})
		.map(({ id }) => id);
}

/** The span of time of which one version stays; null when none does. */
function spanOf(day: LocalDate, today: LocalDate, id: string): string | null {
	const age = daysBetween(day, today);
	if (age <= 0) return id;
	if (age <= daily) return day;
	return age <= weekly ? `week ${Math.floor(daysBetween(firstMonday, day) / 7)}` : null;
}
