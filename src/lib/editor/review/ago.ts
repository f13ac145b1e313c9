/** How long ago something was, in one short word; what is long ago by its day. */
import { getLocale } from '#lib/i18n/paraglide/runtime.js';

const units = [
	['day', 86_400_000],
	['hour', 3_600_000],
	['minute', 60_000],
] as const;

/** Days that anybody counts. */
const countedDays = 30;

/** @param at and `now` in milliseconds; what seems to be in the future, by another device's clock, is now */
export function ago(at: number, now: number, locale: string = getLocale()): string {
	const past = Math.max(0, now - at);
	const [unit, size] = units.find(([, least]) => past >= least) ?? (['minute', 60_000] as const);
	const count = Math.floor(past / size);
	if (unit === 'day' && count > countedDays) {
		// English as it is written in Europe, as everywhere here.
		return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { dateStyle: 'medium' }).format(at);
	}
	return new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' }).format(-count, unit);
}
