// @vitest-environment jsdom
/** Live facts that are copied, cut, dragged and pasted: references here, words elsewhere. */
import type { FactSources } from '#lib/domain/facts/fact.ts';
import { decide } from '#lib/documents/review.ts';
import { AllSelection, TextSelection } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { quietOptions } from '../../../../tests/support/quiet-editor.ts';
import { openEditor, type Editor } from '../open-editor.ts';
import type { Mode } from '../suggest/mode.ts';
import { setMode } from '../suggest/suggesting.ts';
import { insertFact } from './fact-commands.ts';
import { LiveFacts, noHooks } from './live-facts.ts';

/** jsdom lays nothing out; what the editor asks for when it scrolls is then nowhere. */
beforeAll(() => {
	Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
	Range.prototype.getBoundingClientRect = () => new DOMRect();
});

const fragment = 'body:a';
const meeting = { start: '2025-01-09T18:00', end: null, place: 'Altes Rathaus', status: 'planned' } as const;
const office = { title: 'Vorsitz', personId: 'p1' };

/** What one association has. */
const here: FactSources = {
	meeting: (id) => (id === 'm' ? meeting : null),
	action: () => null,
	shift: () => null,
	resolution: () => undefined,
	office: (id) => (id === 'o' ? office : null),
	personName: (id) => (id === 'p1' ? 'Frieda' : ''),
};
const moved: FactSources = { ...here, meeting: () => ({ ...meeting, start: '2025-01-16T18:00' }) };
const deleted: FactSources = { ...here, meeting: () => null };
const elsewhere: FactSources = { ...here, meeting: () => null, office: () => null };

const opened: Editor[] = [];

type Writing = { live: LiveFacts; view: EditorView; doc: Y.Doc; body: () => string };

function open(sources = here, { mode = 'edit' as Mode, facts = true } = {}): Writing {
	const doc = new Y.Doc();
	const live = new LiveFacts(noHooks());
	const place = document.body.appendChild(document.createElement('div'));
	let ids = 0;
	const editor = openEditor(place, {
		...quietOptions(doc, fragment, (closing) => expect.unreachable(JSON.stringify(closing))),
		author: { id: 'mara', now: () => 1_700_000_000_000, newId: () => `s${ids++}` },
		mode,
		plugins: facts ? live.plugins : [],
	});
	if ('why' in editor) throw new Error(editor.why);
	opened.push(editor);
	live.views.set(sources);
	let view: EditorView | undefined;
	editor.run((_state, _dispatch, given) => (view = given) !== undefined);
	return { live, view: view as EditorView, doc, body: () => doc.getXmlFragment(fragment).toString() };
}

afterEach(() => {
	for (const editor of opened.splice(0)) editor.close();
	document.body.replaceChildren();
});

const when = { kind: 'meeting', of: 'm', form: 'de.when' };
const place = { kind: 'meeting', of: 'm', form: 'de.place' };
const chair = { kind: 'office', of: 'o', form: 'de.holder-office' };

/** *Wir tagen am … im Rathaus.* */
function sentence(sources = here, fact = when): Writing {
	const writing = open();
	const { view, live } = writing;
	view.dispatch(view.state.tr.insertText('Wir tagen am  im Rathaus.', 1).setMeta('addToHistory', false));
	live.run(insertFact(fact, here, 14, 14));
	live.views.set(sources);
	return writing;
}

function select({ view }: Writing, from: number, to = from): void {
	view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, from, to)));
}

type Clipboard = Record<string, string>;

/** What a browser does: the event at the editable element, with what it is to fill or to give. */
function clipboardEvent(name: 'copy' | 'cut' | 'paste', { view }: Writing, data: Clipboard): Clipboard {
	const event = new Event(name, { bubbles: true, cancelable: true });
	const clipboardData = {
		getData: (type: string) => data[type] ?? '',
		setData: (type: string, value: string) => (data[type] = value),
		clearData: () => undefined,
		items: [],
		files: [],
		types: Object.keys(data),
	};
	Object.defineProperty(event, 'clipboardData', { value: clipboardData });
	view.dom.dispatchEvent(event);
	return data;
}

function take(name: 'copy' | 'cut', writing: Writing): Clipboard {
	const { view } = writing;
	if (view.state.selection.empty) view.dispatch(view.state.tr.setSelection(new AllSelection(view.state.doc)));
	return clipboardEvent(name, writing, {});
}

function paste(writing: Writing, data: Clipboard): Writing {
	clipboardEvent('paste', writing, data);
	return writing;
}

