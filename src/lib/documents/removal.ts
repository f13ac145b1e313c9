/** How a record is removed and comes back, see docs/decisions/what-is-removed-keeps-a-mark.md. */
import type * as Y from 'yjs';

/** Who removes a record, a person's id, and when, in milliseconds. */
export type Removal = { by: string; at: number };

export function markRecord(record: Y.Map<unknown>, removal?: Removal): void {
	record.set('removed', true);
	if (!removal) return;
	record.set('removedBy', removal.by);
	record.set('removedAt', removal.at);
}

export function unmarkRecord(record: Y.Map<unknown>): void {
	for (const field of ['removed', 'removedBy', 'removedAt']) record.delete(field);
}
