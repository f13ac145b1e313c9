/** How the time that replaces another is written. */
import { findTimes } from '../facts/recognise.ts';
import type { LocalTime } from '../local-time.ts';

const clock = /(\d{1,2})(?:([.:])(\d\d))?(?:(\s?)([ap])(?=\.?m))?/giu;

/**
 * Times as others were typed: "7 p.m." for "7:30 p.m.", "18.00 Uhr" for "19.00 Uhr".
 *
 * @param times as many as `typed` has
 * @returns null where what comes out would be read as something else
 */
export function writeLike(typed: string, times: readonly LocalTime[]): string | null {
	const isOfHalves = /\d\s?[ap]\.?m/iu.test(typed);
	const isBare = !isOfHalves && !/uhr|h/iu.test(typed);
	let next = 0;
	const written = typed.replace(clock, (...match: string[]) => {
		const [, hour = '', dot, minutes, blank = '', half = ''] = match;
		const [hours, rest = ''] = (times[next++] ?? '').split(':');
		const shown = String(isOfHalves ? Number(hours) % 12 || 12 : Number(hours)).padStart(dot ? hour.length : 1, '0');
		const isFull = isBare || rest !== '00' || minutes === '00';
		const letter = Number(hours) < 12 ? 'a' : 'p';
		return (
			shown + (isFull ? (dot ?? ':') + rest : '') + blank + (/[AP]/.test(half) ? letter.toUpperCase() : half && letter)
		);
	});
	const [read] = findTimes(written);
	return next === times.length && read?.start === times[0] && read?.end === (times[1] ?? null) ? written : null;
}
