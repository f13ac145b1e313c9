// @vitest-environment jsdom
/**
 * Whatever is selected across, into and out of tables, and whatever is done over it: every table keeps its rows and columns,
 * no word is lost that was not selected, and undo brings everything back. A failure names its seed.
 */
import { decide } from '#lib/documents/review.ts';
import { deleteSelection } from 'prosemirror-commands';
import type { Node, Slice } from 'prosemirror-model';
import { AllSelection, NodeSelection, TextSelection, type Selection } from 'prosemirror-state';
import { beforeAll, describe, expect, it, test, vi } from 'vitest';
import * as Y from 'yjs';
import { BareEditor } from '../../../../tests/support/bare-editor.ts';
import { quietOptions } from '../../../../tests/support/quiet-editor.ts';
import { createRandom, type Random } from '../../../../tests/support/random.ts';
import { abcd, bodyOf, endsIn, selectionIn, tableOf, tablesIn, wordsIn } from '../../../../tests/support/tables.ts';
import { ClipboardParser, textToSlice } from '../clipboard.ts';
import { enter, insertLineBreak } from '../commands.ts';
import { toElement } from '../binding/nodes-to-body.ts';
import { openEditor } from '../open-editor.ts';
import { schema } from '../schema.ts';
import { isStruck } from '../suggest/marks.ts';
import type { Mode } from '../suggest/mode.ts';
import { suggesting } from '../suggest/suggesting.ts';
import { loadTables } from './in-table.ts';
import { pasteBlocks } from './paste-blocks.ts';
import { toggleHeader } from './table-commands.ts';

const root = 'body:a';

beforeAll(async () => void (await loadTables()));
const { table, cell } = schema.nodes;

function open(blocks: readonly Node[], mode: Mode): BareEditor {
	const doc = new Y.Doc();
	doc.getXmlFragment(root).push(blocks.map((each) => toElement(each, new Map())));
	let ids = 0;
	const author = { id: 'mara', now: () => 1_700_000_000_000, newId: () => `s${ids++}` };
	return new BareEditor(doc, root, [suggesting(author, mode)]);
}

function sliceOf(html: string): Slice {
	const place = document.createElement('div');
	place.innerHTML = html;
	return new ClipboardParser().parseSlice(place);
}

describe('while editing, a selection', () => {
	it('from one cell into another is emptied by Delete and by Cut', () => {
		const editor = open(abcd, 'edit');
		editor.select(editor.find('Ab') + 1, editor.find('De') + 1);
		editor.dispatch(editor.state.tr.deleteSelection());
		expect(wordsIn(editor.state.doc.child(1))).toEqual([
			['A', ''],
			['', 'e'],
			['Ef', 'Fg'],
		]);
		expect(editor.state.selection.head).toBe(editor.find('A') + 1);
	});

	it('from before a table into it, and out of it, loses the words alone', () => {
		const editor = open(abcd, 'edit');
		editor.select(editor.find('Vor.') + 2, editor.find('Bc') + 1);
		editor.type('!');
		editor.select(editor.find('De') + 1, editor.find('Nach.') + 2);
		editor.run(deleteSelection);
		expect(editor.lines).toEqual(['Vo!', 'cCdD', 'ch.']);
		expect(wordsIn(editor.state.doc.child(1))).toEqual([
			['', 'c'],
			['Cd', 'D'],
			['', ''],
		]);
	});

	it('is replaced in its first cell by what is typed and what is pasted', () => {
		const editor = open(abcd, 'edit');
		editor.select(editor.find('Ab') + 1, editor.find('Cd') + 1);
		editor.type('x');
		editor.select(editor.find('d'), editor.find('De') + 1);
		editor.dispatch(editor.state.tr.replaceSelection(sliceOf('<p>eins</p><p>zwei</p>')));
		expect(wordsIn(editor.state.doc.child(1))).toEqual([
			['Ax', ''],
			['eins|zwei', 'e'],
			['Ef', 'Fg'],
		]);
	});

	it('that is dragged elsewhere leaves its cells', () => {
		const editor = open(abcd, 'edit');
		editor.select(editor.find('Ab') + 1, editor.find('Cd') + 1);
		const tr = editor.state.tr.deleteSelection();
		const at = tr.mapping.map(editor.find('Nach.') + 4);
		editor.dispatch(tr.replaceRange(at, at, textToSlice('hier')));
		expect(wordsIn(editor.state.doc.child(1))).toEqual([
			['A', ''],
			['d', 'De'],
			['Ef', 'Fg'],
		]);
		expect(editor.lines.at(-1)).toBe('Nachhier.');
	});
});

