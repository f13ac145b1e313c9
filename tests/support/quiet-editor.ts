/** What an editor on a page without anything around it is told: nobody listens, and everybody is called by their id. */
import type { EditorOptions } from '#lib/editor/open-editor.ts';
import { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';

/** @param onclosed told why there is no editor any more */
export function quietOptions(doc: Y.Doc, fragment: string, onclosed: EditorOptions['onclosed']): EditorOptions {
	return {
		doc,
		awareness: new Awareness(doc),
		fragment,
		label: 'Text',
		placeholder: '',
		nameOf: (id) => id,
		onstate: () => undefined,
		onclosed,
		onlink: () => undefined,
		onoversized: () => undefined,
	};
}
