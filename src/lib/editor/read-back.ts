/**
 * What a browser writes into the page by itself, as an input method does and a key pressed over selected text, is read back
 * from there. Of an element it has touched, ProseMirror asks the schema what it is, and no schema can tell from an `<ins>`
 * whose suggestion it is: read without, the rest of a suggestion becomes text that nobody agreed to. So an element that was
 * drawn here is known by what it was drawn for, also when the view has let it go to whoever composes in it. What is pasted
 * looks like it at most.
 */
import { DOMParser, DOMSerializer, type DOMOutputSpec, type Mark } from 'prosemirror-model';
import { Plugin } from 'prosemirror-state';
import type { MarkViewConstructor } from 'prosemirror-view';
import { schema } from './schema.ts';

const drawn = new WeakMap<Node, Mark>();

const draw: MarkViewConstructor = (mark, _view, inline) => {
	const made = DOMSerializer.renderSpec(document, mark.type.spec.toDOM?.(mark, inline) as DOMOutputSpec);
	drawn.set(made.dom, mark);
	return made as ReturnType<MarkViewConstructor>;
};

const names = Object.keys(schema.marks);

const asDrawn = names.map((mark) => ({
	tag: '*',
	mark,
	getAttrs(element: Node) {
		const found = drawn.get(element);
		return found?.type.name === mark && found.attrs;
	},
}));

export const readBack = new Plugin({
	props: {
		markViews: Object.fromEntries(names.map((name) => [name, draw])),
		domParser: new DOMParser(schema, [...asDrawn, ...DOMParser.fromSchema(schema).rules]),
	},
});
