/**
 * What a row lacks that two people left too short (`documents/full-rows.ts`) is shown as an empty cell. It becomes one when
 * somebody goes into it: by itself each of two would make one.
 */
import { lackingColumns } from '#lib/documents/full-rows.ts';
import type { Node } from 'prosemirror-model';
import { TextSelection } from 'prosemirror-state';
import { Decoration, DecorationSet, type EditorView } from 'prosemirror-view';
import { schema } from '../schema.ts';
import { structural } from './in-table.ts';

const { table, cell, paragraph } = schema.nodes;

let last: { doc: Node; shown: DecorationSet } | null = null;

/** @returns the cells that are shown and not there */
export function shortRows(doc: Node): DecorationSet {
	if (last?.doc !== doc) last = { doc, shown: DecorationSet.create(doc, lackingIn(doc)) };
	return last.shown;
}

function lackingIn(doc: Node): Decoration[] {
	const found: Decoration[] = [];
	doc.forEach((node, at) => {
		if (node.type !== table) return;
		const lacking = lackingColumns(node.children.map(({ children }) => children.map(spansOf)));
		node.forEach((row, rowAt, index) => {
			const columns = lacking[index] ?? 0;
			if (columns === 0) return;
			const end = at + 1 + rowAt + row.nodeSize - 1;
			found.push(Decoration.widget(end, placeholder(columns), { side: 1, key: `lacks ${columns}` }));
		});
	});
	return found;
}

function spansOf({ attrs }: Node): { colspan: number; rowspan: number } {
	return { colspan: Number(attrs.colspan ?? 1), rowspan: Number(attrs.rowspan ?? 1) };
}

function placeholder(columns: number) {
	return (view: EditorView, at: () => number | undefined): HTMLElement => {
		const element = document.createElement('td');
		element.className = 'lacks';
		element.colSpan = columns;
		element.addEventListener('mousedown', (event) => {
			const place = at();
			if (place === undefined || !view.editable) return;
			event.preventDefault();
			const made = Array.from({ length: columns }, () => cell.create(null, paragraph.create()));
			const tr = view.state.tr.insert(place, made).setMeta(structural, true);
			view.dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(place + 1))));
			view.focus();
		});
		return element;
	};
}
