/**
 * A text that two people change at once, seen from one text field: where the caret goes when the other's change arrives,
 * and what becomes of a change that was still under way (an input method composing a character).
 */

/** What turned one text into another: `removed` characters from `at` on gave way to `inserted`. */
export type TextChange = { at: number; removed: number; inserted: string };

/** The smallest single replacement that turns `from` into `to`. */
export function changeBetween(from: string, to: string): TextChange {
	const shorter = Math.min(from.length, to.length);
	let start = 0;
	while (start < shorter && from[start] === to[start]) start++;
	let end = 0;
	while (end < shorter - start && from[from.length - 1 - end] === to[to.length - 1 - end]) end++;
	return { at: start, removed: from.length - start - end, inserted: to.slice(start, to.length - end) };
}

/** Where a caret at `position` stands after the change; one inside what was removed goes behind what replaced it. */
export function mapCaret(position: number, change: TextChange): number {
	if (position <= change.at) return position;
	if (position >= change.at + change.removed) return position - change.removed + change.inserted.length;
	return change.at + change.inserted.length;
}

/** The text that holds both changes that were made to `base`: what `theirs` brought, and then what `mine` did. */
export function rebase(base: string, mine: string, theirs: string): string {
	const my = changeBetween(base, mine);
	const their = changeBetween(base, theirs);
	const from = mapCaret(my.at, their);
	const to = Math.max(from, mapCaret(my.at + my.removed, their));
	return theirs.slice(0, from) + my.inserted + theirs.slice(to);
}
