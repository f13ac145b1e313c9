/** The last part of a public page's address: to be read, typed and kept. It never changes once it is given. */
import { isPageName } from '#lib/domain/bulletin.ts';
import type { LocalDate } from '#lib/domain/local-time.ts';

const german: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };
const longest = 60;

/**
 * `2024-12-10-aus-dem-stadtvorstand`, with a number behind it where that is somebody else's.
 * @param isTaken whether another issue has, or had, this name
 */
export function pageNameFor(title: string, date: LocalDate, isTaken: (name: string) => boolean): string {
	const words = title
		.toLowerCase()
		.replace(/[äöüß]/g, (letter) => german[letter] ?? '')
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.replace(/[^a-z0-9]+/g, '-')
		.slice(0, longest)
		.replace(/^-+|-+$/g, '');
	const base = words === '' ? date : `${date}-${words}`;
	for (let number = 1; ; number++) {
		const name = number === 1 ? base : `${base}-${number}`;
		if (!isPageName(name)) throw new RangeError(`not a page's name: ${name}`);
		if (!isTaken(name)) return name;
	}
}
