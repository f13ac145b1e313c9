// @vitest-environment jsdom
import { deleteSelection } from 'prosemirror-commands';
import { beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { readBody } from '#lib/documents/body.ts';
import { writeBody } from '#lib/documents/example-body.ts';
import { BareEditor } from '../../../../tests/support/bare-editor.ts';
import { suggesting } from '../suggest/suggesting.ts';
import { loadTables, structural } from './in-table.ts';
import {
	addColumn,
	addRow,
	goToCell,
	goToRow,
	hasHeader,
	insertTable,
	removeColumn,
	removeRow,
	removeTable,
	toggleHeader,
} from './table-commands.ts';

const root = 'body:a';

beforeAll(async () => void (await loadTables()));

function open(mode: 'edit' | 'suggest' = 'edit', doc = new Y.Doc()): BareEditor {
	if (doc.getXmlFragment(root).length === 0) writeBody(doc, root, ['Vorher']);
	const author = { id: 'mara', now: () => 1_700_000_000_000, newId: () => 's1' };
	return new BareEditor(doc, root, [suggesting(author, mode)]);
}

/** Each row's cells, as the document holds them. */
function rowsOf({ doc }: BareEditor): string[][] {
	const table = readBody(doc, root).find(({ kind }) => kind === 'table');
	if (table?.kind !== 'table') return [];
	return table.rows.map((row) =>
		row.map(({ blocks }) => blocks.map(({ spans }) => spans.map(({ text }) => text).join('')).join('|')),
	);
}

function type(editor: BareEditor, words: string): void {
	editor.dispatch(editor.state.tr.insertText(words));
}

/** Two columns and rows, with words in the cells. */
function filled(): BareEditor {
	const editor = open();
	editor.goTo('Vorher');
	editor.run(insertTable(2, 2));
	for (const words of ['a', 'b', 'c', 'd']) {
		type(editor, words);
		if (words !== 'd') editor.run(goToCell(1));
	}
	return editor;
}

/** A second device with the same text, and what brings the two together. */
function twin(editor: BareEditor): { other: BareEditor; meet: () => void } {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, Y.encodeStateAsUpdate(editor.doc));
	const other = open('edit', doc);
	return {
		other,
		meet() {
			Y.applyUpdate(doc, Y.encodeStateAsUpdate(editor.doc), 'network');
			Y.applyUpdate(editor.doc, Y.encodeStateAsUpdate(doc), 'network');
		},
	};
}

