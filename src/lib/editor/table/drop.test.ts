// @vitest-environment jsdom
/**
 * What is dragged out of cells and into them: it comes as if it had been cut and pasted, or nothing changes and that is said.
 */
import { decide } from '#lib/documents/review.ts';
import { dismissToast, shownToasts } from '#lib/ui/toast.svelte.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { Node } from 'prosemirror-model';
import { NodeSelection, TextSelection } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { afterEach, beforeAll, beforeEach, describe, expect, it, test, vi } from 'vitest';
import * as Y from 'yjs';
import { quietOptions } from '../../../../tests/support/quiet-editor.ts';
import { createRandom } from '../../../../tests/support/random.ts';
import { abcd, block, bodyOf, endsIn, selectionIn, tablesIn, wordsIn } from '../../../../tests/support/tables.ts';
import { toElement } from '../binding/nodes-to-body.ts';
import { openEditor, type Editor } from '../open-editor.ts';
import { schema } from '../schema.ts';
import { isStruck } from '../suggest/marks.ts';
import type { Mode } from '../suggest/mode.ts';
import { loadTables } from './in-table.ts';

const root = 'body:a';
const told = vi.fn();
const opened: Editor[] = [];
const docs: Y.Doc[] = [];

/** jsdom lays nothing out; what the editor asks for when it scrolls is then nowhere. */
beforeAll(async () => {
	Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
	Range.prototype.getBoundingClientRect = () => new DOMRect();
	await loadTables();
});

beforeEach(() => {
	told.mockReset();
	for (const { key } of shownToasts()) dismissToast(key);
});

afterEach(() => {
	for (const editor of opened.splice(0)) editor.close();
	document.body.replaceChildren();
});

function open(blocks: readonly Node[], mode: Mode): EditorView {
	const doc = new Y.Doc();
	docs.push(doc);
	doc.getXmlFragment(root).push(blocks.map((each) => toElement(each, new Map())));
	let ids = 0;
	const editor = openEditor(document.body.appendChild(document.createElement('div')), {
		...quietOptions(doc, root, (closing) => expect.unreachable(JSON.stringify(closing))),
		author: { id: 'mara', now: () => 1_700_000_000_000, newId: () => `s${ids++}` },
		mode,
		onunsuggestable: told,
	});
	if ('why' in editor) throw new Error(editor.why);
	opened.push(editor);
	let view: EditorView | undefined;
	editor.run((_state, _dispatch, given) => (view = given) !== undefined);
	return view as EditorView;
}

function find({ state: { doc } }: EditorView, words: string): number {
	let found = -1;
	doc.descendants((node, at) => {
		const index = node.isText ? (node.text ?? '').indexOf(words) : -1;
		if (index >= 0) found = at + index;
	});
	if (found < 0) throw new Error(`not there: ${words}`);
	return found;
}

function select(view: EditorView, from: number, to: number): void {
	view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, from, to)));
}

/** From *Ab* to the *D* of *De*. */
function selectCells(view: EditorView): void {
	select(view, find(view, 'Ab'), find(view, 'De') + 1);
}

/** A drag of what is selected, as the library has it when the pointer is let go; `html` comes from elsewhere. */
async function drop(view: EditorView, pos: number, { html = '', copies = false } = {}): Promise<void> {
	const { slice } = view.serializeForClipboard(view.state.selection.content());
	if (html === '') view.dragging = { slice, move: !copies };
	const laidOut = vi.spyOn(EditorView.prototype, 'posAtCoords').mockReturnValue({ pos, inside: -1 });
	const event = new MouseEvent('drop', { bubbles: true, cancelable: true, ctrlKey: copies });
	const dataTransfer = {
		getData: (type: string) => (type === 'text/html' ? html : ''),
		files: [],
		items: [],
		types: [],
	};
	Object.defineProperty(event, 'dataTransfer', { value: dataTransfer });
	view.dom.dispatchEvent(event);
	laidOut.mockRestore();
	await Promise.resolve();
	await Promise.resolve();
}

