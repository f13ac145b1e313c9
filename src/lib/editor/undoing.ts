/** An editor's undo is its body's (`documents/body-undo.ts`), in which decisions may stand that were made before it came. */
import { openUndo } from '#lib/documents/body-undo.ts';
import type { Plugin } from 'prosemirror-state';
import { ySyncPluginKey, yUndoPlugin } from 'y-prosemirror';
import type * as Y from 'yjs';

export function undoing(body: Y.XmlFragment): Plugin {
	return yUndoPlugin({ undoManager: openUndo(body, ySyncPluginKey) });
}
