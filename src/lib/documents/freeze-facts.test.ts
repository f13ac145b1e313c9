import { caveatsOf, readFact, type Fact } from '#lib/domain/facts/fact.ts';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { blocksText, bodyRoot, readBody } from './body.ts';
import { readDirectory } from './directory.ts';
import { addMeeting, addOffice, addRoster, removeEntry, updateEntry } from './change-directory.ts';
import { factSources, readArrived, type FactDocuments } from './fact-sources.ts';
import { factsIn, freezeFacts } from './freeze-facts.ts';
import { readMinutes } from './minutes.ts';
import { addResolution, removeMinutesRecord } from './change-minutes.ts';
import { readRoster } from './roster.ts';
import { addShift, removeShift } from './change-roster.ts';

const root = bodyRoot('a1');

/** A paragraph of words and facts, as the editor writes them. */
function write(doc: Y.Doc, ...parts: (string | Partial<Fact & { ins: string; del: string }>)[]): void {
	const paragraph = new Y.XmlElement('paragraph');
	doc.getXmlFragment(root).push([paragraph]);
	for (const part of parts) {
		if (typeof part === 'string') paragraph.push([new Y.XmlText(part)]);
		else {
			const fact = new Y.XmlElement('fact');
			for (const [key, value] of Object.entries(part)) fact.setAttribute(key, value);
			paragraph.push([fact]);
		}
	}
}

const meeting = {
	id: 'm1',
	bodyId: null,
	title: '',
	start: '2025-01-09T18:00',
	end: null,
	mode: 'inPerson',
	place: 'Geschäftsstelle',
	link: '',
	status: 'planned',
	invited: [],
	guests: [],
} as const;

function setUp() {
	const [bulletin, directory, minutes, roster] = [new Y.Doc(), new Y.Doc(), new Y.Doc(), new Y.Doc()];
	addMeeting(directory, { ...meeting, invited: [], guests: [] });
	addRoster(directory, { id: 'r1', title: 'Aktionstag', place: '', date: '2025-01-18', status: 'open' });
	addOffice(directory, { id: 'o1', bodyId: null, title: 'Vorsitz', personId: 'mara', order: 'a0' });
	addResolution(minutes, { id: 'b1', itemId: 'i1', text: 'Es werden Plakate bestellt.', status: 'draft' });
	addShift(roster, {
		id: 's1',
		start: '2025-01-18T10:00',
		end: '2025-01-18T12:00',
		stationId: null,
		need: 2,
		branchId: null,
		people: [],
	});
	const documents = (change: Partial<FactDocuments> = {}): FactDocuments => ({
		directory: readDirectory(directory),
		rosterOf: (id) => (id === 'r1' ? readRoster(roster) : undefined),
		minutesOf: (id) => (id === 'm1' ? readMinutes(minutes) : undefined),
		closedItemsOf: () => undefined,
		personName: (id) => (id === 'mara' ? 'Mara Sander' : ''),
		...change,
	});
	return { bulletin, directory, minutes, roster, documents };
}

const when = {
	kind: 'meeting',
	of: 'm1',
	form: 'de.when',
	text: 'Do., 9. Januar 2025, 18 Uhr',
	was: '2025-01-09T18:00',
};
const everything = [
	when,
	{ kind: 'shift', of: 'r1/s1', form: 'de.span', text: '10 bis 12 Uhr', was: '10:00/12:00' },
	{
		kind: 'resolution',
		of: 'm1/b1',
		form: 'de.text',
		text: 'Es werden Plakate bestellt.',
		was: 'Es werden Plakate bestellt.',
	},
	{ kind: 'office', of: 'o1', form: 'de.holder', text: 'Vorsitz', was: 'mara' },
];

test('facts become the text that they show, and leave nothing of themselves behind', () => {
	const { bulletin, documents } = setUp();
	write(bulletin, 'Am ', when, ' tagt der Vorstand.');
	for (const fact of everything) write(bulletin, fact);
	const frozen = freezeFacts(readBody(bulletin, root), factSources(documents()));
	expect(blocksText(frozen.blocks)).toBe(
		'Am Do., 9. Januar 2025, 18 Uhr tagt der Vorstand.\nDo., 9. Januar 2025, 18 Uhr\n10 bis 12 Uhr\nEs werden Plakate bestellt.\nMara Sander',
	);
	expect(factsIn(frozen.blocks)).toEqual([]);
	expect(frozen).toMatchObject({ changed: [], lost: [], cancelled: [] });
});

test('a moved meeting is frozen as it is now, and named as changed', () => {
	const { bulletin, directory, documents } = setUp();
	write(bulletin, when);
	updateEntry(directory, 'meetings', 'm1', { start: '2025-01-16T19:30', status: 'cancelled' });
	const frozen = freezeFacts(readBody(bulletin, root), factSources(documents()));
	expect(blocksText(frozen.blocks)).toBe('Do., 16. Januar 2025, 19:30 Uhr');
	expect(frozen).toMatchObject({ changed: [when], lost: [], cancelled: [when] });
});