/** A line for each block; of a table the words of its cells, what is struck between `-`, what is suggested between `+`. */
function lines({ state: { doc } }: EditorView): (string | string[][])[] {
	const words = (node: Node) =>
		node.children.map((piece) => {
			const text = piece.text ?? '';
			return isStruck(piece) ? `-${text}-` : schema.marks.ins.isInSet(piece.marks) ? `+${text}+` : text;
		});
	return doc.children.map((node) =>
		node.type === schema.nodes.table
			? node.children.map((row) =>
					row.children.map((cell) => cell.children.map((each) => words(each).join('')).join('|')),
				)
			: words(node).join(''),
	);
}

function toasts(): string[] {
	return shownToasts().map(({ text }) => text);
}

/** All but what is suggested to come. */
function agreedText(doc: Node): string {
	let text = '';
	doc.descendants((node) => {
		if (node.isText && !schema.marks.ins.isInSet(node.marks)) text += node.text ?? '';
	});
	return text;
}

describe('while editing, a selection of cells that is dragged', () => {
	it('into a paragraph stands there as a table, and its cells are empty', async () => {
		const view = open(abcd, 'edit');
		selectCells(view);
		await drop(view, find(view, 'Nach.') + 2);
		expect(lines(view)).toEqual([
			'Vor.',
			[
				['', ''],
				['', 'e'],
				['Ef', 'Fg'],
			],
			'Na',
			[
				['Ab', 'Bc'],
				['Cd', 'D'],
			],
			'ch.',
		]);
	});

	it('into a cell fills the cells from there on', async () => {
		const view = open(abcd, 'edit');
		selectCells(view);
		await drop(view, find(view, 'Ef') + 2);
		expect(lines(view)[1]).toEqual([
			['', ''],
			['', 'e'],
			['EfAb', 'Fg|Bc'],
			['Cd', 'D'],
		]);
	});

	it('within what is selected stays', async () => {
		const view = open(abcd, 'edit');
		const before = view.state.doc;
		selectCells(view);
		for (const pos of [find(view, 'Bc'), find(view, 'De') + 1]) await drop(view, pos);
		expect(view.state.doc.eq(before)).toBe(true);
	});

	it('behind its end in the same cell goes there', async () => {
		const view = open(abcd, 'edit');
		selectCells(view);
		await drop(view, find(view, 'De') + 2);
		expect(lines(view)[1]).toEqual([
			['', '', ''],
			['', 'eAb', 'Bc'],
			['Ef', 'Fg|Cd', 'D'],
		]);
	});

	it('and is copied leaves them full', async () => {
		const view = open(abcd, 'edit');
		selectCells(view);
		await drop(view, find(view, 'Nach.') + 5, { copies: true });
		expect(lines(view).slice(1, 4)).toEqual([
			[
				['Ab', 'Bc'],
				['Cd', 'De'],
				['Ef', 'Fg'],
			],
			'Nach.',
			[
				['Ab', 'Bc'],
				['Cd', 'D'],
			],
		]);
	});

	it('of one row comes as its words, of one cell as its paragraphs', async () => {
		const view = open(abcd, 'edit');
		select(view, find(view, 'Ab'), find(view, 'Bc') + 2);
		await drop(view, find(view, 'Nach.') + 5);
		expect(lines(view).slice(2)).toEqual(['Nach.Ab', 'Bc']);
		select(view, find(view, 'Cd') + 1, find(view, 'Cd') + 2);
		await drop(view, find(view, 'Fg') + 2);
		expect(lines(view)[1]).toEqual([
			['', ''],
			['C', 'De'],
			['Ef', 'Fgd'],
		]);
	});

	it('from before the table into it goes whole', async () => {
		const view = open(abcd, 'edit');
		select(view, find(view, 'Vor.') + 2, find(view, 'Bc') + 1);
		await drop(view, find(view, 'Nach.') + 5);
		expect(view.state.doc.textContent).toBe('VocCdDeEfFgNach.r.AbB');
	});

	it('is brought back by one undo', async () => {
		const view = open(abcd, 'edit');
		const before = lines(view);
		selectCells(view);
		await drop(view, find(view, 'Ef') + 2);
		opened[0]?.run((state, dispatch, given) => {
			const event = new KeyboardEvent('keydown', { key: 'z', ctrlKey: true });
			return given?.someProp('handleKeyDown', (handle) => handle(given, event)) ?? dispatch === undefined;
		});
		expect(lines(view)).toEqual(before);
	});
});

