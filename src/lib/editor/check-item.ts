/** The box of a check item: a real check box beside the text, which ticks the paragraph's attribute. */
import { m } from '#lib/i18n/paraglide/messages.js';
import type { Node } from 'prosemirror-model';
import { Plugin } from 'prosemirror-state';
import type { EditorView, NodeView, NodeViewConstructor } from 'prosemirror-view';
import { attributesOf, changedBy, isListItem } from './schema.ts';

export function checkBoxes(): Plugin {
	// A view may be left out for a node, which is then drawn by the schema; the library's type does not say so.
	const paragraph = ((node, view, getPos) =>
		isListItem(node) && attributesOf(node).list === 'check'
			? checkItem(node, view, getPos)
			: undefined) as NodeViewConstructor;
	return new Plugin({ props: { nodeViews: { paragraph } } });
}

function checkItem(node: Node, view: EditorView, getPos: () => number | undefined): NodeView {
	const { indent, checked } = attributesOf(node);
	const dom = element('div', { role: 'list', 'data-list': 'check', ...changedBy(node) });
	if (indent !== null) dom.dataset.indent = String(indent);
	if (checked) dom.dataset.checked = '';
	const box = element('input', { type: 'checkbox', contenteditable: 'false', 'aria-label': m.editor_check_done() });
	box.checked = checked === true;
	box.addEventListener('change', () => {
		const at = getPos();
		if (at !== undefined && view.editable)
			view.dispatch(view.state.tr.setNodeAttribute(at, 'checked', box.checked || null));
	});
	const contentDOM = element('div', { class: 'text' });
	const item = element('div', { role: 'listitem' });
	item.append(box, contentDOM);
	dom.append(item);
	return {
		dom,
		contentDOM,
		update(next) {
			if (!next.sameMarkup(node)) return false;
			node = next;
			return true;
		},
		stopEvent: (event) => event.target === box,
	};
}

function element<K extends keyof HTMLElementTagNameMap>(
	tag: K,
	attributes: Readonly<Record<string, string>>,
): HTMLElementTagNameMap[K] {
	const made = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
	return made;
}
