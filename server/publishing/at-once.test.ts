/** What several of the board decide about one issue in the same moment: nothing older goes out over what is newer. */
import { bodyRoot } from '#lib/documents/body.ts';
import { hashOfContent, readOutline } from '#lib/documents/bulletin-content.ts';
import { addArticle, renameArticle } from '#lib/documents/bulletin.ts';
import { addBulletin } from '#lib/documents/change-directory.ts';
import { readDirectory } from '#lib/documents/directory.ts';
import { writeBody } from '#lib/documents/example-body.ts';
import { toDocumentName } from '#lib/protocol/document-name.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { pageSeen } from './publishing.ts';
import { openPublishing } from '../../tests/support/publishing.ts';
import { openAccounts, type Accounts } from '../accounts/accounts.ts';
import { Refusal } from '../accounts/refusal.ts';
import { openSqliteStore } from '../storage/sqlite.ts';
import { toDoc } from './issue-reader.ts';

const [directoryName, issueName] = [toDocumentName('directory', 'main'), toDocumentName('bulletin', 'b1')];
const admitted = () => {};

let store: ReturnType<typeof openSqliteStore>;
let accounts: Accounts;
let publishing: ReturnType<typeof openPublishing>['publishing'];
let site: ReturnType<typeof openPublishing>['site'];
let issue: Y.Doc;
let mara: string;
let jonas: string;
/** What was read last of that document is kept back until it is let go. */
let held: { name: string; reached: () => void; go: Promise<unknown> } | null;

beforeEach(async () => {
	held = null;
	store = openSqliteStore(':memory:');
	accounts = openAccounts(':memory:', () => Date.parse('2025-01-09T20:00:00Z'));
	const token = accounts.association.setUpToken() ?? '';
	mara = accounts.association.setUp({ token, association: 'Stadtverband', name: 'Mara' }, 'Linux').person.id;
	jonas = accounts.people.add('Jonas', 'board').id;
	const load: typeof store.load = async (name) => {
		const stored = await store.load(name);
		if (held?.name !== name) return stored;
		const { reached, go } = held;
		held = null;
		reached();
		await go;
		return stored;
	};
	({ publishing, site } = openPublishing({
		accounts,
		store: { load, append: store.append.bind(store) },
		now: () => Date.parse('2025-01-09T20:00:00Z'),
	}));
	const directory = new Y.Doc();
	addBulletin(directory, { id: 'b1', title: 'Aus dem Vorstand', date: '2025-01-09', status: 'draft' });
	await store.append([{ name: directoryName, updates: [Y.encodeStateAsUpdate(directory)] }]).durable;
	issue = new Y.Doc();
	addArticle(issue, { id: 'a1', title: 'Erste' });
	writeBody(issue, bodyRoot('a1'), ['Das Wahlbüro tagt.']);
	await save();
});

afterEach(async () => {
	accounts.close();
	await store.close();
});

async function save(): Promise<void> {
	await store.append([{ name: issueName, updates: [Y.encodeStateAsUpdate(issue)] }]).durable;
}

async function entry() {
	const found = readDirectory(toDoc(await store.load(directoryName))).bulletins[0];
	if (!found) throw new Error('the issue is not listed');
	return found;
}

async function change(title: string): Promise<string> {
	renameArticle(issue, 'a1', title);
	await save();
	return hashOfContent(readOutline(issue, await entry()));
}

/** The next reading of the document is over, and its answer waits for `go`. */
function hold(name: string): { reached: Promise<unknown>; go: () => void } {
	const [reached, go] = [Promise.withResolvers<unknown>(), Promise.withResolvers<unknown>()];
	held = { name, reached: () => reached.resolve(null), go: go.promise };
	return { reached: reached.promise, go: () => go.resolve(null) };
}

const outcome = (work: Promise<unknown>) =>
	work.then(
		() => 'done',
		(cause: unknown) => (cause instanceof Refusal ? cause.code : Promise.reject(cause as Error)),
	);
