// @vitest-environment jsdom
/** Two people add a row and a column of a table at the same time, unseen by each other. */
import { TextSelection } from 'prosemirror-state';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { writeBody } from '#lib/documents/example-body.ts';
import { quietOptions } from '../../../../tests/support/quiet-editor.ts';
import { openEditor, type Editor } from '../open-editor.ts';
import type { Mode } from '../suggest/mode.ts';
import { loadTables } from './in-table.ts';
import { addColumn, addRow, insertTable } from './table-commands.ts';

const root = 'body:a';
const refused = vi.fn();
let editors: Editor[] = [];

beforeAll(async () => void (await loadTables()));

beforeEach(() => refused.mockReset());

afterEach(() => {
	for (const editor of editors) editor.close();
	editors = [];
	document.body.replaceChildren();
});

function open(doc: Y.Doc, mode: Mode = 'edit'): Editor {
	const place = document.body.appendChild(document.createElement('div'));
	const author = { id: 'mara', now: () => 1_700_000_000_000, newId: () => 's1' };
	const options = { ...quietOptions(doc, root, () => undefined), author, mode, onunsuggestable: refused };
	const editor = openEditor(place, options);
	if ('why' in editor) throw new Error(editor.why);
	editors.push(editor);
	return editor;
}

function meet(docs: readonly Y.Doc[]): void {
	for (const from of docs) for (const to of docs) Y.applyUpdate(to, Y.encodeStateAsUpdate(from));
}

function afterBoth(): [Y.Doc, Y.Doc] {
	const [one, other] = [new Y.Doc(), new Y.Doc()];
	writeBody(one, root, ['Vorher']);
	open(one).run(insertTable(2, 2));
	meet([one, other]);
	const [first] = editors;
	first?.run(addRow('after'));
	const second = open(other);
	second.run((state, dispatch) => {
		dispatch?.(state.tr.setSelection(TextSelection.near(state.doc.resolve(state.doc.child(0).nodeSize + 2))));
		return true;
	});
	second.run(addColumn('after'));
	meet([one, other]);
	return [one, other];
}

/** How many cells each row shows, and how many there are. */
function cells({ element }: Editor): [shown: number, written: number][] {
	return [...element.querySelectorAll('tr')].map(({ cells }) => [
		cells.length,
		[...cells].filter(({ classList }) => !classList.contains('lacks')).length,
	]);
}

test('all rows are shown as wide as the widest, to both, and nobody writes for it', () => {
	const [one, other] = afterBoth();
	const before = Y.encodeStateVector(one);
	for (const editor of editors)
		expect(cells(editor)).toEqual([
			[3, 3],
			[3, 2],
			[3, 3],
		]);
	expect(Y.encodeStateVector(one)).toEqual(before);
	expect(Y.encodeStateVector(other)).toEqual(before);
});

test('who goes into what is lacking makes it a cell, once', () => {
	const [one, other] = afterBoth();
	const [first, second] = editors as [Editor, Editor];
	first.element
		.querySelector('.lacks')
		?.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, cancelable: true }));
	first.run((state, dispatch) => (dispatch?.(state.tr.insertText('neu')), true));
	meet([one, other]);
	expect(cells(second)).toEqual([
		[3, 3],
		[3, 3],
		[3, 3],
	]);
	expect(second.element.querySelectorAll('tr')[1]?.cells[2]?.textContent).toBe('neu');
});

test('who suggests is told that a table is not suggested', () => {
	const [one] = afterBoth();
	const editor = open(one, 'suggest');
	editor.element
		.querySelector('.lacks')
		?.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, cancelable: true }));
	expect(refused).toHaveBeenCalledOnce();
	expect(cells(editor)[1]).toEqual([3, 2]);
});
