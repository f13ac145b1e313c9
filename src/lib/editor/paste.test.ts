// @vitest-environment jsdom
import { limits } from '#lib/protocol/limits.ts';
import { importParagraphs } from '#lib/documents/import-limits.ts';
import { EditorState, TextSelection } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { textToSlice } from './clipboard.ts';
import { pasting } from './paste.ts';
import { schema } from './schema.ts';
import { loadTables } from './table/in-table.ts';

/** jsdom lays nothing out; what the editor asks for when it scrolls is then nowhere. */
beforeAll(() => {
	Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
	Range.prototype.getBoundingClientRect = () => new DOMRect();
});

const refuse = vi.fn();
let view: EditorView;

function open(): void {
	const doc = schema.node('doc', null, [schema.node('paragraph', null, [schema.text('before')])]);
	const state = EditorState.create({ schema, doc, plugins: [pasting(refuse)] });
	view = new EditorView(document.body.appendChild(document.createElement('div')), { state });
}

afterEach(() => {
	view.destroy();
	refuse.mockReset();
});

/** What a browser does: the event, with data, at the editable element. */
function paste(data: Readonly<Record<string, string>>): Event {
	const event = new Event('paste', { bubbles: true, cancelable: true });
	const clipboardData = { getData: (type: string) => data[type] ?? '', items: [], files: [], types: Object.keys(data) };
	Object.defineProperty(event, 'clipboardData', { value: clipboardData });
	view.dom.dispatchEvent(event);
	return event;
}

test('HTML is pasted as what it means', () => {
	open();
	paste({ 'text/html': '<ul><li>a<script>x</script></li><li onclick="x">b</li></ul>' });
	expect(view.state.doc.textContent).toBe('abbefore');
	expect(view.state.doc.child(1).attrs.list).toBe('bullet');
	expect(view.dom.querySelector('script, [onclick]')).toBeNull();
});

test('a megabyte is refused, and nothing is changed', () => {
	open();
	const event = paste({ 'text/html': `<p>${'x'.repeat(1024 * 1024)}</p>`, 'text/plain': 'x' });
	expect(event.defaultPrevented).toBe(true);
	expect(refuse).toHaveBeenCalledOnce();
	expect(view.state.doc.textContent).toBe('before');
});

describe('paragraphs, as many as a file may bring', () => {
	const forms: [string, (count: number) => Record<string, string>][] = [
		['of text', (count) => ({ 'text/plain': 'a\n'.repeat(count) })],
		['of HTML', (count) => ({ 'text/html': '<p>a</p>'.repeat(count) })],
		['in cells', (count) => ({ 'text/html': `<table>${'<tr><td>a</td><td>b</td></tr>'.repeat(count / 2)}</table>` })],
	];
	test.each(forms)('%s: more are refused, and nothing is changed', (_name, form) => {
		open();
		const event = paste(form(importParagraphs + 2));
		expect(event.defaultPrevented).toBe(true);
		expect(refuse).toHaveBeenCalledOnce();
		expect(view.state.doc.textContent).toBe('before');
	});

	test('more are not dropped either; what only moves within the text is', () => {
		open();
		const drop = (count: number, moved: boolean) =>
			view.someProp('handleDrop', (handle) =>
				handle(view, new Event('drop') as DragEvent, textToSlice('a\n'.repeat(count)), moved),
			);
		expect(drop(importParagraphs + 1, false)).toBe(true);
		expect(refuse).toHaveBeenCalledOnce();
		expect(drop(importParagraphs + 1, true)).toBeUndefined();
		expect(drop(importParagraphs, false)).toBeUndefined();
		expect(refuse).toHaveBeenCalledOnce();
	});

	test('exactly so many are pasted', () => {
		open();
		paste({ 'text/plain': 'a\n'.repeat(importParagraphs) });
		expect(refuse).not.toHaveBeenCalled();
		expect(view.state.doc.textContent.length).toBe(importParagraphs + 'before'.length);
	});
});

test('just within the limit is pasted', () => {
	open();
	paste({ 'text/plain': 'x'.repeat(limits.pasteBytes) });
	expect(refuse).not.toHaveBeenCalled();
	expect(view.state.doc.textContent.length).toBe(limits.pasteBytes + 'before'.length);
});

test('a context that claims to come from an editor brings no values of its own', () => {
	open();
	const context = JSON.stringify(['paragraph', { level: '" onclick="x' }, 'poll', {}]).replace(/"/g, '&quot;');
	paste({ 'text/html': `<p data-pm-slice="1 1 ${context}">a</p>` });
	view.state.doc.check();
	expect(view.state.doc.textContent).toBe('abefore');
});

test('a table in a cell, by the event itself: it stays one table', async () => {
	await loadTables();
	open();
	const { paragraph, table, row, cell } = schema.nodes;
	const cells = () => ['a', 'b'].map((word) => cell.create(null, paragraph.create(null, schema.text(word))));
	view.dispatch(
		view.state.tr.replaceWith(0, 8, table.create(null, [row.create(null, cells()), row.create(null, cells())])),
	);
	view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, 5)));
	paste({ 'text/html': '<table><tr><td>1</td><td>2</td></tr></table>' });
	await vi.waitFor(() => expect(view.state.doc.textContent).toBe('a1b2ab'));
	expect(view.state.doc.childCount).toBe(1);
});
