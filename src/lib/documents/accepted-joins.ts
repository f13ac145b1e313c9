/**
 * Of two who accept the same join, unseen by each other, one acceptance stands in the place of the other, and Yjs brings an
 * attribute's former value back only where nobody else has written it since. So it is noted which joins a step accepted, and
 * whoever takes it back lets them stand as suggestions again: unless the other's acceptance is the one that stands.
 */
import * as Y from 'yjs';
import { copiesOf } from './copies.ts';
import { readJoin } from './suggestion.ts';

export type AcceptedJoin = {
	/** The paragraph. */
	block: Y.ID;
	/** What its attribute holds while it is open. */
	open: string;
};

export function joinsAccepted({ changed }: Y.Transaction): AcceptedJoin[] {
	return [...changed].flatMap(([type, keys]) => {
		if (!(type instanceof Y.XmlElement) || !type._item || !keys.has('join')) return [];
		const join = readJoin(type.getAttribute('join'));
		if (!join?.accepted) return [];
		const { by, at, id } = join;
		return [{ block: type._item.id, open: JSON.stringify({ by, at, id }) }];
	});
}

/** Call in a transaction. @param joins that are accepted by this device no more */
export function openAgain(doc: Y.Doc, joins: readonly AcceptedJoin[]): void {
	for (const { block, open } of joins) {
		const content = copiesOf(doc, block, 1)[0]?.copy?.item.content;
		const paragraph = content instanceof Y.ContentType ? content.type : null;
		if (!(paragraph instanceof Y.XmlElement)) continue;
		const { deleted = true, id } = paragraph._map.get('join') ?? {};
		// With a paragraph that we had joined, the acceptance of the other comes back as if it were ours.
		const isOthers = !deleted && id?.client !== doc.clientID;
		if (!isOthers && paragraph.getAttribute('join') !== open) paragraph.setAttribute('join', open);
	}
}
