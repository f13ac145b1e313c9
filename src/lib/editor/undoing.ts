/**
 * Undo of what one did oneself, decisions on suggestions among it. That a paragraph came as a suggestion is kept while the
 * paragraph is, even when its coming is undone: another person may have written in it, and it must still be known. So is it
 * of which suggestions letters were that come back (`documents/brought-back.ts`).
 * Each decision is taken back by itself, however quickly it came behind another, or behind what was typed.
 */
import { markBroughtBack, suggestedLettersTaken, type Taken } from '#lib/documents/brought-back.ts';
import { reviewOrigin } from '#lib/documents/review.ts';
import type { Plugin } from 'prosemirror-state';
import { defaultDeleteFilter, ySyncPluginKey, yUndoPlugin } from 'y-prosemirror';
import * as Y from 'yjs';

const protectedNodes = new Set(['paragraph', 'table', 'row', 'cell']);

export function undoing(body: Y.XmlFragment): Plugin {
	let taken: Taken[] = [];
	const undoManager: Y.UndoManager = new Y.UndoManager(body, {
		trackedOrigins: new Set<unknown>([ySyncPluginKey, reviewOrigin]),
		deleteFilter: (item) => !isComing(item) && defaultDeleteFilter(item, protectedNodes),
		captureTransaction: (transaction) => {
			const { meta, origin } = transaction;
			if (origin === reviewOrigin) undoManager.stopCapturing();
			taken = undoManager.trackedOrigins.has(origin) ? suggestedLettersTaken(transaction) : [];
			return meta.get('addToHistory') !== false;
		},
	});
	undoManager.on('stack-item-added', ({ origin, stackItem }: StackEvent) => {
		if (origin === reviewOrigin) undoManager.stopCapturing();
		stackItem.meta.set(takenKey, taken);
	});
	undoManager.on('stack-item-updated', ({ stackItem: { meta } }: StackEvent) => {
		meta.set(takenKey, [...takenOf(meta), ...taken]);
	});
	undoManager.on('stack-item-popped', ({ stackItem: { meta } }: StackEvent) => {
		markBroughtBack(undoManager.doc, takenOf(meta));
	});
	return yUndoPlugin({ undoManager });
}

type Meta = Map<unknown, unknown>;
type StackEvent = { origin: unknown; stackItem: { meta: Meta } };

const takenKey = Symbol('suggested letters taken');

function takenOf(meta: Meta): Taken[] {
	return (meta.get(takenKey) as Taken[] | undefined) ?? [];
}

function isComing({ parent, parentSub }: Y.Item): boolean {
	return parentSub === 'ins' && (parent as Y.XmlElement).nodeName === 'paragraph';
}
