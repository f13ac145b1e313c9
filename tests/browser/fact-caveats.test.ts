/** What an issue says that does not hold is seen where it is written, approved and sent out. */
import { bodyRoot } from '#lib/documents/body.ts';
import { addArticle } from '#lib/documents/bulletin.ts';
import { addBulletin, addMeeting, removeEntry, updateEntry } from '#lib/documents/change-directory.ts';
import { addResolution, setVoices } from '#lib/documents/change-minutes.ts';
import type { Fact } from '#lib/domain/facts/fact.ts';
import { directoryName } from '#lib/protocol/document-name.ts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { launchBrowser, openDevice, type Device } from '../support/browser.ts';
import type { Change } from '../support/content.ts';
import { approve, indicator, openServerPeer, prepareEvening, publish, type Evening } from '../support/evening.ts';
import { untilSaved } from '../support/peers.ts';

const motion = 'Es werden Plakate bestellt.';
const day = 'Do., 6. Februar 2025';

let evening: Evening;
let browser: Browser;
let mara: Device;

beforeAll(async () => {
	[evening, browser] = await Promise.all([prepareEvening(), launchBrowser()]);
	const plain = { bodyId: null, end: null, mode: 'inPerson', place: '', link: '', status: 'planned' } as const;
	const meeting = { ...plain, id: 'm2', title: 'Runde', start: '2025-02-06T18:00', invited: [], guests: [] };
	await change(
		{
			name: directoryName,
			change: (doc) => {
				addMeeting(doc, meeting);
				addMeeting(doc, { ...meeting, id: 'm3' });
				addBulletin(doc, { id: 'b2', title: 'Gesendet', date: '2025-01-30', language: 'en', status: 'review' });
				updateEntry(doc, 'bulletins', 'b1', { status: 'review' });
			},
		},
		{
			name: 'minutes:m1',
			change: (doc) => addResolution(doc, { id: 'd1', itemId: 'i1', text: motion, status: 'draft' }),
		},
	);
	mara = await openDevice(browser, { server: evening.server, member: evening.mara, worker: 'none' });
	await mara.page.goto('/bulletins/b1');
	await way().getByText('Lies ihn durch', { exact: false }).waitFor();
});

afterAll(async () => {
	await mara?.close();
	await browser?.close();
	await evening?.server.close();
});

/** By another person, whose device has what is there already. */
async function change(...changes: Change[]): Promise<void> {
	const workspace = openServerPeer(evening.server, evening.jonas);
	for (const { name, change } of changes) {
		const handle = workspace.open(name);
		await untilSaved(handle);
		change(handle.doc);
		await untilSaved(handle);
	}
	await workspace.close();
}
const way = () => mara.page.getByRole('region', { name: 'Weg des Rundbriefs' });
const text = (article = 'Wahlbüro') => mara.page.getByRole('textbox', { name: `Text: ${article}`, exact: true });
const named = (fact: string, words: string) => way().getByRole('listitem').filter({ hasText: fact }).getByText(words);

function write(doc: Y.Doc, words: string, fact: Fact): void {
	const paragraph = new Y.XmlElement('paragraph');
	const element = new Y.XmlElement('fact');
	for (const [key, value] of Object.entries(fact)) element.setAttribute(key, value);
	doc.getXmlFragment(bodyRoot('a1')).push([paragraph]);
	paragraph.push([new Y.XmlText(words), element]);
}

test('a motion in a text that is open already is said to be undecided, in the text and before it is approved', async () => {
	await change({
		name: 'bulletin:b1',
		change: (doc) => {
			write(doc, 'Beschluss: ', { kind: 'resolution', of: 'm1/d1', form: 'de.text', text: motion, was: motion });
			write(doc, 'Kommt am ', { kind: 'meeting', of: 'm2', form: 'de.date', text: day, was: '2025-02-06' });
		},
	});
	await text().locator('.fact', { hasText: motion }).getByText('noch nicht beschlossen').waitFor();
	await named(motion, 'noch nicht beschlossen').waitFor();
	await text().locator('.fact', { hasText: motion }).click();
	await mara.page.getByRole('dialog', { name: 'Fakt' }).getByText('Antrag · Vorstand').waitFor();
	await mara.page.keyboard.press('Escape');
	expect(await way().getByRole('listitem').filter({ hasText: day }).count()).toBe(0);
});

