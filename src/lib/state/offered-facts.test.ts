/** What is offered behind an `@`, and what is read for it when. */
import { addAgendaItem, removeAgendaItem } from '#lib/documents/change-agenda.ts';
import { addResolution } from '#lib/documents/change-minutes.ts';
import { addShift, addStation } from '#lib/documents/change-roster.ts';
import type { Directory } from '#lib/documents/directory.ts';
import { newAgendaItem } from '#lib/domain/agenda.ts';
import type { Language } from '#lib/domain/facts/calendar-words.ts';
import { narrow } from '#lib/domain/facts/choices.ts';
import { insertFact } from '#lib/editor/facts/fact-commands.ts';
import { schema } from '#lib/editor/schema.ts';
import { getLocale, overwriteGetLocale } from '#lib/i18n/paraglide/runtime.js';
import type { DocumentName } from '#lib/protocol/document-name.ts';
import type { DocumentStatus } from '#lib/sync/contract.ts';
import { EditorState } from 'prosemirror-state';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import type { App } from './app.svelte.ts';
import { OfferedFacts } from './offered-facts.svelte.ts';

const locale = getLocale;
beforeAll(() => overwriteGetLocale(() => 'de'));
afterAll(() => overwriteGetLocale(locale));
beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const action = { id: 'r1', title: 'Stand', place: '', date: '2026-12-12', status: 'open' as const };
/** Six around the day, and five long before. */
const days = [
	...['2026-12-03', '2026-12-06', '2026-12-09', '2026-12-12', '2026-12-15', '2026-12-18'],
	...['2026-10-08', '2025-03-01', '2025-02-01', '2025-01-20', '2025-01-01'],
];
const directory = {
	bodies: [],
	branches: [],
	meetings: days.map((day) => ({
		id: day.replaceAll('-', ''),
		title: 'Vorstand',
		bodyId: null,
		start: `${day}T18:00`,
		end: null,
	})),
	rosters: [action],
	bulletins: [],
	offices: [],
} as unknown as Directory;

type Held = { doc: Y.Doc; status: Partial<DocumentStatus> };

/** A device: which documents hold what, and which of them are open, or were. */
class Device {
	readonly open = new Set<string>();
	readonly opened: string[] = [];
	readonly #held = new Map<string, Held>();

	hold(name: DocumentName, change: (doc: Y.Doc) => void = () => {}, status: Partial<DocumentStatus> = {}): void {
		const doc = new Y.Doc();
		change(doc);
		this.#held.set(name, { doc, status });
	}

	offers(language: Language = 'de', forAll = false): OfferedFacts {
		const openDocument = (name: string) => {
			this.open.add(name);
			this.opened.push(name);
			const { doc, status } = this.#held.get(name) ?? { doc: new Y.Doc(), status: {} };
			return {
				doc,
				whenLoaded: Promise.resolve(),
				status: { everSynced: true, connection: 'online', refusal: null, ...status },
				onStatus: () => () => {},
				release: () => this.open.delete(name),
			};
		};
		const app = {
			directory,
			me: { id: 'p1', role: 'board' },
			people: [],
			workspace: { open: openDocument },
		} as unknown as App;
		return new OfferedFacts(
			app,
			() => '2026-12-10',
			() => language,
			forAll,
		);
	}
}

function resolves(text: string): (doc: Y.Doc) => void {
	return (doc) => addResolution(doc, { id: 'b1', itemId: 'i1', text, status: 'adopted' });
}

const atOnce = (work: () => void) => work();

function textsFor(offers: OfferedFacts, query: string): string[] {
	return narrow(offers.choices, query).map(({ text }) => text);
}

test.each([
	['de', 'Sa., 12. Dezember 2026'],
	['en', 'Sat, 12 December 2026'],
] as const)('facts are offered in the language of the text, not of the device: %s', (language, text) => {
	expect(textsFor(new Device().offers(language), 'stand aktion')).toEqual([text]);
});

test('a shift of the nearest actions is found by its station', async () => {
	const device = new Device();
	device.hold('roster:r1', (doc) => {
		for (const [id, name] of [
			['n', 'Nordtor'],
			['s', 'Südtor'],
		] as const) {
			addStation(doc, id, name);
			const [start, end] = ['2026-12-12T10:00', '2026-12-12T12:00'];
			addShift(doc, { id: `shift-${id}`, stationId: id, start, end, need: 2, branchId: null, people: [] });
		}
	});
	const offers = device.offers();
	offers.readNearest();
	await vi.runAllTimersAsync();
	expect(new Set(narrow(offers.choices, 'nordtor').map(({ of }) => of))).toEqual(new Set(['r1/shift-n']));
	expect(device.opened).toHaveLength(6);
	expect(device.open.size).toBe(0);
});