describe('what may not stand in a cell comes into it as paragraphs', () => {
	const html = '<p>Absatz</p><ul><li>Punkt</li></ul><hr><h2>Titel</h2>';
	it.each(['edit', 'suggest'] as const)('%s', (mode) => {
		const editor = open(abcd, mode);
		editor.goTo('Cd');
		editor.dispatch(editor.state.tr.replaceSelection(sliceOf(html)));
		expect(editor.state.doc.childCount).toBe(3);
		const [, line] = wordsIn(editor.state.doc.child(1));
		expect(line).toEqual([mode === 'edit' ? 'CdAbsatz|Punkt|Titel' : 'Cd|Absatz|Punkt|Titel', 'De']);
	});
});

describe('a table that is pasted into a cell', () => {
	const html = '<table><tr><td>p1</td><td>p2</td></tr><tr><td>p3</td><td>p4</td></tr></table>';
	const paste = (editor: BareEditor, of = html) => void editor.run(pasteBlocks(sliceOf(of)));

	it('fills the cells from there on; what stands in them stays', () => {
		const editor = open(abcd, 'edit');
		editor.goTo('Ab');
		paste(editor);
		editor.type('!');
		expect(wordsIn(editor.state.doc.child(1))).toEqual([
			['Abp1!', 'Bc|p2'],
			['Cd|p3', 'De|p4'],
			['Ef', 'Fg'],
		]);
		expect(editor.state.doc.childCount).toBe(3);
	});

	it('gets the rows and columns that it lacks, with a header where there is one, and is undone at once', () => {
		const editor = open([tableOf(['Ab', 'Bc'], ['Cd', ''])], 'edit');
		editor.run(toggleHeader);
		editor.undoManager.stopCapturing();
		editor.select(editor.find('Cd') + 6);
		paste(editor);
		const { children } = editor.state.doc.child(0);
		expect(wordsIn(editor.state.doc.child(0))).toEqual([
			['Ab', 'Bc', ''],
			['Cd', 'p1', 'p2'],
			['', 'p3', 'p4'],
		]);
		expect(children.map((line) => line.children.map(({ attrs }) => attrs.header === true).join())).toEqual([
			'true,true,true',
			'false,false,false',
			'false,false,false',
		]);
		editor.undo();
		expect(wordsIn(editor.state.doc.child(0))).toEqual([
			['Ab', 'Bc'],
			['Cd', ''],
		]);
	});

	it('takes the place of what is selected across cells, and mends a row that is too short', () => {
		const editor = open([tableOf(['Ab', 'Bc'], ['Cd'])], 'edit');
		editor.select(editor.find('Ab') + 1, editor.find('Cd') + 1);
		paste(editor);
		expect(wordsIn(editor.state.doc.child(0))).toEqual([
			['Ap1', 'p2'],
			['d|p3', 'p4'],
		]);
	});

	it('among other blocks comes as paragraphs', () => {
		const editor = open(abcd, 'edit');
		editor.goTo('Cd');
		paste(editor, `<p>p0</p>${html}`);
		expect(wordsIn(editor.state.doc.child(1))[1]).toEqual(['Cdp0|p1|p2|p3|p4', 'De']);
	});

	it('changes nothing while suggesting', () => {
		const editor = open(abcd, 'suggest');
		const before = editor.state.doc;
		editor.goTo('Cd');
		paste(editor);
		expect(editor.state.doc.eq(before)).toBe(true);
	});
});

describe('while suggesting, a table that is selected whole', () => {
	it.each([
		['with all of the text', (doc: Node) => new AllSelection(doc)],
		['from before it to behind it', (doc: Node) => TextSelection.create(doc, 1, doc.content.size - 1)],
		['alone', (doc: Node) => NodeSelection.create(doc, doc.child(0).nodeSize)],
	])('%s: its words are struck, it stays, and that is said', (_name, choose) => {
		const { doc } = open(abcd, 'edit');
		const told = vi.fn();
		const author = { id: 'mara', now: () => 1_700_000_000_000, newId: () => 's1' };
		const options = { ...quietOptions(doc, root, vi.fn()), author, mode: 'suggest' as const, onunsuggestable: told };
		const editor = openEditor(document.createElement('div'), options);
		if ('why' in editor) throw new Error(editor.why);
		editor.run((state, dispatch) => {
			dispatch?.(state.tr.setSelection(choose(state.doc)));
			return true;
		});
		editor.run(deleteSelection);
		const struck: string[] = [];
		editor.state.doc.descendants((node) => {
			expect(node.type === table && node.attrs.del).toBeFalsy();
			if (node.isText && isStruck(node)) struck.push(node.text ?? '');
		});
		expect(struck.join()).toContain('Ab,Bc,Cd,De,Ef,Fg');
		expect(told.mock.calls).toEqual([[true]]);
		decide(doc, root, 'accept', () => true);
		expect(tablesIn(editor.state.doc).map(wordsIn)).toEqual([
			[
				['', ''],
				['', ''],
				['', ''],
			],
		]);
		editor.close();
	});
});

