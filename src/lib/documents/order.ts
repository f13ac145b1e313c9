/** A place among other records that two devices can choose at the same time. */
import { generateKeyBetween } from 'fractional-indexing';
import { lastOrder, type Ordered } from './shape.ts';

/**
 * An order that puts `id` right before `before` (at the end when that is null).
 * @param items in order
 */
export function orderBefore(items: readonly Ordered[], before: string | null, id?: string): string {
	const others = items.filter((item) => item.id !== id);
	const found = before === null ? -1 : others.findIndex((item) => item.id === before);
	const at = found < 0 ? others.length : found;
	const low = others[at - 1]?.order ?? null;
	// Two people who inserted at one place share an index: there is no room between equals, so aim behind all of them.
	const high = others.slice(at).find((item) => low === null || item.order > low)?.order ?? null;
	try {
		return generateKeyBetween(low, high);
	} catch {
		return lastOrder;
	}
}