test('who looks for a word finds a resolution however old, and can insert it; nothing of it is read before', async () => {
	const device = new Device();
	device.hold('minutes:20261008', resolves('Kaffeemaschine'));
	device.hold('minutes:20250301', resolves('Teemaschine'));
	const offers = device.offers();
	offers.readNearest();
	await vi.runAllTimersAsync();
	expect(device.opened).not.toContain('minutes:20261008');
	expect(offers.searched).toBe('not');

	offers.search(atOnce);
	expect(offers.searched).toBe('under-way');
	await vi.runAllTimersAsync();
	expect(offers.searched).toBe('all');
	expect(textsFor(offers, 'kaffeemaschine')).toEqual(['Kaffeemaschine']);
	// Behind all others, the nearest first: nothing moves under who chooses.
	expect(offers.choices.slice(-2).map(({ text }) => text)).toEqual(['Kaffeemaschine', 'Teemaschine']);
	expect(device.open.size).toBe(0);

	const [choice] = narrow(offers.choices, 'kaffeemaschine');
	let state = EditorState.create({ schema });
	insertFact(choice as NonNullable<typeof choice>, offers.sources, 1, 1)(state, (tr) => (state = state.apply(tr)));
	expect(state.doc.firstChild?.firstChild?.attrs).toMatchObject({ kind: 'resolution', text: 'Kaffeemaschine' });
});

test('for a text that goes out no resolution is offered of an item that is not public, or not known to be', async () => {
	const device = new Device();
	const [known, unknown] = ['20261209', '20261212'];
	device.hold(`minutes:${known}`, (doc) => {
		addResolution(doc, { id: 'b1', itemId: 'open', text: 'Fest', status: 'adopted' });
		addResolution(doc, { id: 'b2', itemId: 'closed', text: 'Ausschluss', status: 'adopted' });
		addResolution(doc, { id: 'b3', itemId: 'gone', text: 'Kündigung', status: 'adopted' });
	});
	device.hold(`agenda:${known}`, (doc) => {
		addAgendaItem(doc, { ...newAgendaItem, id: 'open', title: 'Fest' });
		addAgendaItem(doc, { ...newAgendaItem, id: 'closed', title: 'Ausschluss', public: false });
		addAgendaItem(doc, { ...newAgendaItem, id: 'gone', title: 'Kündigung', public: false });
		removeAgendaItem(doc, 'gone');
	});
	device.hold(`minutes:${unknown}`, resolves('Kaffeemaschine'));
	const offered = async (forAll: boolean) => {
		const offers = device.offers('de', forAll);
		offers.readNearest();
		await vi.runAllTimersAsync();
		const resolutions = offers.choices.filter(({ kind }) => kind === 'resolution');
		return resolutions.map(({ text, caveats }) => [text, ...caveats]);
	};
	expect(await offered(true)).toEqual([['Fest']]);
	expect(await offered(false)).toEqual([
		['Fest'],
		['Ausschluss', 'closed'],
		['Kündigung', 'closed'],
		['Kaffeemaschine'],
	]);
	expect(device.open.size).toBe(0);
});

test('without a network it is said that only this device was searched', async () => {
	const device = new Device();
	device.hold('minutes:20261008', resolves('Kaffeemaschine'), { connection: 'offline' });
	device.hold('minutes:20250301', undefined, { connection: 'offline', everSynced: false });
	const offers = device.offers();
	offers.search(atOnce);
	await vi.runAllTimersAsync();
	expect(textsFor(offers, 'kaffeemaschine')).toEqual(['Kaffeemaschine']);
	expect(offers.searched).toBe('partly');
});

test('a search that is over reads nothing more', async () => {
	const device = new Device();
	const end = device.offers().search(atOnce);
	end();
	await vi.runAllTimersAsync();
	expect(device.opened).toEqual([]);
});

test('a relay that does not answer is waited for once', async () => {
	const device = new Device();
	for (const day of days)
		device.hold(`minutes:${day.replaceAll('-', '')}`, undefined, { connection: 'connecting', everSynced: false });
	const offers = device.offers();
	offers.search(atOnce);
	await vi.advanceTimersByTimeAsync(5100);
	expect(offers.searched).toBe('partly');
});
