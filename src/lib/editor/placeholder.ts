/** A hint in an empty body. It is drawn by style from an attribute, so it is never part of the text. */
import { Plugin } from 'prosemirror-state';
import { Decoration, DecorationSet } from 'prosemirror-view';

export function placeholder(text: string): Plugin {
	return new Plugin({
		props: {
			decorations({ doc }) {
				const first = doc.firstChild;
				if (text === '' || doc.childCount !== 1 || !first?.isTextblock || first.content.size > 0) return null;
				return DecorationSet.create(doc, [Decoration.node(0, first.nodeSize, { 'data-placeholder': text })]);
			},
		},
	});
}
