/**
 * Undo of what one did oneself, decisions on suggestions among it. What a block was before a suggestion is kept even when
 * the suggestion is undone: another person may have changed the block too, and it must still be known how it was.
 */
import { reviewOrigin } from '#lib/documents/review.ts';
import type { Plugin } from 'prosemirror-state';
import { defaultDeleteFilter, ySyncPluginKey, yUndoPlugin } from 'y-prosemirror';
import * as Y from 'yjs';

const protectedNodes = new Set(['paragraph', 'table', 'row', 'cell']);

export function undoing(body: Y.XmlFragment): Plugin {
	const undoManager = new Y.UndoManager(body, {
		trackedOrigins: new Set<unknown>([ySyncPluginKey, reviewOrigin]),
		deleteFilter: (item) => item.parentSub !== 'chg' && defaultDeleteFilter(item, protectedNodes),
		captureTransaction: (transaction) => transaction.meta.get('addToHistory') !== false,
	});
	return yUndoPlugin({ undoManager });
}
