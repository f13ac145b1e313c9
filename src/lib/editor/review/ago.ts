/** How long ago something was, in one short word. */
import { getLocale } from '#lib/i18n/paraglide/runtime.js';

const units = [
	['day', 86_400_000],
	['hour', 3_600_000],
	['minute', 60_000],
] as const;

/** @param at and `now` in milliseconds; what seems to be in the future, by another device's clock, is now */
export function ago(at: number, now: number, locale: string = getLocale()): string {
	const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
	const past = Math.max(0, now - at);
	const [unit, size] = units.find(([, least]) => past >= least) ?? (['minute', 60_000] as const);
	return words.format(-Math.floor(past / size), unit);
}
