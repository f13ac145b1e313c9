/** Facts go out as the words of that moment: what they came from may change or go, and the page stays as it was approved. */
import { bodyRoot } from '#lib/documents/body.ts';
import { addArticle } from '#lib/documents/bulletin.ts';
import { addAgendaItem, updateAgendaItem } from '#lib/documents/change-agenda.ts';
import {
	addBulletin,
	addMeeting,
	addOffice,
	addRoster,
	removeEntry,
	updateEntry,
} from '#lib/documents/change-directory.ts';
import { addResolution, setVoices, updateResolution } from '#lib/documents/change-minutes.ts';
import { addShift, removeShift } from '#lib/documents/change-roster.ts';
import { newAgendaItem } from '#lib/domain/agenda.ts';
import type { Fact } from '#lib/domain/facts/fact.ts';
import type { DocumentName } from '#lib/protocol/document-name.ts';
import type { IssueAnswer, PreviewAnswer } from '#lib/protocol/api.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { openHttpApp, type Guest, type HttpApp } from '../../tests/support/http-app.ts';

const path = '/api/bulletins/b1';
let app: HttpApp;
let other: Guest;
let docs: Record<'directory:main' | 'bulletin:b1' | 'agenda:m1' | 'minutes:m1' | 'roster:r1', Y.Doc>;

beforeEach(async () => {
	app = await openHttpApp();
	other = await app.join('board');
	docs = {
		'directory:main': new Y.Doc(),
		'bulletin:b1': new Y.Doc(),
		'agenda:m1': new Y.Doc(),
		'minutes:m1': new Y.Doc(),
		'roster:r1': new Y.Doc(),
	};
	writeSources();
	const issue = docs['bulletin:b1'];
	addArticle(issue, { id: 'a1', title: 'Termine' });
	write(issue, 'Wir tagen ', fact('meeting', 'm1', 'de.when'), ' in der ', fact('meeting', 'm1', 'de.place'), '.');
	write(issue, 'Stand am ', fact('action', 'r1', 'de.date'), ', Schicht ', fact('shift', 'r1/s1', 'de.span'), '.');
	write(issue, 'Beschlossen: ', fact('resolution', 'm1/d1', 'de.text'));
	write(issue, 'Es grüßt ', fact('office', 'o1', 'de.holder-office'), ' – see you ', fact('meeting', 'm1', 'en.when'));
	await saveAll();
});

afterEach(() => app.close());

function writeSources(): void {
	const directory = docs['directory:main'];
	addBulletin(directory, { id: 'b1', title: 'Aus dem Vorstand', date: '2025-01-02', status: 'review' });
	const plain = { bodyId: null, title: 'Vorstand', end: null, mode: 'inPerson', link: '', status: 'planned' } as const;
	const meeting = { ...plain, id: 'm1', start: '2025-01-09T18:00', place: 'Geschäftsstelle' };
	addMeeting(directory, { ...meeting, invited: [], guests: [] });
	addRoster(directory, { id: 'r1', title: 'Aktionstag', place: 'Markt', date: '2025-01-18', status: 'open' });
	addOffice(directory, { id: 'o1', bodyId: null, title: 'Vorsitz', personId: app.admin.id, order: 'a0' });
	addAgendaItem(docs['agenda:m1'], { ...newAgendaItem, id: 'i1', title: 'Plakate' });
	addResolution(docs['minutes:m1'], { id: 'd1', itemId: 'i1', text: 'Es werden Plakate bestellt.', status: 'adopted' });
	const times = { start: '2025-01-18T10:00', end: '2025-01-18T12:30' };
	const rest = { stationId: null, branchId: null, need: 2, people: [] };
	addShift(docs['roster:r1'], { id: 's1', ...times, ...rest });
}

/** As an editor writes it; when nothing is given, nobody has acknowledged anything yet. */
function fact(kind: Fact['kind'], of: string, form: string, kept = { text: '…', was: '' }): Y.XmlElement {
	const element = new Y.XmlElement('fact');
	for (const [key, value] of Object.entries({ kind, of, form, ...kept })) element.setAttribute(key, value);
	return element;
}

function write(doc: Y.Doc, ...parts: (string | Y.XmlElement)[]): void {
	const paragraph = new Y.XmlElement('paragraph');
	doc.getXmlFragment(bodyRoot('a1')).push([paragraph]);
	paragraph.push(parts.map((part) => (typeof part === 'string' ? new Y.XmlText(part) : part)));
}

async function saveAll(): Promise<void> {
	for (const [name, doc] of Object.entries(docs))
		await app.store.append([{ name: name as DocumentName, updates: [Y.encodeStateAsUpdate(doc)] }]).durable;
}

async function state(): Promise<IssueAnswer> {
	return (await app.ask('GET', path, { as: app.admin })).json() as Promise<IssueAnswer>;
}

const words = [
	'Wir tagen Do., 9. Januar 2025, 18 Uhr in der Geschäftsstelle.',
	'Stand am Sa., 18. Januar 2025, Schicht 10 bis 12:30 Uhr.',
	'Beschlossen: Es werden Plakate bestellt.',
	'Es grüßt Alma (Vorsitz) – see you Thu, 9 January 2025, 18:00',
];

async function publish(): Promise<Response> {
	const { hash } = await state();
	for (const as of [app.admin, other]) await app.ask('POST', `${path}/approvals`, { as, body: { hash } });
	return app.ask('POST', `${path}/publications`, { as: app.admin, body: { hash } });
}

