/** Which items of an agenda are not for everybody. */
import type * as Y from 'yjs';
import { readRecords } from './shape.ts';

/** Of a document `agenda:<meetingId>`; those that were taken off it too, for what was decided on them stays in the minutes. */
export function closedItemIds(doc: Y.Doc): ReadonlySet<string> {
	return new Set(readRecords(doc, 'items', (item, id) => (item.get('public') === false ? id : null)));
}