function factsIn({ view }: Writing): Record<string, unknown>[] {
	const found: Record<string, unknown>[] = [];
	view.state.doc.descendants((node) => {
		if (node.type.name === 'fact') found.push(node.attrs);
	});
	return found;
}

function shown({ view }: Writing): string {
	return [...view.dom.children].map(({ textContent }) => textContent).join('|');
}

/** As another page would offer it. */
function claim(attributes: Record<string, unknown>, words = 'Worte'): Clipboard {
	const element = document.createElement('span');
	element.setAttribute('data-fact', JSON.stringify(attributes));
	element.textContent = words;
	return { 'text/html': `<p>a ${element.outerHTML} b</p>`, 'text/plain': `a ${words} b` };
}

const known = { ...when, text: 'Do., 9. Januar 2025, 18 Uhr', was: '2025-01-09T18:00' };

describe('a fact that is copied', () => {
	test('is its words for another program: as it reads now, as HTML and as text', () => {
		const data = take('copy', sentence(moved));
		expect(data['text/plain']).toBe('Wir tagen am Do., 16. Januar 2025, 18 Uhr im Rathaus.');
		const read = new DOMParser().parseFromString(data['text/html'] ?? '', 'text/html');
		expect(read.body.textContent).toBe('Wir tagen am Do., 16. Januar 2025, 18 Uhr im Rathaus.');
		expect(read.querySelectorAll('del, ins, small')).toHaveLength(0);
	});

	test('is the same fact where it is pasted: in the same text, in another one, more than once', () => {
		const writing = sentence();
		const data = take('copy', writing);
		select(writing, writing.view.state.doc.content.size - 1);
		paste(writing, data);
		paste(writing, data);
		expect(factsIn(writing)).toEqual(Array.from({ length: 3 }, () => expect.objectContaining(known)));
		const other = paste(open(), data);
		expect(factsIn(other)).toEqual([expect.objectContaining(known)]);
		expect(shown(other)).toBe('Wir tagen am Do., 9. Januar 2025, 18 Uhr im Rathaus.');
		other.live.views.set(moved);
		expect(other.view.dom.querySelector('.fact ins')?.textContent).toBe('Do., 16. Januar 2025, 18 Uhr');
	});

	test('is cut and pasted, within a table and a list, too', () => {
		const writing = sentence();
		const data = take('cut', writing);
		expect(factsIn(writing)).toHaveLength(0);
		paste(writing, data);
		expect(factsIn(writing)).toEqual([expect.objectContaining(known)]);
		const { 'text/html': html = '' } = data;
		const span = /<span.*<\/span>/.exec(html)?.[0] ?? '';
		paste(writing, { 'text/html': `<ul><li>x ${span}</li></ul><table><tr><td>y ${span}</td><td>z</td></tr></table>` });
		expect(factsIn(writing)).toHaveLength(3);
		expect(writing.view.dom.querySelector('td .fact')?.textContent).toBe('Do., 9. Januar 2025, 18 Uhr');
	});

	test('alone, with the white space around it', () => {
		const writing = sentence();
		select(writing, 14, 15);
		const data = take('copy', writing);
		expect(data['text/plain']).toBe('Do., 9. Januar 2025, 18 Uhr');
		select(writing, 1);
		paste(writing, data);
		expect(shown(writing)).toBe('Do., 9. Januar 2025, 18 UhrWir tagen am Do., 9. Januar 2025, 18 Uhr im Rathaus.');
	});

	test('keeps what was acknowledged last: a change that nobody has seen is one there, too', () => {
		const other = paste(open(moved), take('copy', sentence(moved)));
		expect(factsIn(other)).toEqual([expect.objectContaining(known)]);
		expect(other.view.dom.querySelector('.fact del')?.textContent).toBe('Do., 9. Januar 2025, 18 Uhr');
	});

	test('keeps the words of a place, and nobody’s name', () => {
		const other = paste(open(), take('copy', sentence(here, place)));
		expect(factsIn(other)).toEqual([
			expect.objectContaining({ ...place, text: 'Altes Rathaus', was: 'Altes Rathaus' }),
		]);
		const data = take('copy', sentence(here, chair));
		expect(data['text/plain']).toContain('Frieda (Vorsitz)');
		expect(/data-fact="[^"]*"/.exec(data['text/html'] ?? '')?.[0]).not.toContain('Frieda');
		expect(factsIn(paste(open(), data))).toEqual([expect.objectContaining({ ...chair, text: 'Vorsitz', was: 'p1' })]);
	});

	test('whose source was deleted says so where it is pasted', () => {
		const other = paste(open(deleted), take('copy', sentence(deleted)));
		expect(other.view.dom.querySelector('.fact')?.className).toContain('gone');
	});

	test('takes no suggestion along, nor a comment', () => {
		const writing = sentence();
		const { view } = writing;
		const suggested = JSON.stringify({ by: 'jonas', at: 1, id: 'x' });
		const tr = view.state.tr.setNodeAttribute(14, 'comments', 'c1').setNodeAttribute(14, 'ins', suggested);
		view.dispatch(tr.setMeta('addToHistory', false));
		const data = take('copy', writing);
		expect(data['text/html']).not.toMatch(/c1|jonas/);
		expect(factsIn(paste(open(), data))).toEqual([expect.objectContaining({ ...known, comments: null, ins: null })]);
	});

	test('comes as a suggestion where one suggests, and is the fact when that is accepted', () => {
		const data = take('copy', sentence());
		const other = paste(open(here, { mode: 'suggest' }), data);
		expect(factsIn(other)).toEqual([expect.objectContaining(known)]);
		expect(other.view.dom.querySelector('.fact')?.className).toContain('inserted');
		decide(other.doc, fragment, 'accept', () => true);
		expect(factsIn(other)).toEqual([expect.objectContaining({ ...known, ins: null })]);
		const rejecting = paste(open(here, { mode: 'suggest' }), data);
		decide(rejecting.doc, fragment, 'reject', () => true);
		expect(rejecting.body()).not.toContain('fact');
	});

	test.each(['edit', 'suggest'] as const)('is moved by the pointer: %s', (mode) => {
		const writing = sentence();
		const { view, live } = writing;
		live.run((state, dispatch) => (setMode(state, (tr) => dispatch?.(tr), mode), true));
		select(writing, 5, 15);
		const { slice } = view.serializeForClipboard(view.state.selection.content());
		view.dragging = { slice, move: true };
		const laidOut = vi.spyOn(EditorView.prototype, 'posAtCoords').mockReturnValue({ pos: 1, inside: 0 });
		const event = new MouseEvent('drop', { bubbles: true, cancelable: true });
		Object.defineProperty(event, 'dataTransfer', { value: { getData: () => '', files: [], items: [], types: [] } });
		view.dom.dispatchEvent(event);
		laidOut.mockRestore();
		decide(writing.doc, fragment, 'accept', () => true);
		expect(factsIn(writing)).toEqual([expect.objectContaining({ ...known, ins: null, del: null })]);
		expect(shown(writing)).toBe('tagen am Do., 9. Januar 2025, 18 UhrWir  im Rathaus.');
	});
});

