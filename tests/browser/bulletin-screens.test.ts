/** Every panel, dialog and list around a bulletin, on a laptop and a phone, in both themes: nothing that axe finds, nothing out of reach. */
import { bodyRoot } from '#lib/documents/body.ts';
import { addArticle } from '#lib/documents/bulletin.ts';
import { addThread } from '#lib/documents/comments.ts';
import { addBulletin, addMeeting } from '#lib/documents/change-directory.ts';
import { writeBody } from '#lib/documents/example-body.ts';
import { mentionOf } from '#lib/documents/talks.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import { findingsInBothThemes } from '../support/axe.ts';
import { launchBrowser, openDevice, type Device } from '../support/browser.ts';
import { changeDocument, writeDocuments } from '../support/content.ts';
import { approve, prepareEvening, publish, type Evening } from '../support/evening.ts';
import { lowTargets } from '../support/targets.ts';
import { writeAfter, writeBefore } from '../support/two-states.ts';
import { walkTo } from '../support/walk.ts';

let evening: Evening;
let browser: Browser;

beforeAll(async () => {
	[evening, browser] = await Promise.all([prepareEvening(), launchBrowser()]);
	const { server, mara, jonas } = evening;
	await writeDocuments(server, mara, [
		{ name: 'directory:main', change: writeDirectory },
		{ name: 'bulletin:b1', change: (doc) => writeTalkedAbout(doc, mara.person.id, jonas.person.id) },
		{ name: 'bulletin:b2', change: writeReady },
		{ name: 'bulletin:b3', change: writeReady },
	]);
	await approve(server, 'b2', [mara, jonas]);
	await publish(server, 'b3', [mara, jonas]);
	for (const label of ['Vor der Korrektur', 'Stand vom Abend'])
		await server.ask('POST', '/api/documents/bulletin:b1/versions', { as: mara, body: { name: label } });
	await writeDocuments(server, mara, [{ name: 'bulletin:b4', change: (doc) => writeBefore(doc, 'a1') }]);
	await server.ask('POST', '/api/documents/bulletin:b4/versions', { as: mara, body: { name: 'Vor der Korrektur' } });
	await changeDocument(server, mara, { name: 'bulletin:b4', change: (doc) => writeAfter(doc, 'a1') });
});

afterAll(async () => {
	await browser?.close();
	await evening?.server.close();
});

function writeDirectory(doc: Y.Doc): void {
	for (const id of ['b2', 'b3']) addBulletin(doc, { id, title: 'Vor der Wahl', date: '2024-12-12', status: 'review' });
	// Older than the one with a comment: Start tells of the last three.
	addBulletin(doc, { id: 'b4', title: 'Nach der Wahl', date: '2024-12-05', status: 'review' });
	addMeeting(doc, {
		id: 'm2',
		bodyId: null,
		title: 'Vorstand',
		start: '2025-01-09T18:00',
		end: null,
		mode: 'inPerson',
		place: 'Geschäftsstelle',
		link: '',
		status: 'planned',
		invited: [],
		guests: [],
	});
}

function writeReady(doc: Y.Doc): void {
	addArticle(doc, { id: 'r1', title: 'Wahlbüro' });
	writeBody(doc, bodyRoot('r1'), ['Das Wahlbüro ist eingerichtet.', 'Die nächste Sitzung ist am 9. Dezember.']);
}

/** Suggestions of two people, a thread for one of them, and one whose words are gone. */
function writeTalkedAbout(doc: Y.Doc, mara: string, jonas: string): void {
	addArticle(doc, { id: 'a2', title: 'Termine' });
	writeBody(doc, bodyRoot('a2'), ['Die nächste Sitzung ist am 9. Dezember.', 'Danach folgt die am 9. Januar.']);
	const paragraph = new Y.XmlElement('paragraph');
	const text = new Y.XmlText();
	const at = Date.parse('2024-12-10T20:00:00Z');
	doc.getXmlFragment(bodyRoot('a1')).push([paragraph]);
	paragraph.push([text]);
	text.applyDelta([
		{ insert: 'Im Anschluss kam der Vorstand zu ' },
		{ insert: 'unserer', attributes: { 'del--AAAAAAAA': { by: jonas, at, id: 's1' } } },
		{ insert: 'seiner', attributes: { 'ins--BBBBBBBB': { by: jonas, at, id: 's1' } } },
		{ insert: ' regulären Sitzung zusammen', attributes: { 'comment--DDDDDDDD': { id: 't1' } } },
		{ insert: ' und beriet', attributes: { 'ins--CCCCCCCC': { by: mara, at, id: 's2' } } },
		{ insert: '.' },
	]);
	const said = (id: string, words: string) => ({ id, by: jonas, at, text: words });
	addThread(
		doc,
		{ id: 't1', root: bodyRoot('a1'), quote: 'regulären Sitzung zusammen' },
		said('1', `${mentionOf(mara)} stimmt das so?`),
	);
	addThread(doc, { id: 't2', root: bodyRoot('a1'), quote: 'die großen Themen' }, said('2', 'Welche denn?'));
}

