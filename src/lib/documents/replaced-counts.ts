/**
 * Voices of a vote that two people enter without having heard of each other's: one entry holds, on all devices the same. Who
 * entered the other is to be told. Who changes what they see replaces nothing: that is a correction.
 */
import { isVoices, type Vote } from '#lib/domain/minutes.ts';
import * as Y from 'yjs';

export type Counts = Partial<Vote>;
/** `by`: the Yjs client that wrote what holds now. */
export type ReplacedCounts = { resolutionId: string; mine: Counts; theirs: Counts; by: number };

const choices = ['yes', 'no', 'abstention'] as const;

/**
 * @param transaction at its `afterTransaction`: a moment later what was replaced cannot be read any more
 * @param isOwn whether this device wrote what has the id
 */
export function replacedCounts(transaction: Y.Transaction, isOwn: (id: Y.ID) => boolean): ReplacedCounts[] {
	const resolutions = transaction.doc.getMap('resolutions');
	return [...transaction.changed].flatMap(([type, keys]) => {
		const resolutionId = type._item?.parentSub;
		if (type.parent !== (resolutions as unknown) || resolutionId == null || type._map.get('removed')) return [];
		const found: ReplacedCounts = { resolutionId, mine: {}, theirs: {}, by: 0 };
		for (const choice of choices) {
			const now = keys.has(choice) ? type._map.get(choice) : undefined;
			const former = now && !now.deleted ? formerOf(now, transaction) : null;
			if (!now || !former || !isOwn(former.id) || hadHeard(now, former, transaction.doc)) continue;
			const [mine, theirs] = [former, now].map(({ content }): unknown => content.getContent().at(-1));
			if (!isVoices(mine) || !isVoices(theirs) || mine === theirs) continue;
			[found.mine[choice], found.theirs[choice], found.by] = [mine, theirs, now.id.client];
		}
		return Object.keys(found.mine).length > 0 ? [found] : [];
	});
}

/** What held before: of all that stands before it, what was there and went in this transaction. */
function formerOf(now: Y.Item, { deleteSet, beforeState }: Y.Transaction): Y.Item | null {
	for (let item = now.left; item; item = item.left)
		if (item.id.clock < (beforeState.get(item.id.client) ?? 0) && Y.isDeleted(deleteSet, item.id)) return item;
	return null;
}

/** Each entry names the one that its writer saw. */
function hadHeard(entry: Y.Item, of: Y.Item, { store }: Y.Doc): boolean {
	for (let at: Y.Item | Y.GC = entry; at instanceof Y.Item && at.origin; at = Y.getItem(store, at.origin)) {
		const { client, clock } = at.origin;
		if (client === of.id.client && clock >= of.id.clock && clock < of.id.clock + of.length) return true;
	}
	return false;
}