describe('while suggesting, a selection of cells that is dragged', () => {
	it.each([
		['into a cell', 'Ef'],
		['into the last cell', 'Fg'],
		['into a paragraph', 'Nach.'],
	])('%s: nothing changes, and that is said', async (_name, words) => {
		const view = open(abcd, 'suggest');
		const before = view.state.doc;
		selectCells(view);
		await drop(view, find(view, words) + 2);
		expect(view.state.doc.eq(before)).toBe(true);
		expect(told).toHaveBeenCalledOnce();
	});

	it('of one row is struck there and comes as its words', async () => {
		const view = open(abcd, 'suggest');
		select(view, find(view, 'Ab'), find(view, 'Bc') + 2);
		await drop(view, find(view, 'Ef') + 2);
		expect(lines(view)[1]).toEqual([
			['-Ab-', '-Bc-'],
			['Cd', 'De'],
			['Ef+Ab++¶++Bc+', 'Fg'],
		]);
		expect(told).not.toHaveBeenCalled();
	});
});

describe('what may not stand in a cell', () => {
	const wordsOnly = () => [m.editor_table_words_only()];

	it('comes as paragraphs where it is dropped, and that is said', async () => {
		const view = open(abcd, 'edit');
		await drop(view, find(view, 'Cd') + 2, { html: '<p>p1</p><hr><p>p2</p>' });
		expect(lines(view)[1]).toContainEqual(['Cdp1|p2', 'De']);
		expect(toasts()).toEqual(wordsOnly());
	});

	it('fills the cells when it is a table', async () => {
		const view = open(abcd, 'edit');
		await drop(view, find(view, 'Cd') + 2, { html: '<table><tr><td>p1</td><td>p2</td></tr></table>' });
		expect(lines(view)[1]).toContainEqual(['Cdp1', 'De|p2']);
		expect(toasts()).toEqual([]);
	});

	it.each(['edit', 'suggest'] as const)('and has no words stays where it was, and that is said: %s', async (mode) => {
		const view = open([schema.nodes.rule.create(), ...abcd], mode);
		const before = view.state.doc;
		view.dispatch(view.state.tr.setSelection(NodeSelection.create(before, 0)));
		await drop(view, find(view, 'Cd') + 2);
		expect(view.state.doc.eq(before)).toBe(true);
		expect(toasts()).toEqual([m.editor_table_no_rule()]);
	});

	it('among paragraphs that are dragged keeps its words', async () => {
		const view = open([block('Eins.'), schema.nodes.rule.create(), block('Zwei.'), ...abcd], 'edit');
		select(view, find(view, 'Eins.'), find(view, 'Zwei.') + 5);
		await drop(view, find(view, 'Cd') + 2);
		expect(wordsIn(tablesIn(view.state.doc)[0] as Node)[1]).toEqual(['CdEins.|Zwei.', 'De']);
		expect(toasts()).toEqual(wordsOnly());
	});
});

test.each(['edit', 'suggest'] as const)('200 random drags: no letter is lost, none comes twice: %s', async (mode) => {
	const faults: string[] = [];
	for (let seed = 1; seed <= 200; seed++) {
		const random = createRandom(seed);
		const view = open(bodyOf(random), mode);
		const before = view.state.doc;
		view.dispatch(view.state.tr.setSelection(selectionIn(before, random)));
		const { from, to } = view.state.selection;
		const at = random.pick(endsIn(before)) ?? 0;
		if (!view.state.selection.empty) await drop(view, at);
		const { doc } = view.state;
		doc.check();
		const suggested = mode === 'suggest' && agreedText(doc) !== before.textContent;
		if (mode === 'suggest') decide(docs.pop() as Y.Doc, root, 'accept', () => true);
		const letters = (text: string) => [...text.replaceAll('¶', '')].toSorted().join('');
		if (suggested || letters(view.state.doc.textContent) !== letters(before.textContent))
			faults.push(`seed ${seed}: ${from}–${to} to ${at} of ${before.toString()}\nis ${doc.toString()}`);
		opened.pop()?.close();
	}
	expect(faults.slice(0, 3)).toEqual([]);
});
