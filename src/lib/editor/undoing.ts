/**
 * Undo of what one did oneself, decisions on suggestions among it. That a paragraph came as a suggestion is kept while the
 * paragraph is, even when its coming is undone: another person may have written in it, and it must still be known.
 * Each decision is taken back by itself, however quickly it came behind another, or behind what was typed.
 */
import { reviewOrigin } from '#lib/documents/review.ts';
import type { Plugin } from 'prosemirror-state';
import { defaultDeleteFilter, ySyncPluginKey, yUndoPlugin } from 'y-prosemirror';
import * as Y from 'yjs';

const protectedNodes = new Set(['paragraph', 'table', 'row', 'cell']);

export function undoing(body: Y.XmlFragment): Plugin {
	const undoManager: Y.UndoManager = new Y.UndoManager(body, {
		trackedOrigins: new Set<unknown>([ySyncPluginKey, reviewOrigin]),
		deleteFilter: (item) => !isComing(item) && defaultDeleteFilter(item, protectedNodes),
		captureTransaction: ({ meta, origin }) => {
			if (origin === reviewOrigin) undoManager.stopCapturing();
			return meta.get('addToHistory') !== false;
		},
	});
	undoManager.on('stack-item-added', ({ origin }: { origin: unknown }) => {
		if (origin === reviewOrigin) undoManager.stopCapturing();
	});
	return yUndoPlugin({ undoManager });
}

function isComing({ parent, parentSub }: Y.Item): boolean {
	return parentSub === 'ins' && (parent as Y.XmlElement).nodeName === 'paragraph';
}
