/** What comes in by paste and drop: bounded like a file that is taken in, and rebuilt from an allow-list. */
import { limits } from '#lib/protocol/limits.ts';
import { importParagraphs } from '#lib/documents/import-limits.ts';
import type { Slice } from 'prosemirror-model';
import { Plugin } from 'prosemirror-state';
import { ClipboardParser, ClipboardSerializer, sliceToText, textToSlice, withoutEditorContext } from './clipboard.ts';
import { pasteForms } from './suggest/paste-forms.ts';
import { dropInCells, pasteInCells } from './table/in-table.ts';

/**
 * Bytes bound the characters, too: a file may bring more of them.
 * @param refuse is told when something was too large; nothing has changed then
 */
export function pasting(refuse: () => void): Plugin {
	const guard = (event: ClipboardEvent | DragEvent, data: DataTransfer | null): boolean => {
		if (!data || sizeOf(data) <= limits.pasteBytes) return false;
		event.preventDefault();
		refuse();
		return true;
	};
	const refuseMany = (slice: Slice): boolean => {
		if (paragraphsIn(slice) <= importParagraphs) return false;
		refuse();
		return true;
	};
	return new Plugin({
		props: {
			handleDOMEvents: {
				paste: (_view, event) => guard(event, event.clipboardData),
				drop: (_view, event) => guard(event, event.dataTransfer),
			},
			handlePaste: (view, _event, slice) => refuseMany(slice) || pasteInCells(view, slice) || pasteForms(view, slice),
			handleDrop: (view, event, slice, moved) =>
				(!moved && refuseMany(slice)) || dropInCells(view, event, slice, moved),
			clipboardParser: new ClipboardParser(),
			clipboardSerializer: new ClipboardSerializer(),
			clipboardTextParser: textToSlice,
			clipboardTextSerializer: (slice) => sliceToText(slice),
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

function paragraphsIn({ content }: Slice): number {
	let count = 0;
	content.descendants((node) => {
		if (node.isTextblock) count++;
		return !node.isTextblock;
	});
	return count;
}