describe('a fact that is no fact here comes as its words', () => {
	test.each<[string, Clipboard, FactSources]>([
		['of another association', claim(known), elsewhere],
		['of a meeting that is not known', claim({ ...known, of: 'x' }), here],
		['of a kind that is not known', claim({ ...known, kind: 'poll' }), here],
		['in a form that is not known', claim({ ...known, form: 'de.poem' }), here],
		['without what it showed', claim({ ...when, text: 'x' }), here],
		['with values that are no text', claim({ ...known, was: { a: 1 } }), here],
		['with more than a body may hold', claim({ ...known, text: 'x'.repeat(1001) }), here],
		['that is null', { 'text/html': '<p>a <span data-fact="null">Worte</span> b</p>' }, here],
		['that cannot be read', { 'text/html': '<p>a <span data-fact="{">Worte</span> b</p>' }, here],
	])('%s', (_name, data, sources) => {
		const writing = paste(open(sources), data);
		expect(factsIn(writing)).toHaveLength(0);
		expect(shown(writing)).toBe('a Worte b');
	});

	test('where there are no facts', () => {
		const writing = paste(open(here, { facts: false }), claim(known));
		expect(factsIn(writing)).toHaveLength(0);
		expect(shown(writing)).toBe('a Worte b');
	});

	test('and nothing comes with it but what a fact is', () => {
		const [fact] = factsIn(paste(open(), claim({ ...known, comments: 'c1', ins: '{}', del: '{}', onclick: 'x' })));
		expect(fact).toEqual({ ...known, comments: null, ins: null, del: null });
	});

	test('what is hidden, struck or a script offers none', () => {
		const span = (claim(known)['text/html'] ?? '').replaceAll(/<\/?p>/g, '');
		const html = `<p>x</p><p style="display:none">${span}</p><del>${span}</del><script>${span}</script>`;
		expect(factsIn(paste(open(), { 'text/html': html }))).toHaveLength(0);
	});
});
