/**
 * Where a key leads inside an open menu (the pattern of WAI-ARIA: arrows go round, Home and End, a letter finds the next
 * entry that starts with it).
 * @param at index of the focused entry, -1 when none is
 * @returns the entry to focus, or null when the key means nothing here
 */
export function nextInMenu(key: string, at: number, labels: readonly string[]): number | null {
	const count = labels.length;
	if (count === 0) return null;
	if (key === 'ArrowDown') return (at + 1) % count;
	if (key === 'ArrowUp') return (at <= 0 ? count : at) - 1;
	if (key === 'Home') return 0;
	if (key === 'End') return count - 1;
	if (key.length !== 1 || key === ' ') return null;
	for (let step = 1; step <= count; step++) {
		const index = (Math.max(at, -1) + step) % count;
		if (labels[index]?.toLocaleLowerCase().startsWith(key.toLocaleLowerCase())) return index;
	}
	return null;
}