describe('a table', () => {
	it('comes behind the paragraph, with a header row, a paragraph to go on in, and the caret in its first cell', () => {
		const editor = filled();
		expect(rowsOf(editor)).toEqual([
			['a', 'b'],
			['c', 'd'],
		]);
		expect(hasHeader(editor.state)).toBe(true);
		expect(readBody(editor.doc, root).map(({ kind }) => kind)).toEqual(['text', 'table', 'text']);
	});

	it('takes the place of an empty paragraph', () => {
		const editor = open('edit', new Y.Doc());
		editor.dispatch(editor.state.tr.delete(1, 7));
		editor.run(insertTable());
		expect(readBody(editor.doc, root).map(({ kind }) => kind)).toEqual(['table', 'text']);
		expect(editor.run(insertTable())).toBe(false);
	});

	it('gets and loses rows and columns where the caret is', () => {
		const editor = filled();
		editor.goTo('c');
		editor.run(addRow('before'));
		type(editor, 'x');
		editor.run(addColumn('after'));
		type(editor, 'y');
		expect(rowsOf(editor)).toEqual([
			['a', '', 'b'],
			['x', 'y', ''],
			['c', '', 'd'],
		]);
		editor.run(removeRow);
		editor.goTo('b');
		editor.run(removeColumn);
		expect(rowsOf(editor)).toEqual([
			['a', ''],
			['c', ''],
		]);
	});

	it('goes with its last row or column, and by itself', () => {
		for (const gone of [[removeRow, removeRow], [removeColumn, removeColumn], [removeTable]]) {
			const editor = filled();
			for (const command of gone) editor.run(command);
			expect(rowsOf(editor)).toEqual([]);
			expect(editor.closed).toBeNull();
		}
	});

	it('goes on behind its last cell, and back', () => {
		const editor = filled();
		editor.run(goToCell(1));
		type(editor, 'e');
		editor.run(goToCell(-1));
		type(editor, '!');
		expect(rowsOf(editor)).toEqual([
			['a', 'b'],
			['c', 'd!'],
			['e', ''],
		]);
	});

	it('is gone through up and down by columns, and left above and below', () => {
		const editor = filled();
		const go = (from: string, step: 1 | -1) => {
			editor.goTo(from);
			editor.run(goToRow(step));
			type(editor, step > 0 ? '↓' : '↑');
		};
		go('b', 1);
		go('d', 1);
		go('c', -1);
		go('a', -1);
		expect(rowsOf(editor)).toEqual([
			['a↑', 'b'],
			['c', '↓d'],
		]);
		expect(editor.state.doc.textContent).toBe('Vorher↑a↑bc↓d↓');
	});

	it('keeps spans whole', () => {
		const editor = filled();
		const at = editor.find('a') - 2;
		editor.dispatch(
			editor.state.tr
				.setMeta(structural, true)
				.delete(editor.find('b') - 2, editor.find('b') + 3)
				.setNodeAttribute(at, 'colspan', 2),
		);
		editor.goTo('c');
		editor.run(addColumn('after'));
		expect(editor.state.doc.nodeAt(at)?.attrs['colspan']).toBe(3);
		expect(rowsOf(editor)).toEqual([['a'], ['c', '', 'd']]);
		editor.goTo('d');
		editor.run(removeColumn);
		editor.goTo('c');
		editor.run(removeColumn);
		expect(editor.state.doc.nodeAt(at)?.attrs['colspan']).toBeNull();
	});

	it('turns its header on and off', () => {
		const editor = filled();
		editor.run(toggleHeader);
		expect(hasHeader(editor.state)).toBe(false);
		editor.run(toggleHeader);
		expect(hasHeader(editor.state)).toBe(true);
	});

	it('goes and comes back by undo, and so does a row', () => {
		const editor = filled();
		editor.undoManager.stopCapturing();
		editor.run(addRow('after'));
		editor.undo();
		expect(rowsOf(editor)).toHaveLength(2);
		editor.redo();
		expect(rowsOf(editor)).toHaveLength(3);
		editor.undo();
		editor.undo();
		expect(readBody(editor.doc, root).map(({ kind }) => kind)).toEqual(['text']);
		expect(editor.closed).toBeNull();
	});

	it('keeps its cells when what is selected across them is deleted', () => {
		const editor = filled();
		editor.select(editor.find('a'), editor.find('d') + 1);
		expect(editor.run(deleteSelection)).toBe(true);
		expect(rowsOf(editor)).toEqual([
			['', ''],
			['', ''],
		]);
	});

	it('is not changed while suggesting; words in it are suggested', () => {
		const { doc } = filled();
		const editor = open('suggest', doc);
		const before = rowsOf(editor);
		editor.goTo('d');
		for (const command of [addRow('after'), addColumn('after'), removeRow, removeColumn, removeTable, toggleHeader]) {
			editor.run(command);
			expect(rowsOf(editor)).toEqual(before);
		}
		type(editor, '!');
		expect(rowsOf(editor).at(-1)).toEqual(['c', 'd!']);
		const table = readBody(doc, root).find(({ kind }) => kind === 'table');
		expect(table?.kind === 'table' && table.rows[1]?.[1]?.blocks[0]?.spans.at(-1)?.ins).toBe(true);
	});
});

describe('two people at one table', () => {
	it('one types in a cell while the other adds rows and columns', () => {
		const mara = filled();
		const { other: jonas, meet } = twin(mara);
		mara.goTo('d');
		type(mara, ' und mehr');
		jonas.goTo('a');
		jonas.run(addRow('after'));
		jonas.goTo('a');
		jonas.run(addColumn('before'));
		meet();
		expect(rowsOf(mara)).toEqual(rowsOf(jonas));
		expect(rowsOf(mara)).toEqual([
			['', 'a', 'b'],
			['', '', ''],
			['', 'c', 'd und mehr'],
		]);
		expect(mara.state.doc.eq(jonas.state.doc)).toBe(true);
	});

	it('one adds a row while the other adds a column: the row is short, and the next column mends it', () => {
		const mara = filled();
		const { other: jonas, meet } = twin(mara);
		mara.goTo('d');
		mara.run(addRow('after'));
		jonas.goTo('b');
		jonas.run(addColumn('after'));
		meet();
		expect(rowsOf(mara)).toEqual(rowsOf(jonas));
		expect(rowsOf(mara).map(({ length }) => length)).toEqual([3, 3, 2]);
		mara.goTo('b');
		mara.run(goToCell(1));
		mara.run(addColumn('after'));
		meet();
		expect(rowsOf(jonas).map(({ length }) => length)).toEqual([4, 4, 4]);
	});

	it('both add a column at the same place', () => {
		const mara = filled();
		const { other: jonas, meet } = twin(mara);
		for (const editor of [mara, jonas]) {
			editor.goTo('a');
			editor.run(addColumn('after'));
			type(editor, editor === mara ? 'm' : 'j');
		}
		meet();
		expect(rowsOf(mara)).toEqual(rowsOf(jonas));
		expect(rowsOf(mara).map(({ length }) => length)).toEqual([4, 4]);
		expect([...(rowsOf(mara)[0] ?? [])].sort()).toEqual(['a', 'b', 'j', 'm']);
	});
});