test('shift, resolution, office, action and meeting are words on the page, and stay so whatever becomes of them', async () => {
	const { hash } = await state();
	const published = await publish();
	expect(published.status).toBe(201);
	const { page } = (await published.json()) as IssueAnswer;
	const read = async () => (await app.ask('GET', `/b/${page?.name}`)).text();
	const before = await read();
	for (const line of words) expect(before).toContain(line);
	expect(before).not.toContain(app.admin.id);

	updateEntry(docs['directory:main'], 'meetings', 'm1', { start: '2025-01-16T19:00', place: 'Rathaus' });
	removeEntry(docs['directory:main'], 'offices', 'o1');
	updateResolution(docs['minutes:m1'], 'd1', { text: 'Es werden keine Plakate bestellt.' });
	removeShift(docs['roster:r1'], 's1');
	await saveAll();
	expect(await read()).toBe(before);
	// The text on the device reads otherwise now: it would go out as a correction, approved anew.
	const after = await state();
	expect(after.hash).not.toBe(hash);
	expect(after.versions.at(-1)?.hash).toBe(hash);
});

test.each<[string, () => void]>([
	['cancelled', () => updateEntry(docs['directory:main'], 'meetings', 'm1', { status: 'cancelled' })],
	['taken back by those who voted', () => updateResolution(docs['minutes:m1'], 'd1', { status: 'draft' })],
])(
	'what is %s later changes nothing of what is out: the same words do not go out as a correction',
	async (_, change) => {
		await publish();
		change();
		await saveAll();
		const { hash, versions } = await state();
		expect(hash).not.toBe(versions.at(-1)?.hash);
		for (const as of [app.admin, other]) await app.ask('POST', `${path}/approvals`, { as, body: { hash } });
		const preview = (await (await app.ask('GET', `${path}/preview`, { as: app.admin })).json()) as PreviewAnswer;
		const body = { hash, note: 'Noch einmal.', page: preview.page?.seen };
		expect(await app.outcome('POST', `${path}/publications`, { as: app.admin, body })).toBe('409 already-published');
	},
);

test('who is erased leaves the page, where a fact had put their name: the one before a correction and a withdrawn one too', async () => {
	updateEntry(docs['directory:main'], 'offices', 'o1', { personId: other.id });
	await saveAll();
	await publish();
	const { page } = await state();
	const read = async () => (await app.ask('GET', `/b/${page?.name}`)).text();
	const named = 'Es grüßt Person board (Vorsitz)';
	expect(await read()).toContain(named);
	expect(await app.outcome('DELETE', `${path}/page`, { as: app.admin })).toBe('200');
	expect(await app.outcome('POST', `/api/people/${other.id}/erase`, { as: app.admin })).toBe('204');
	expect(await app.outcome('POST', `${path}/page`, { as: app.admin })).toBe('200');
	const after = await read();
	expect(after).toContain('Es grüßt Vorsitz – see you');
	expect(after).not.toContain('Person board');
	expect(after).not.toContain(other.id);
	const kept = app.accounts.publications.versions('b1').map(({ content }) => content);
	expect(kept.join()).not.toContain('Person board');
});

test('an approval is of what the facts said: one that changes lifts it', async () => {
	const { hash } = await state();
	await app.ask('POST', `${path}/approvals`, { as: other, body: { hash } });
	updateEntry(docs['directory:main'], 'meetings', 'm1', { start: '2025-01-16T18:00' });
	await saveAll();
	expect(await app.outcome('POST', `${path}/publications`, { as: app.admin, body: { hash } })).toBe(
		'409 content-differs',
	);
	const after = await state();
	expect(after.approvals.map((approval) => approval.hash === after.hash)).toEqual([false]);
});

test.each<[string, () => void]>([
	['the meeting is cancelled', () => updateEntry(docs['directory:main'], 'meetings', 'm1', { status: 'cancelled' })],
	['the meeting is deleted', () => removeEntry(docs['directory:main'], 'meetings', 'm1')],
	['the action is cancelled', () => updateEntry(docs['directory:main'], 'rosters', 'r1', { status: 'cancelled' })],
	['the shift is deleted', () => removeShift(docs['roster:r1'], 's1')],
	['the vote is taken back', () => updateResolution(docs['minutes:m1'], 'd1', { status: 'draft' })],
	['the item is not public any more', () => updateAgendaItem(docs['agenda:m1'], 'i1', { public: false })],
	[
		'the motion is rejected',
		() => {
			setVoices(docs['minutes:m1'], 'd1', 'yes', 1);
			setVoices(docs['minutes:m1'], 'd1', 'no', 9);
		},
	],
])('what was approved does not go out when %s, though its words stay', async (_what, change) => {
	// Each has been acknowledged: from here on the words are the same.
	docs['bulletin:b1'].getXmlFragment(bodyRoot('a1')).delete(0, 4);
	const [day, span] = [
		fact('meeting', 'm1', 'de.date', { text: 'Do., 9. Januar 2025', was: '2025-01-09' }),
		fact('shift', 'r1/s1', 'de.span', { text: '10 bis 12:30 Uhr', was: '10:00/12:30' }),
	];
	const text = 'Es werden Plakate bestellt.';
	const stand = fact('action', 'r1', 'de.date', { text: 'Sa., 18. Januar 2025', was: '2025-01-18' });
	write(docs['bulletin:b1'], day, span, stand, fact('resolution', 'm1/d1', 'de.text', { text, was: text }));
	await saveAll();
	const { hash } = await state();
	for (const as of [app.admin, other]) await app.ask('POST', `${path}/approvals`, { as, body: { hash } });
	change();
	await saveAll();
	const ask = (of: string) => app.outcome('POST', `${path}/publications`, { as: app.admin, body: { hash: of } });
	expect(await ask(hash)).toBe('409 content-differs');
	const after = await state();
	expect(await ask(after.hash)).toBe('409 approvals-missing');
	expect(after.approvals.map((approval) => approval.hash === after.hash)).toEqual([false, false]);
});
