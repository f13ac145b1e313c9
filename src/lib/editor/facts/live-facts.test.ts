// @vitest-environment jsdom
import type { Calendar } from '#lib/domain/checker/calendar.ts';
import type { FactSources } from '#lib/domain/facts/fact.ts';
import { TextSelection } from 'prosemirror-state';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { EditorView } from 'prosemirror-view';
import * as Y from 'yjs';
import { openEditor, type Editor } from '../open-editor.ts';
import { schema } from '../schema.ts';
import type { Asking } from '../asking.ts';
import type { Placed } from './check-plugin.ts';
import { acknowledgeFact, factToText, insertFact, replaceWords, setFactForm } from './fact-commands.ts';
import { LiveFacts, noHooks, type Way } from './live-facts.ts';
import { quietOptions } from '../../../../tests/support/quiet-editor.ts';

const fragment = 'body:a';
let start = '2025-01-09T18:00';
let gone = false;

const sources = (): FactSources => ({
	meeting: () => (gone ? null : { start, end: null, place: '', status: 'planned' }),
	action: () => null,
	shift: () => null,
	resolution: () => undefined,
	office: () => null,
	personName: () => '',
});

function calendarOf(read = () => undefined): Calendar {
	return {
		today: '2024-12-10',
		known: [{ kind: 'meeting', id: 'm', date: '2025-01-09', start: '18:00', end: null, names: ['Stadtvorstand'] }],
		get people() {
			read();
			return [];
		},
	};
}

const opened: Editor[] = [];

function open() {
	const doc = new Y.Doc();
	const place = document.createElement('div');
	document.body.append(place);
	const seen: { found: readonly Placed[]; asking: Asking | null; pressed: [number, Way][]; hints: [string, Way][] } = {
		found: [],
		asking: null,
		pressed: [],
		hints: [],
	};
	const hooks = noHooks();
	hooks.onfindings = (found) => (seen.found = found);
	hooks.onasking = (asking) => (seen.asking = asking);
	hooks.onfact = (at, by) => void seen.pressed.push([at, by]);
	hooks.onfinding = ({ typed }, by) => void seen.hints.push([typed, by]);
	hooks.onoffer = ({ typed }, by) => void seen.hints.push([typed, by]);
	const live = new LiveFacts(hooks);
	const editor = openEditor(place, {
		...quietOptions(doc, fragment, (closing) => expect.unreachable(JSON.stringify(closing))),
		plugins: live.plugins,
	});
	if ('why' in editor) throw new Error(editor.why);
	opened.push(editor);
	live.views.set(sources());
	const type = (text: string) =>
		editor.run((state, dispatch) => {
			dispatch?.(state.tr.insertText(text));
			return true;
		});
	const body = () => doc.getXmlFragment(fragment).toString();
	return { doc, place, live, editor, seen, type, body };
}

afterEach(() => {
	for (const editor of opened.splice(0)) editor.close();
	document.body.replaceChildren();
	start = '2025-01-09T18:00';
	gone = false;
});

function caret(live: LiveFacts, at: number): void {
	live.run((state, dispatch) => {
		dispatch?.(state.tr.setSelection(TextSelection.create(state.doc, at)));
		return true;
	});
}

function key(place: HTMLElement): void {
	const pressed = new KeyboardEvent('keydown', { key: '.', ctrlKey: true, bubbles: true, cancelable: true });
	place.querySelector('.ProseMirror')?.dispatchEvent(pressed);
}

/** As a pointer does it: down, up, and the click that is counted. */
function press(place: HTMLElement, selector: string, pos: number): void {
	// jsdom lays nothing out, and knows no place under a pointer.
	const laidOut = vi.spyOn(EditorView.prototype, 'posAtCoords').mockReturnValue({ pos, inside: 0 });
	for (const name of ['mousedown', 'mouseup', 'click']) {
		const event = new MouseEvent(name, { detail: 1, bubbles: true, cancelable: true });
		// jsdom takes no window of the test's for its own.
		Object.defineProperty(event, 'view', { value: window });
		place.querySelector(selector)?.dispatchEvent(event);
	}
	laidOut.mockRestore();
}

const when = { kind: 'meeting', of: 'm', form: 'de.when' };

describe('a fact in the editor', () => {
	test('follows its source, shows what changed, and is acknowledged in the document', () => {
		const { place, live, body } = open();
		live.run(insertFact(when, sources(), 1, 1));
		const drawn = () => place.querySelector('.fact')?.textContent;
		expect(drawn()).toBe('Do., 9. Januar 2025, 18 Uhr');
		start = '2025-01-16T18:00';
		live.views.set(sources());
		expect(place.querySelector('.fact del')?.textContent).toBe('Do., 9. Januar 2025, 18 Uhr');
		expect(place.querySelector('.fact ins')?.textContent).toBe('Do., 16. Januar 2025, 18 Uhr');
		expect(body()).toContain('9. Januar');
		live.run(acknowledgeFact(1, sources()));
		expect(drawn()).toBe('Do., 16. Januar 2025, 18 Uhr');
		expect(body()).toContain('16. Januar');
	});

	test('says when its source was deleted, is written otherwise, and becomes a text', () => {
		const { place, live, editor } = open();
		live.run(insertFact(when, sources(), 1, 1));
		live.run(setFactForm(1, 'en.day', sources()));
		expect(place.querySelector('.fact')?.textContent).toBe('9 January 2025');
		gone = true;
		live.views.set(sources());
		expect(place.querySelector('.fact')?.className).toContain('gone');
		expect(live.run(setFactForm(1, 'de.day', sources()))).toBe(false);
		live.run(factToText(1, sources()));
		expect(editor.state.doc.textContent).toBe('9 January 2025');
		expect(place.querySelector('.fact')).toBeNull();
	});

	test('is opened by a press, and by a key beside it', () => {
		const { place, live, editor, seen } = open();
		live.run(insertFact(when, sources(), 1, 1));
		place.querySelector<HTMLElement>('.fact')?.click();
		caret(live, 2);
		key(place);
		press(place, '.fact', 1);
		expect(seen.pressed).toEqual([
			[1, 'key'],
			[1, 'key'],
			[1, 'press'],
		]);
		expect(editor.state.doc.childCount).toBe(1);
	});
});