type Screen = { name: string; open: (page: Page) => Promise<void> };

const goTo = async (page: Page, path: string, words: string) => {
	await walkTo(page, path);
	await page.getByText(words).first().waitFor();
};
const bulletin = async (page: Page) => {
	await walkTo(page, '/bulletins/b1');
	await page.locator('.ProseMirror .finding').first().waitFor();
	await page
		.getByRole('region', { name: 'Weg des Rundbriefs' })
		.getByText(/Hinweis/)
		.waitFor();
};
const menu = async (page: Page, item: string) => {
	await page.getByRole('button', { name: 'Mehr zu diesem Rundbrief' }).click();
	await page.getByRole('menuitem', { name: item }).click();
	await page.getByRole('dialog').waitFor();
};
const side = (page: Page, name: string) =>
	page.getByRole('dialog', { name }).or(page.getByRole('complementary', { name }));

const screens: Screen[] = [
	{ name: 'Start with a comment for me', open: (page) => goTo(page, '/', 'Anmerkungen für dich') },
	{ name: 'a bulletin with suggestions and hints', open: bulletin },
	{
		name: 'the suggestions',
		open: async (page) => {
			await bulletin(page);
			if ((await side(page, 'Vorschläge').count()) === 0)
				await page.getByRole('button', { name: /^Vorschläge \(2\)/ }).click();
			await side(page, 'Vorschläge').getByText('Annehmen').first().waitFor();
		},
	},
	{
		name: 'the comments',
		open: async (page) => {
			await bulletin(page);
			await page.getByRole('button', { name: /Anmerkungen · 1 für dich/ }).click();
			await side(page, 'Anmerkungen').getByText('Ohne Stelle im Text').waitFor();
		},
	},
	{
		name: 'a comment begun',
		open: async (page) => {
			await bulletin(page);
			await page.locator('.ProseMirror').first().click();
			await page.keyboard.press('Control+Home');
			await page.keyboard.press('Control+Alt+m');
			await side(page, 'Anmerkungen').getByRole('textbox', { name: 'Deine Anmerkung' }).waitFor();
		},
	},
	{
		name: 'a hint',
		open: async (page) => {
			await bulletin(page);
			await page.locator('.ProseMirror .finding').first().click();
			await page.getByRole('dialog', { name: 'Hinweis' }).waitFor();
		},
	},
	{
		name: 'a date that could be a fact',
		open: async (page) => {
			await bulletin(page);
			await page.locator('.ProseMirror .known-date').first().click();
			await page.getByRole('dialog', { name: 'Termin aus dem Kalender' }).waitFor();
		},
	},
	{
		name: 'a hint on the title of an issue',
		open: async (page) => {
			await bulletin(page);
			await menu(page, 'Titel, Datum und Sprache');
			const dialog = page.getByRole('dialog', { name: 'Titel, Datum und Sprache' });
			await dialog.getByRole('textbox', { name: 'Titel', exact: true }).fill('Vorstand am Montag, 9. Januar 2025');
			await dialog.getByRole('button', { name: /^Übernehmen: / }).waitFor();
		},
	},
	{
		name: 'the import',
		open: async (page) => {
			await bulletin(page);
			await menu(page, 'Datei einfügen');
			const file = {
				name: 'Aus dem Rathaus.md',
				mimeType: '',
				buffer: Buffer.from('# Rathaus\n\nEin ~~alter~~ Text.\n'),
			};
			await page.getByRole('dialog').locator('input[type=file]').setInputFiles(file);
			await page.getByRole('dialog').getByText('1 Artikel gefunden').waitFor();
		},
	},
	{
		name: 'a refused import',
		open: async (page) => {
			await bulletin(page);
			await menu(page, 'Datei einfügen');
			const file = { name: 'a.docm', mimeType: '', buffer: Buffer.from('PK') };
			await page.getByRole('dialog').locator('input[type=file]').setInputFiles(file);
			await page.getByRole('dialog').getByText('enthält Makros').waitFor();
		},
	},
	{
		name: 'the export',
		open: async (page) => {
			await bulletin(page);
			await menu(page, 'Exportieren');
		},
	},
	{ name: 'the versions', open: (page) => goTo(page, '/history/bulletin:b1', 'Stand vom Abend') },
	{
		name: 'differences in form, look and a table',
		open: async (page) => {
			await goTo(page, '/history/bulletin:b4', 'Vor der Korrektur');
			await page.getByRole('button', { name: /Vor der Korrektur/ }).click();
			await page.getByRole('table').waitFor();
		},
	},
	{
		name: 'no difference',
		open: async (page) => {
			await goTo(page, '/history/bulletin:b1', 'Vor der Korrektur');
			await page.getByRole('button', { name: /Vor der Korrektur/ }).click();
			await page.getByText('Keine Unterschiede im Text.').waitFor();
		},
	},
	{
		name: 'naming a version',
		open: async (page) => {
			await goTo(page, '/history/bulletin:b1', 'Stand vom Abend');
			await page.getByRole('button', { name: 'Version benennen' }).click();
			await page.getByRole('dialog').waitFor();
		},
	},
	{
		name: 'publishing',
		open: async (page) => {
			await walkTo(page, '/bulletins/b2');
			await page.getByRole('button', { name: 'Veröffentlichen …' }).click();
			await page.getByRole('dialog').getByText('Zu dieser Ausgabe gibt es noch 1 Hinweis.').waitFor();
			await page.frameLocator('iframe').locator('h1').waitFor();
		},
	},
	{ name: 'what is published', open: (page) => goTo(page, '/bulletins/b3', 'Seite ansehen') },
	{
		name: 'withdrawing',
		open: async (page) => {
			await goTo(page, '/bulletins/b3', 'Seite ansehen');
			await page.getByRole('button', { name: 'Mehr zur öffentlichen Seite' }).click();
			await page.getByRole('menuitem', { name: 'Zurückziehen …' }).click();
			await page.getByRole('dialog', { name: 'Rundbrief zurückziehen?' }).waitFor();
		},
	},
	{ name: 'the settings of approvals', open: (page) => goTo(page, '/more/association', 'Freigabe') },
];

