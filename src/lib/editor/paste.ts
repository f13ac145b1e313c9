/** What comes in by paste and drop: bounded in size, and rebuilt from an allow-list. */
import { limits } from '#lib/protocol/limits.ts';
import { Plugin } from 'prosemirror-state';
import { ClipboardParser, ClipboardSerializer, sliceToText, textToSlice, withoutEditorContext } from './clipboard.ts';

/** @param refuse is told when something was too large; nothing has changed then */
export function pasting(refuse: () => void): Plugin {
	const guard = (event: ClipboardEvent | DragEvent, data: DataTransfer | null): boolean => {
		if (!data || sizeOf(data) <= limits.pasteBytes) return false;
		event.preventDefault();
		refuse();
		return true;
	};
	return new Plugin({
		props: {
			handleDOMEvents: {
				paste: (_view, event) => guard(event, event.clipboardData),
				drop: (_view, event) => guard(event, event.dataTransfer),
			},
			clipboardParser: new ClipboardParser(),
			clipboardSerializer: new ClipboardSerializer(),
			clipboardTextParser: textToSlice,
			clipboardTextSerializer: sliceToText,
			transformPastedHTML: withoutEditorContext,
		},
	});
}

/** Bytes of the larger of the forms in which something is offered. */
export function sizeOf(data: Pick<DataTransfer, 'getData'>): number {
	const encoder = new TextEncoder();
	const sizes = ['text/html', 'text/plain'].map((type) => encoder.encode(data.getData(type)).length);
	return Math.max(...sizes);
}
