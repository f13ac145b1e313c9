/** What the final text is drawn by, in every editor: loaded with the first that is looked at so. */
import { Plugin } from 'prosemirror-state';
import type * as FinalShape from './final-shape.ts';

let shape: typeof FinalShape | null = null;

export async function loadFinalShape(): Promise<void> {
	shape ??= await import('./final-shape.ts');
}

export function finalText(): Plugin {
	return new Plugin({
		props: {
			decorations: ({ doc }) => shape?.finalShapeOf(doc),
			handleDOMEvents: {
				beforeinput: (view, event) => shape?.writeAtBreak(view, event),
				compositionstart: (view) => shape?.composeBeforeBreak(view),
			},
			handleKeyDown: (view, event) => shape?.goOverBreak(view, event),
			createSelectionBetween: (view, $anchor, $head) => shape?.beforeSeenBreak(view, $anchor, $head) ?? null,
		},
	});
}
