/**
 * What a browser writes into the page by itself, as an input method does and a key pressed over selected text, is read back
 * from there. Of an element it has touched, ProseMirror asks the schema what it is, and no schema can tell from an `<ins>`
 * whose suggestion it is: read without, the rest of a suggestion becomes text that nobody agreed to. So the elements that
 * were drawn here are known by what they were drawn for. What is pasted looks like them at most.
 */
import { DOMParser, DOMSerializer, type Mark, type ParseRule } from 'prosemirror-model';
import { Plugin } from 'prosemirror-state';
import type { MarkViewConstructor } from 'prosemirror-view';
import { schema } from './schema.ts';

const drawn = new WeakMap<Node, Mark>();

const draw: MarkViewConstructor = (mark, _view, inline) => {
	const output = mark.type.spec.toDOM?.(mark, inline);
	if (!output) throw new Error(`${mark.type.name} is not drawn`);
	const spec = DOMSerializer.renderSpec(document, output);
	drawn.set(spec.dom, mark);
	return spec as ReturnType<MarkViewConstructor>;
};

const names = Object.keys(schema.marks);

const asDrawn = names.map((name): ParseRule => {
	const getAttrs = (element: HTMLElement) => {
		const mark = drawn.get(element);
		return mark?.type.name === name && mark.attrs;
	};
	return { tag: '*', mark: name, getAttrs };
});

export function readBack(): Plugin {
	return new Plugin({
		props: {
			markViews: Object.fromEntries(names.map((name) => [name, draw])),
			domParser: new DOMParser(schema, [...asDrawn, ...DOMParser.fromSchema(schema).rules]),
		},
	});
}