test('and it is said again where it goes out', async () => {
	await approve(evening.server, 'b1', [evening.mara, evening.jonas]);
	await mara.page.reload();
	await way().getByText('Freigaben: 2 von 2').waitFor();
	await way().getByRole('button', { name: 'Veröffentlichen …' }).click();
	const dialog = mara.page.getByRole('dialog', { name: 'Das geht hinaus' });
	await dialog.getByRole('listitem').filter({ hasText: motion }).getByText('noch nicht beschlossen').waitFor();
	await dialog.getByText('(Wahlbüro)').waitFor();
	await dialog.getByRole('button', { name: 'Abbrechen' }).click();
});

test('a meeting that is cancelled lifts the approvals, and is named', async () => {
	await change({ name: directoryName, change: (doc) => updateEntry(doc, 'meetings', 'm2', { status: 'cancelled' }) });
	await way().getByText('Freigaben: 0 von 2').waitFor();
	await way()
		.getByText(/Mara hatte .* freigegeben\. Seitdem hat sich geändert: der Text von „Wahlbüro“/)
		.waitFor();
	await named(day, 'abgesagt').waitFor();
	await text().locator('.fact', { hasText: day }).getByText('abgesagt').waitFor();
});

async function offered(word: string, article?: string) {
	await text(article).focus();
	await mara.page.keyboard.press('Control+End');
	await mara.page.keyboard.type(' @');
	const list = mara.page.getByRole('listbox', { name: 'Fakt einfügen' });
	await list.getByRole('option', { name: 'Vorstand' }).first().waitFor();
	await mara.page.keyboard.type(word);
	return list.getByRole('option');
}
async function takeBack(word: string) {
	await mara.page.keyboard.press('Escape');
	for (const _ of ` @${word}`) await mara.page.keyboard.press('Backspace');
}

test('one that is cancelled says so where it is offered, and is found by that', async () => {
	const options = await offered('abgesagt');
	await options.first().waitFor();
	for (const option of await options.allInnerTexts()) expect(option).toContain('Sitzung · Runde, 6.2.2025 · abgesagt');
	await takeBack('abgesagt');
});

test('a motion that is voted down says so, and is offered no more', async () => {
	const motions = async () => (await offered('plakate')).allInnerTexts();
	expect(await motions()).toEqual([expect.stringMatching(/Antrag · Vorstand.* · noch nicht beschlossen/)]);
	await takeBack('plakate');
	await change({
		name: 'minutes:m1',
		change: (doc) => {
			setVoices(doc, 'd1', 'yes', 1);
			setVoices(doc, 'd1', 'no', 9);
		},
	});
	await text().locator('.fact', { hasText: motion }).getByText('abgelehnt').waitFor();
	await named(motion, 'abgelehnt').waitFor();
	expect(await motions()).toEqual([]);
	await takeBack('plakate');
	await indicator(mara.page, '^Gespeichert').waitFor();
	expect(mara.faults).toEqual([]);
});

test('what is out stays so when its source is deleted, and what does not hold any more is named', async () => {
	await change({
		name: 'bulletin:b2',
		change: (doc) => {
			addArticle(doc, { id: 'a1', title: 'Runde' });
			write(doc, 'Come on ', { kind: 'meeting', of: 'm3', form: 'en.day', text: '5 February 2025', was: '2025-02-05' });
		},
	});
	await mara.page.goto('/bulletins/b2');
	await text('Runde').locator('.fact ins', { hasText: '6 February 2025' }).waitFor();
	await offered('runde', 'Runde');
	await mara.page.getByRole('option', { name: 'Thu, 6 February 2025, 18:00' }).first().waitFor();
	await takeBack('runde');
	await indicator(mara.page, '^Gespeichert').waitFor();
	// The page and the server read the same of it: its language, and what it shows now.
	await way().getByRole('button', { name: 'Freigeben', exact: true }).click();
	await way().getByText('Freigaben: 1 von 2').waitFor();
	await publish(evening.server, 'b2', [evening.mara, evening.jonas]);
	await text('Runde').locator('.fact').click();
	await mara.page.getByRole('dialog', { name: 'Fakt' }).getByRole('button', { name: 'Änderung übernehmen' }).click();
	await text('Runde').locator('.fact ins').waitFor({ state: 'detached' });
	await way().getByText('Genau dieser Text ist öffentlich.').waitFor();
	await change({ name: directoryName, change: (doc) => removeEntry(doc, 'meetings', 'm3') });
	await named('6 February 2025', 'gelöscht').waitFor();
	expect(await way().getByText('Genau dieser Text ist öffentlich.').count()).toBe(1);
	expect(mara.faults).toEqual([]);
});