describe('the checker in the editor', () => {
	test('underlines after the keystroke, reads changed paragraphs only, and mends in the text of the moment', async () => {
		const { place, live, editor, seen, type } = open();
		const read = vi.fn();
		live.checks.set(calendarOf(read), new Set());
		type('Die nächste Sitzung ist am 9. Dezember.');
		expect(place.querySelector('.finding')).toBeNull();
		await vi.waitFor(() => expect(place.querySelector('.finding')?.textContent).toBe('9. Dezember'), 5000);
		const before = read.mock.calls.length;
		live.run((state, dispatch) => {
			dispatch?.(
				state.tr.insert(state.doc.content.size, schema.nodes.paragraph.create(null, schema.text('Ein neuer Absatz.'))),
			);
			return true;
		});
		live.run((state, dispatch) => {
			dispatch?.(state.tr.insertText('Hört, hört! ', 1));
			return true;
		});
		await vi.waitFor(() => expect(read.mock.calls.length).toBe(before + 2), 5000);
		const [placed] = seen.found;
		if (!placed) throw new Error('nothing found');
		type('Und mehr. ');
		const now = live.checks.present(placed);
		const mend = now?.finding.mends[0];
		if (!mend) throw new Error('not there any more');
		live.run(replaceWords(mend.from, mend.to, mend.text));
		expect(editor.state.doc.textContent).toContain('Die nächste Sitzung ist am 9. Januar.');
		expect(live.checks.present(placed)).toBeNull();
	});

	test('tells who pressed on the words from who asked by the keys, and whether there is a hint at the caret', async () => {
		const { place, live, seen, type } = open();
		live.checks.set(calendarOf(), new Set());
		type('9. Januar 2025, nicht der 31. November.');
		await vi.waitFor(() => expect(seen.found).toHaveLength(1), 5000);
		expect(live.hasHint()).toBe(false);
		caret(live, 5);
		expect(live.hasHint()).toBe(true);
		press(place, '.known-date', 5);
		key(place);
		caret(live, 30);
		expect(live.hasHint()).toBe(true);
		key(place);
		place.querySelector<HTMLElement>('.finding')?.click();
		expect(seen.hints).toEqual([
			['9. Januar 2025', 'press'],
			['9. Januar 2025', 'key'],
			['31. November', 'key'],
			['31. November', 'key'],
		]);
	});

	test('what is left as it is is not underlined, and is told', async () => {
		const { place, live, seen, type } = open();
		live.checks.set(calendarOf(), new Set(['next-meeting:9. Dezember']));
		type('Die nächste Sitzung ist am 9. Dezember.');
		await vi.waitFor(() => expect(seen.found).toHaveLength(1), 5000);
		expect(place.querySelector('.finding')).toBeNull();
	});

	test('looks again when something else is left, and not when the same is said again', async () => {
		vi.useFakeTimers();
		try {
			const { live, type } = open();
			const calendar = calendarOf();
			type('Die nächste Sitzung ist am 9. Dezember.');
			live.checks.set(calendar, new Set(['past:x']));
			await vi.advanceTimersByTimeAsync(5000);
			const waiting = vi.getTimerCount();
			live.checks.set(calendar, new Set(['past:x']));
			expect(vi.getTimerCount()).toBe(waiting);
			live.checks.set(calendar, new Set(['past:y']));
			expect(vi.getTimerCount()).toBe(waiting + 1);
		} finally {
			vi.useRealTimers();
		}
	});

	test('what is suggested to go is not read', async () => {
		const { live, editor, seen, type } = open();
		live.checks.set(calendarOf(), new Set());
		type('Die nächste Sitzung ist am 9. Dezember.');
		await vi.waitFor(() => expect(seen.found).toHaveLength(1), 5000);
		live.run((state, dispatch) => {
			const del = schema.marks.del.create({ by: 'a', at: 1, id: 'x' });
			dispatch?.(state.tr.addMark(1, state.doc.content.size - 1, del).setMeta('addToHistory', false));
			return true;
		});
		await vi.waitFor(() => expect(seen.found).toHaveLength(0), 5000);
		expect(editor.state.doc.textContent).toContain('9. Dezember');
	});
});

test('@ asks, narrows with what is typed, and stays a sign after Escape', () => {
	const { place, editor, seen, type } = open();
	type('Wir sehen uns am ');
	type('@');
	expect(seen.asking).toMatchObject({ query: '' });
	type('vor');
	expect(seen.asking).toMatchObject({ query: 'vor' });
	place.querySelector('.ProseMirror')?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
	expect(seen.asking).toBeNull();
	type('stand');
	expect(seen.asking).toBeNull();
	expect(editor.state.doc.textContent).toBe('Wir sehen uns am @vorstand');
});

test('an address of e-mail asks for nothing', () => {
	const { seen, type } = open();
	type('mara');
	type('@');
	type('example.org');
	expect(seen.asking).toBeNull();
});
