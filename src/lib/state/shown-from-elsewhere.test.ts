/** What a document shows from elsewhere, then and now: the values of its facts, and its entry in the directory. */
import { rewriteBody } from '#lib/documents/body-rewrite.ts';
import { readBeside } from '#lib/documents/read-beside.ts';
import { entryOf, factNow, factThen, isOtherBeside, type Beside } from '#lib/domain/beside.ts';
import { addArticle } from '#lib/documents/bulletin.ts';
import { paragraph } from '#lib/documents/rich-body.ts';
import { acknowledged, type FactSources } from '#lib/domain/facts/fact.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { told } from '../../../tests/support/told-differences.ts';
import { sectionsOf } from './document-sections.ts';
import { diffSections } from './section-diff.ts';

type Meeting = { start: string; end: null; place: string; status: 'planned' | 'cancelled' };
let meeting: Meeting | null | undefined;
let entry: Record<string, string>;
let doc: Y.Doc;
const sources: FactSources = {
	meeting: () => meeting,
	action: () => undefined,
	shift: () => undefined,
	resolution: () => undefined,
	office: () => ({ title: 'Kasse', personId: 'jonas' }),
	personName: (id) => (id === 'jonas' ? 'Jonas Groß' : ''),
};
const now = () => readBeside(doc, entry, sources);

beforeEach(() => {
	meeting = { start: '2025-01-09T18:00', end: null, place: 'Rathaus', status: 'planned' };
	entry = { title: 'Aus dem Vorstand', date: '2025-01-12' };
	doc = new Y.Doc();
	addArticle(doc, { id: 'a', title: 'Sitzung' });
	const facts = [
		{ kind: 'meeting', of: 'm1', form: 'de.date' },
		{ kind: 'office', of: 'o1', form: 'de.holder' },
	].map((fact) => ({ name: 'fact', attrs: { ...acknowledged(fact, sources) }, content: [] }));
	doc.transact(() =>
		rewriteBody(doc, 'body:a', [
			paragraph(
				{},
				facts.flatMap((fact) => [fact, { text: ' ', marks: [] }]),
			),
		]),
	);
});

/** Since then, as the page shows it. */
function differences(beside: Beside | undefined): unknown[] {
	const names = { personOf: () => '', itemOf: () => '' };
	const words = ({ text, caveats }: ReturnType<typeof factNow>) => [text, ...caveats].join(' ');
	const then = sectionsOf(
		'bulletin',
		doc,
		{ ...names, factWords: (fact) => words(factThen(fact, beside, sources)) },
		beside?.entry ?? null,
	);
	const present = sectionsOf(
		'bulletin',
		doc,
		{ ...names, factWords: (fact) => words(factNow(fact, sources)) },
		beside ? entry : null,
	);
	return diffSections(then, present).map(({ what, blocks }) => [what, ...blocks.map(told)]);
}

describe('since a visit', () => {
	let seen: Beside;
	beforeEach(() => (seen = now()));

	test('nothing', () => {
		expect(isOtherBeside(seen, now())).toBe(false);
		expect(differences(seen)).toEqual([]);
	});

	test('a meeting was moved', () => {
		meeting = { ...(meeting as Meeting), start: '2025-01-10T18:00' };
		expect(isOtherBeside(seen, now())).toBe(true);
		expect(JSON.stringify(differences(seen))).toMatch(/del:[^"]*9\.[^"]*","ins:[^"]*10\./);
		// Seen as moved, it is no news any more, though nobody has acknowledged it.
		seen = now();
		expect(isOtherBeside(seen, now())).toBe(false);
		expect(differences(seen)).toEqual([]);
	});

	test('a meeting was called off, or deleted', () => {
		meeting = { ...(meeting as Meeting), status: 'cancelled' };
		expect(isOtherBeside(seen, now())).toBe(true);
		expect(JSON.stringify(differences(seen))).toMatch(/ins:[^"]* cancelled/);
		meeting = null;
		expect(isOtherBeside(seen, now())).toBe(true);
		expect(JSON.stringify(differences(seen))).toMatch(/ins:[^"]* gone/);
	});

	test('what cannot be read now is no change', () => {
		meeting = undefined;
		expect(isOtherBeside(seen, now())).toBe(false);
		expect(differences(seen)).toEqual([]);
	});

	test('the issue was renamed, or has another date', () => {
		entry = { title: 'Aus dem Kreisvorstand', date: '2025-01-12' };
		expect(isOtherBeside(seen, now())).toBe(true);
		expect(differences(seen)).toEqual([['changed', ['same:Aus dem ', 'del:Vorstand', 'ins:Kreisvorstand'], 1]]);
		entry = { title: 'Aus dem Vorstand', date: '2025-01-13' };
		expect(isOtherBeside(seen, now())).toBe(true);
		expect(JSON.stringify(differences(seen))).toMatch(/del:.*12.*ins:.*13/);
	});

	test('keeps nobody’s name', () => {
		expect(JSON.stringify(seen)).not.toContain('Groß');
		expect(JSON.stringify(seen)).toContain('jonas');
	});
});

test('of a version it is known what had been acknowledged', () => {
	expect(differences(undefined)).toEqual([]);
	meeting = { ...(meeting as Meeting), start: '2025-01-10T18:00' };
	expect(JSON.stringify(differences(undefined))).toMatch(/del:[^"]*9\.[^"]*","ins:[^"]*10\./);
	meeting = { ...(meeting as Meeting), start: '2025-01-09T18:00', status: 'cancelled' };
	expect(differences(undefined)).toEqual([]);
});

test('the entry is the issue’s or the meeting’s', () => {
	const directory = {
		bulletins: [{ id: 'b1', title: 'Erste', date: '2025-01-12' }],
		meetings: [{ id: 'm1', title: '', start: '2025-01-09T18:00', end: null, place: 'Rathaus', status: 'planned' }],
	} as unknown as Parameters<typeof entryOf>[0];
	expect(entryOf(directory, { kind: 'bulletin', id: 'b1' })).toEqual({ title: 'Erste', date: '2025-01-12' });
	const met = { title: '', start: '2025-01-09T18:00', end: '', place: 'Rathaus', status: 'planned' };
	expect(entryOf(directory, { kind: 'minutes', id: 'm1' })).toEqual(met);
	expect(entryOf(directory, { kind: 'agenda', id: 'm1' })).toEqual(met);
});