describe.each(['laptop', 'phone'] as const)('on a %s', (size) => {
	let device: Device;
	beforeAll(async () => {
		device = await openDevice(browser, { server: evening.server, member: evening.mara, size, worker: 'none' });
	});
	afterAll(() => device?.close());

	test.each(screens)('$name', async ({ open }) => {
		const { page } = device;
		expect(await findingsInBothThemes(page, () => open(page))).toEqual([]);
		expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
		const filled = (dialogs: Element[]) => dialogs.map((dialog) => dialog.querySelectorAll('.button.primary').length);
		const inEach = await page.getByRole('dialog').evaluateAll(filled);
		expect(Math.max(0, ...inEach), 'one thing to do at a time').toBeLessThanOrEqual(1);
		if (size === 'phone') expect(await lowTargets(page)).toEqual([]);
		expect(device.faults).toEqual([]);
	});
});

test('in a long list every issue says how many articles it has; of one day the later number stands first', async () => {
	const numbers = Array.from({ length: 15 }, (_, at) => at + 1);
	await writeDocuments(evening.server, evening.mara, [
		{
			name: 'directory:main',
			change: (doc) =>
				numbers.forEach((number) =>
					addBulletin(doc, { id: `n${number}`, title: `Ausgabe ${number}`, date: '2024-11-01', status: 'draft' }),
				),
		},
		...numbers.map((number) => ({ name: `bulletin:n${number}` as const, change: writeReady })),
	]);
	const device = await openDevice(browser, { server: evening.server, member: evening.mara, worker: 'none' });
	onTestFinished(() => device.close());
	const { page } = device;
	await page.goto('/bulletins');
	const titles = page.getByText(/^Ausgabe \d+$/);
	await expect.poll(() => titles.allInnerTexts()).toEqual(numbers.toReversed().map((number) => `Ausgabe ${number}`));
	await expect.poll(() => page.getByText(/^\d+ Artikel$/).count(), { timeout: 20_000 }).toBe(19);

	// Who comes back is told what was told before, at once, and never what was before they changed it themselves.
	await page.getByText('Ausgabe 14', { exact: true }).click();
	await page.getByRole('button', { name: 'Artikel hinzufügen' }).click();
	await expect.poll(() => page.getByRole('textbox', { name: 'Titel des Artikels' }).count()).toBe(2);
	await page.evaluate(() => {
		const told: string[] = [];
		Object.assign(globalThis, { told });
		new MutationObserver(() => {
			for (const card of document.querySelectorAll('main section.card'))
				if (card.textContent.includes('Ausgabe 14')) told.push(/\d+ Artikel/.exec(card.textContent)?.[0] ?? '');
		}).observe(document.body, { subtree: true, childList: true, characterData: true });
	});
	await page.locator('a[href="/bulletins"]').first().click();
	// The page that one leaves has the title of its own issue.
	await page.getByText('Ausgabe 13', { exact: true }).waitFor();
	expect(await page.getByText(/^\d+ Artikel$/).count(), 'told at once').toBeGreaterThanOrEqual(18);
	await page.getByText('2 Artikel', { exact: true }).waitFor();
	expect(await page.evaluate(() => (globalThis as unknown as { told: string[] }).told)).not.toContain('1 Artikel');
	expect(device.faults).toEqual([]);
});