test('what was deleted is frozen as it was read last, and named as lost', () => {
	const { bulletin, directory, minutes, roster, documents } = setUp();
	for (const fact of everything) write(bulletin, fact);
	removeEntry(directory, 'meetings', 'm1');
	removeEntry(directory, 'offices', 'o1');
	removeShift(roster, 's1');
	removeMinutesRecord(minutes, 'resolutions', 'b1');
	const frozen = freezeFacts(readBody(bulletin, root), factSources(documents()));
	expect(blocksText(frozen.blocks)).toBe(
		'Do., 9. Januar 2025, 18 Uhr\n10 bis 12 Uhr\nEs werden Plakate bestellt.\nMara Sander',
	);
	expect(frozen.lost).toEqual(everything);
});

test('a resolution is lost with its meeting', () => {
	const { bulletin, directory, documents } = setUp();
	for (const fact of everything) write(bulletin, fact);
	removeEntry(directory, 'meetings', 'm1');
	const { lost } = freezeFacts(readBody(bulletin, root), factSources(documents()));
	expect(lost.map(({ kind }) => kind)).toEqual(['meeting', 'resolution']);
});

test('a shift is lost with its action, which leaves no mark where it is deleted, and stays readable', () => {
	const { bulletin, directory, documents } = setUp();
	for (const fact of everything) write(bulletin, fact);
	removeEntry(directory, 'rosters', 'r1');
	const sources = factSources(documents());
	expect(factsIn(readBody(bulletin, root)).map((fact) => readFact(fact, sources).state)).toEqual([
		'live',
		'gone',
		'live',
		'live',
	]);
	expect(blocksText(freezeFacts(readBody(bulletin, root), sources).blocks)).toContain('10 bis 12 Uhr');
});

test('what a document holds that has not come here yet is not deleted, and what was taken out of one is', () => {
	const { roster, minutes, documents } = setUp();
	const [shift, resolution] = [everything[1], everything[2]] as Fact[];
	const [readShifts, readResolutions] = [readArrived(readRoster), readArrived(readMinutes)];
	const states = (one: Y.Doc, other: Y.Doc) => {
		const arrived = { rosterOf: () => readShifts(one), minutesOf: () => readResolutions(other) };
		const sources = factSources(documents(arrived));
		return [shift, resolution].map((fact) => fact && readFact(fact, sources).state);
	};
	expect(states(roster, minutes)).toEqual(['live', 'live']);
	expect(states(new Y.Doc(), new Y.Doc())).toEqual(['unreadable', 'unreadable']);
	removeShift(roster, 's1');
	removeMinutesRecord(minutes, 'resolutions', 'b1');
	expect(states(roster, minutes)).toEqual(['gone', 'gone']);
});

test('without the documents nothing is lost from the text', () => {
	const { bulletin, documents } = setUp();
	for (const fact of everything) write(bulletin, fact);
	const blind = documents({ directory: undefined, minutesOf: () => undefined, rosterOf: () => undefined });
	expect(blocksText(freezeFacts(readBody(bulletin, root), factSources(blind)).blocks)).toContain(
		'9. Januar 2025, 18 Uhr',
	);
});

test('who holds a part of the directory is told of nothing that it was deleted', () => {
	const { documents, minutes, roster } = setUp();
	const states = (partly: boolean) => {
		const none = { bodies: [], branches: [], meetings: [], rosters: [], bulletins: [], offices: [] };
		const arrived = { rosterOf: () => readRoster(roster), minutesOf: () => readMinutes(minutes) };
		const sources = factSources(documents({ ...arrived, directory: none, partly }));
		return new Set(everything.map((fact) => readFact(fact, sources).state));
	};
	expect(states(false)).toEqual(new Set(['gone']));
	expect(states(true)).toEqual(new Set(['unreadable']));
});

test('what was resolved on an item that is not public says so', () => {
	const { documents } = setUp();
	const doubts = (closed: string[]) => {
		const sources = factSources(documents({ closedItemsOf: (id) => new Set(id === 'm1' ? closed : []) }));
		return caveatsOf(readFact(everything[2] as Fact, sources));
	};
	expect(doubts(['other'])).toEqual(['undecided']);
	expect(doubts(['i1'])).toEqual(['closed', 'undecided']);
});

test('a suggested fact is a suggested text', () => {
	const { bulletin, documents } = setUp();
	write(bulletin, { ...when, ins: '{}' }, ' und ', { ...when, del: '{}' });
	const [block] = freezeFacts(readBody(bulletin, root), factSources(documents())).blocks;
	expect(block?.kind === 'text' && block.spans.map(({ ins, del }) => [ins, del])).toEqual([
		[true, false],
		[false, false],
		[false, true],
	]);
});