const slices: readonly Slice[] = [
	sliceOf('<p>p1</p>'),
	sliceOf('<p>p1</p><p>p2</p>'),
	sliceOf('<ul><li>p1</li><li>p2</li></ul>'),
	sliceOf('<p>p1</p><hr><h2>p2</h2>'),
	sliceOf('<hr>'),
	sliceOf('<table><tr><td>p1</td><td>p2</td></tr><tr><td>p3</td><td>p4</td></tr></table>'),
	sliceOf('<p>p0</p><table><tr><td>p1</td><td>p2</td></tr></table><p>p3</p>'),
	textToSlice('p1\tp2\np3\tp4'),
];

function act(editor: BareEditor, random: Random): string {
	const slice = random.pick(slices) as Slice;
	const acts: [string, () => void][] = [
		['delete', () => void editor.run(deleteSelection)],
		['type', () => editor.type('x')],
		['paste', () => editor.dispatch(editor.state.tr.replaceSelection(slice))],
		['paste again', () => editor.dispatch(editor.state.tr.replaceSelection(slice))],
		['enter', () => void editor.run(enter)],
		['line break', () => void editor.run(insertLineBreak)],
		[
			'drag',
			() => {
				const { state } = editor;
				const to = random.pick(endsIn(state.doc)) ?? 0;
				const tr = state.tr.deleteSelection();
				const at = tr.mapping.map(to);
				editor.dispatch(tr.replaceRange(at, at, slice));
			},
		],
	];
	const [name, run] = random.pick(acts) as [string, () => void];
	run();
	return name;
}

function shapes(doc: Node): string[] {
	return tablesIn(doc).map(({ children }) => children.map(({ childCount }) => childCount).join(' '));
}

function wordsOutside({ doc, selection: { from, to } }: { doc: Node; selection: Selection }): string[] {
	const found: string[] = [];
	doc.descendants((node, at) => {
		for (const { 0: word, index } of node.isText ? (node.text ?? '').matchAll(/w\d+,/g) : [])
			if (at + index + word.length <= from || at + index >= to) found.push(word);
	});
	return found;
}

/** All but what is suggested to come. */
function agreedText(doc: Node): string {
	let text = '';
	doc.descendants((node) => {
		if (node.isText && !node.marks.some(({ type }) => type === schema.marks.ins)) text += node.text ?? '';
	});
	return text;
}

function faultOf(editor: BareEditor, mode: Mode, random: Random): string | null {
	const { state } = editor;
	const selected = state.apply(state.tr.setSelection(selectionIn(state.doc, random)));
	editor.dispatch(state.tr.setSelection(selected.selection));
	const before = { doc: state.doc, selection: selected.selection };
	editor.undoManager.stopCapturing();
	const steps = editor.undoManager.undoStack.length;
	const { from, to } = before.selection;
	const did = `${act(editor, random)} over ${from}–${to} of ${before.doc.toString()}\nis ${editor.state.doc.toString()}`;
	if (editor.closed) return `closed: ${did}`;
	editor.state.doc.check();
	const held = new BareEditor(editor.doc, root).state.doc;
	if (!held.eq(editor.state.doc)) return `not what is held: ${did}`;
	const left = [...shapes(before.doc), '2 2', '2'];
	for (const shape of shapes(held)) {
		const at = left.indexOf(shape);
		if (at < 0) return `another shape, ${shape}: ${did}`;
		left.splice(at, 1);
	}
	if (mode === 'suggest' && shapes(held).join() !== shapes(before.doc).join()) return `structure suggested: ${did}`;
	if (mode === 'suggest' && agreedText(held) !== agreedText(before.doc)) return `words lost: ${did}`;
	const lost = mode === 'suggest' ? [] : wordsOutside(before).filter((word) => !held.textContent.includes(word));
	if (lost.length > 0) return `lost ${lost.join(' ')}: ${did}`;
	let empty = false;
	held.descendants((node) => {
		empty ||= node.type === cell && node.childCount === 0;
	});
	if (empty) return `a cell without a paragraph: ${did}`;
	if (mode === 'suggest' && random.chance(0.5)) decide(editor.doc, root, 'reject', () => true);
	else while (editor.undoManager.undoStack.length > steps) editor.undo();
	if (
		editor.state.doc.textContent !== before.doc.textContent ||
		shapes(editor.state.doc).join() !== shapes(before.doc).join()
	)
		return `not brought back, ${editor.state.doc.toString()}: ${did}`;
	return null;
}

test.each(['edit', 'suggest'] as const)('300 random selections and what is done over them: %s', (mode) => {
	const faults: string[] = [];
	for (let seed = 1; seed <= 300; seed++) {
		const random = createRandom(seed);
		const editor = open(bodyOf(random), mode);
		const fault = faultOf(editor, mode, random);
		if (fault !== null) faults.push(`seed ${seed}: ${fault}`);
		editor.close();
	}
	expect(faults.slice(0, 5)).toEqual([]);
});