const approve = (who: string, hash: string) => outcome(publishing.approve('b1', who, hash, admitted));
/** By somebody who sees what is public now. */
const publish = (who: string, hash: string, note: string | null = null) => {
	const page = pageSeen(accounts.publications, 'b1')?.seen ?? null;
	return outcome(publishing.publish('b1', who, { hash, note, page }, admitted));
};

/** All that can happen without what is held has happened. */
async function quiet(): Promise<void> {
	for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
}

const titles = () =>
	accounts.publications
		.versions('b1')
		.map(({ content }) => (JSON.parse(content) as { articles: { title: string }[] }).articles[0]?.title);
const shown = () => site.page('http://localhost', accounts.publications.page('b1')?.name ?? '', null);

test('who has read an earlier text does not publish it over the later one that went out meanwhile', async () => {
	accounts.settings.change({ approvalsNeeded: 1 });
	const early = await change('Erste');
	expect(await approve(mara, early)).toBe('done');
	expect(await publish(mara, early)).toBe('done');
	const before = await change('Zweite');
	await approve(mara, before);
	const reading = hold(issueName);
	const one = publish(mara, before, 'Die zweite.');
	await reading.reached;
	const later = await change('Dritte');
	const other = approve(jonas, later).then(() => publish(jonas, later, 'Die dritte.'));
	await quiet();
	reading.go();
	expect(await other).toBe('done');
	await one;
	expect(titles().at(-1)).toBe('Dritte');
	expect(shown().text).toContain('<h2>Dritte</h2>');
});

test('first at once, of two contents: one is the first version, and the other is told that it would be a correction', async () => {
	accounts.settings.change({ approvalsNeeded: 1 });
	const early = await change('Erste');
	await approve(mara, early);
	const reading = hold(issueName);
	const one = publish(mara, early);
	await reading.reached;
	const later = await change('Zweite');
	const other = approve(jonas, later).then(() => publish(jonas, later));
	await quiet();
	reading.go();
	expect([await one, await other]).toEqual(['done', 'note-missing']);
	expect(titles()).toEqual(['Erste']);
	expect(accounts.publications.versions('b1')[0]?.hash).toBe(early);
	expect((await entry()).page).toBe(accounts.publications.page('b1')?.name);
});

test('an approval that is taken back while the issue is read counts no more', async () => {
	const hash = await change('Erste');
	await approve(mara, hash);
	await approve(jonas, hash);
	const reading = hold(issueName);
	const back = outcome(publishing.withdrawApproval('b1', jonas, admitted));
	await reading.reached;
	const going = publish(mara, hash);
	await quiet();
	reading.go();
	expect([await back, await going]).toEqual(['done', 'approvals-missing']);
	expect(accounts.publications.page('b1')).toBeNull();
});

test('what was taken off the page while a correction waits for its turn stays off', async () => {
	accounts.settings.change({ approvalsNeeded: 1 });
	const early = await change('Erste');
	await approve(mara, early);
	await publish(mara, early);
	const later = await change('Zweite');
	await approve(mara, later);
	const reading = hold(issueName);
	const off = outcome(publishing.withdrawPage('b1', jonas, admitted));
	const seen = pageSeen(accounts.publications, 'b1')?.seen ?? null;
	await reading.reached;
	const going = outcome(publishing.publish('b1', mara, { hash: later, note: 'Die zweite.', page: seen }, admitted));
	await quiet();
	reading.go();
	expect([await off, await going]).toEqual(['done', 'page-differs']);
	expect(shown().status).toBe(410);
});

test('what was taken off the page stays off, also when a correction was on its way', async () => {
	accounts.settings.change({ approvalsNeeded: 1 });
	const early = await change('Erste');
	await approve(mara, early);
	await publish(mara, early);
	const later = await change('Zweite');
	await approve(mara, later);
	const reading = hold(issueName);
	const going = publish(mara, later, 'Die zweite.');
	await reading.reached;
	const off = outcome(publishing.withdrawPage('b1', jonas, admitted));
	await quiet();
	reading.go();
	expect([await going, await off]).toEqual(['done', 'done']);
	expect(shown().status).toBe(410);
	expect((await entry()).page).toBeNull();
});
