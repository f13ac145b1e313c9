/** A version is named, what changed since is shown, an article goes back to it, and that is taken back. */
import { bodyRoot } from '#lib/documents/body.ts';
import { rewriteBody } from '#lib/documents/body-rewrite.ts';
import { addArticle } from '#lib/documents/bulletin.ts';
import { addBulletin, updateEntry } from '#lib/documents/change-directory.ts';
import { paragraph as plainParagraph, readRichBody } from '#lib/documents/rich-body.ts';
import { databasePrefixOf } from '#lib/sync/device-database.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { launchBrowser, openDevice, type Device } from '../support/browser.ts';
import { partWith } from '../support/built-parts.ts';
import { choose } from '../support/choose.ts';
import { changeDocument, writeDocuments } from '../support/content.ts';
import { indicator, paragraph, prepareEvening, relayContent, type Evening } from '../support/evening.ts';
import { writeAfter, writeBefore } from '../support/two-states.ts';

let evening: Evening;
let browser: Browser;
let mara: Device;
let jonas: Device;
const label = 'Text: Wahlbüro';

beforeAll(async () => {
	[evening, browser] = await Promise.all([prepareEvening(), launchBrowser()]);
	const { server } = evening;
	mara = await openDevice(browser, { server, member: evening.mara, worker: 'none' });
	jonas = await openDevice(browser, { server, member: evening.jonas, size: 'phone', worker: 'none' });
});

afterAll(async () => {
	await Promise.all([mara, jonas].map((device) => device?.close()));
	await browser?.close();
	await evening?.server.close();
});

test('a bulletin’s history', async () => {
	const { page } = mara;
	await page.goto('/history/bulletin:b1');
	await page.getByText('Noch keine Version').waitFor();
	// Also true for whoever comes back after a minute, to whom it is the same visit.
	await page.getByText('Ein neuer Besuch beginnt, wenn du länger als 10 Minuten weg warst.').waitFor();
	await page.getByRole('button', { name: 'Version benennen' }).click();
	await page.getByRole('textbox', { name: 'Name' }).fill('Erster Stand');
	await indicator(page, 'Gespeichert').waitFor();
	await page.getByRole('button', { name: 'Sichern' }).click();
	await page.getByRole('button', { name: /Erster Stand/ }).waitFor();

	// Jonas writes meanwhile; Mara sees word by word what is new.
	await jonas.page.goto('/bulletins/b1');
	await jonas.page.getByRole('textbox', { name: label, exact: true }).click();
	await jonas.page.keyboard.press('Control+End');
	await jonas.page.keyboard.type(' Kommt alle.');
	await indicator(jonas.page, 'Gespeichert').waitFor();
	await page.getByRole('button', { name: /Erster Stand/ }).click();
	await page.locator('ins', { hasText: 'Kommt' }).waitFor();

	// One article goes back; the state before is a version, and one press takes it back.
	await page.getByRole('button', { name: 'Nur diesen Teil wiederherstellen' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Wiederherstellen', exact: true }).click();
	await page.getByText('Keine Unterschiede im Text.').waitFor();
	await page.getByRole('button', { name: /Vor dem Wiederherstellen/ }).waitFor();
	const text = jonas.page.getByRole('textbox', { name: label, exact: true });
	await expect.poll(() => text.innerText()).toBe(paragraph);
	await page.getByRole('button', { name: 'Rückgängig' }).click();
	await expect.poll(() => text.innerText()).toBe(`${paragraph} Kommt alle.`);

	// What did not exist then is not said to stand there again: it goes.
	await jonas.page.getByRole('button', { name: 'Artikel hinzufügen' }).click();
	await indicator(jonas.page, 'Gespeichert').waitFor();
	await page.getByRole('button', { name: /Erster Stand/ }).click();
	await page.getByRole('button', { name: 'Diesen Teil entfernen' }).click();
	await page.getByRole('dialog').getByText('gab es „Ohne Titel“ noch nicht').waitFor();
	await page.getByRole('dialog').getByRole('button', { name: 'Entfernen', exact: true }).click();
	await expect.poll(() => jonas.page.getByRole('textbox', { name: /^Text: / }).count()).toBe(1);
	expect([...mara.faults, ...jonas.faults]).toEqual([]);
});

test('what one writes without a network in a paragraph that goes with restoring comes back alone', async () => {
	const { page } = mara;
	const text = jonas.page.getByRole('textbox', { name: label, exact: true });
	// A browser without service workers has no copy of what the app fetches later, with the first letter.
	const fetched = jonas.page.waitForResponse(`**/${partWith('ifAvailable')}`);
	await jonas.page.goto('/bulletins/b1');
	await text.click();
	await jonas.page.keyboard.press('Control+End');
	await jonas.page.keyboard.press('Enter');
	await jonas.page.keyboard.type('Zweiter Absatz.');
	await fetched;
	await indicator(jonas.page, 'Gespeichert').waitFor();
	await jonas.goOffline();
	await jonas.page.keyboard.type(' Ohne Netz.');

	await page.goto('/history/bulletin:b1');
	await page.getByRole('button', { name: /Erster Stand/ }).click();
	await page.getByRole('button', { name: 'Diesen Stand wiederherstellen' }).click();
	const dialog = page.getByRole('dialog');
	await dialog.getByText('kommt danach in einem eigenen Absatz wieder').waitFor();
	await dialog.getByRole('button', { name: 'Wiederherstellen', exact: true }).click();
	await page.getByText('Keine Unterschiede im Text.').waitFor();
	await indicator(page, 'Gespeichert').waitFor();

	await jonas.goOnline();
	const paragraphs = () => text.locator('p').allInnerTexts();
	await expect.poll(paragraphs).toEqual([paragraph, 'Ohne Netz.']);
	const told = jonas.page.locator('.toast', { hasText: 'Jemand hat einen Absatz gelöscht' });
	await told.waitFor();
	await page.locator('ins', { hasText: 'Ohne Netz.' }).waitFor();
	await told.getByRole('button', { name: 'Rückgängig' }).click();
	await expect.poll(paragraphs).toEqual([paragraph]);
	await page.getByText('Keine Unterschiede im Text.').waitFor();
	expect([...mara.faults, ...jonas.faults]).toEqual([]);
});

test('the frame of what is suggested is never empty, wherever a line ends', async () => {
	const { page } = jonas;
	await page.goto('/bulletins/b1');
	await choose(page, 'Vorschlagen');
	const text = page.getByRole('textbox', { name: label, exact: true });
	await text.click();
	const before = await text.innerText();
	expect(before).toContain(paragraph);
	await page.keyboard.press('Control+End');
	await page.keyboard.type(' Bringt Kuchen mit.');
	await indicator(page, 'Gespeichert').waitFor();
	await page.goto('/history/bulletin:b1');
	await page.getByRole('button', { name: /Erster Stand/ }).click();
	const frame = page.locator('ins.open', { hasText: 'Bringt Kuchen mit.' });
	await frame.waitFor();
	const narrowest = await frame.evaluate((element) => {
		const block = element.closest('p') as HTMLElement;
		const widths = Array.from({ length: 240 }, (_, at) => {
			block.style.width = `${at + 100}px`;
			return Math.min(...[...element.getClientRects()].map(({ width }) => width));
		});
		block.style.width = '';
		return Math.min(...widths);
	});
	// The narrowest that stands for itself is „mit.“.
	expect(narrowest).toBeGreaterThan(16);
	await page.goto('/bulletins/b1');
	await page.getByRole('button', { name: /^Vorschläge \(1\)/ }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Alle ablehnen' }).click();
	await page.keyboard.press('Escape');
	await choose(page, 'Bearbeiten');
	await expect.poll(() => text.innerText()).toBe(before);
	await indicator(page, 'Gespeichert').waitFor();
});

test('without a network the list says what it needs', async () => {
	await mara.page.goto('/bulletins/b1');
	await mara.page.getByRole('textbox', { name: label, exact: true }).waitFor();
	await mara.goOffline();
	await mara.page.getByRole('button', { name: 'Mehr zu diesem Rundbrief' }).click();
	await mara.page.getByRole('menuitem', { name: 'Verlauf' }).click();
	await mara.page.getByText('Für die Liste der Versionen brauchst du Netz.').waitFor();
	await mara.goOnline();
});

test('what changed since the last visit is one press', async () => {
	const { page, context } = mara;
	const begun = Date.now();
	await page.goto('/bulletins/b1');
	await page.getByRole('textbox', { name: label, exact: true }).waitFor();
	await expect.poll(() => notedAt(page)).toBeGreaterThan(begun);
	await page.goto('/rosters');
	// A day later somebody has written something.
	await jonas.page.goto('/bulletins/b1');
	await jonas.page.getByRole('textbox', { name: label, exact: true }).click();
	await jonas.page.keyboard.press('Control+End');
	await jonas.page.keyboard.type(' Bringt Kaffee mit.');
	await indicator(jonas.page, 'Gespeichert').waitFor();
	await context.addInitScript(() => {
		const now = Date.now.bind(Date);
		Date.now = () => now() + 86_400_000;
	});
	await page.goto('/bulletins/b1');
	await page.getByRole('link', { name: 'Änderungen zeigen' }).click();
	await page.getByRole('heading', { name: /Was sich seit dem Stand vom/ }).waitFor();
	await page.locator('ins', { hasText: 'Kaffee' }).waitFor();
});

/** When the page last noted what it shows of the bulletin, by its own clock; 0: not yet. */
function notedAt(page: Page): Promise<number> {
	const database = `${databasePrefixOf(evening.mara.person.id)}seen`;
	return page.evaluate(readNote, [database, 'bulletin:b1'] as const).then(({ at }) => at);
}

function readNote([database, name]: readonly [string, string]): Promise<{ at: number; title: string }> {
	return new Promise((resolve) => {
		const opening = indexedDB.open(database);
		// Looking must not make it.
		opening.onupgradeneeded = () => opening.transaction?.abort();
		opening.onerror = () => resolve({ at: 0, title: '' });
		opening.onsuccess = () => {
			const row = opening.result.transaction('seen').objectStore('seen').get(name);
			row.onsuccess = () => {
				opening.result.close();
				const { at = 0, beside } = row.result?.last ?? {};
				resolve({ at, title: beside?.entry.title ?? '' });
			};
		};
	});
}

test('a visit counts that ended without notice, and goes on when the page is loaded again', async () => {
	const tablet = await openDevice(browser, { server: evening.server, member: evening.mara, worker: 'none' });
	onTestFinished(() => tablet.close());
	const open = async () => {
		const page = await tablet.context.newPage();
		await page.goto('/bulletins/b1');
		await page.getByRole('textbox', { name: label, exact: true }).waitFor();
		return page;
	};
	const first = await open();
	await expect.poll(() => notedAt(first)).toBeGreaterThan(0);
	await first.close();
	await jonas.page.goto('/bulletins/b1');
	await jonas.page.getByRole('textbox', { name: label, exact: true }).click();
	await jonas.page.keyboard.press('Control+End');
	await jonas.page.keyboard.type(' Noch etwas.');
	await indicator(jonas.page, 'Gespeichert').waitFor();
	await tablet.context.addInitScript(() => {
		const now = Date.now.bind(Date);
		Date.now = () => now() + 2 * 3_600_000;
	});
	const later = await open();
	const show = later.getByRole('link', { name: 'Änderungen zeigen' });
	await show.waitFor();
	// This visit has been noted, too.
	await expect.poll(() => notedAt(later)).toBeGreaterThan(Date.now() + 3_600_000);
	await later.reload();
	await show.waitFor();
	await later.goto('/rosters');
	const again = await open();
	await again.getByRole('link', { name: 'Änderungen zeigen' }).click();
	await again.locator('ins', { hasText: 'Noch etwas' }).waitFor();
	expect(tablet.faults).toEqual([]);
});

test('one’s own words are no news, a moved meeting and a renamed issue are', async () => {
	const { server } = evening;
	await writeDocuments(server, evening.mara, [
		{
			name: 'directory:main',
			change: (doc) => addBulletin(doc, { id: 'b3', title: 'Aus dem Vorstand', date: '2024-12-12', status: 'draft' }),
		},
		{
			name: 'bulletin:b3',
			change: (doc) => {
				addArticle(doc, { id: 'a3', title: 'Sitzung' });
				const fact = { kind: 'meeting', of: 'm1', form: 'de.date-full', text: '10. Dezember', was: '2024-12-10' };
				doc.transact(() =>
					rewriteBody(doc, bodyRoot('a3'), [plainParagraph({}, [{ name: 'fact', attrs: fact, content: [] }])]),
				);
			},
		},
	]);
	const tablet = await openDevice(browser, { server, member: evening.mara, worker: 'none' });
	onTestFinished(() => tablet.close());
	const { page } = tablet;
	const text = page.getByRole('textbox', { name: 'Text: Sitzung', exact: true });
	const news = page.getByRole('link', { name: 'Änderungen zeigen' });
	const noted = () =>
		page.evaluate(readNote, [`${databasePrefixOf(evening.mara.person.id)}seen`, 'bulletin:b3'] as const);
	const open = async () => {
		const part = page.waitForResponse(`**/${partWith('Seit deinem letzten Besuch hat')}`).catch(() => null);
		await page.goto('/bulletins/b3');
		await text.waitFor();
		await part;
	};
	await open();
	await expect.poll(() => noted().then(({ title }) => title)).toBe('Aus dem Vorstand');
	await tablet.context.addInitScript(() => {
		const now = Date.now.bind(Date);
		Date.now = () => now() + 2 * 3_600_000;
	});
	await open();
	await text.click();
	await page.keyboard.press('Control+End');
	await page.keyboard.type(' Von mir.');
	await indicator(page, 'Gespeichert').waitFor();
	await open();
	await expect.poll(() => noted().then(({ at }) => at)).toBeGreaterThan(Date.now() + 3_600_000);
	expect(await news.count()).toBe(0);

	await changeDocument(server, evening.jonas, {
		name: 'directory:main',
		change: (doc) => {
			updateEntry(doc, 'bulletins', 'b3', { title: 'Aus dem Kreisvorstand' });
			updateEntry(doc, 'meetings', 'm1', { start: '2024-12-11T18:00' });
		},
	});
	await news.click();
	await page.getByRole('heading', { name: 'Titel und Datum des Rundbriefs' }).waitFor();
	await page.locator('ins', { hasText: 'Kreisvorstand' }).waitFor();
	await page.locator('del', { hasText: '10. Dezember 2024' }).waitFor();
	await page.locator('ins', { hasText: '11. Dezember 2024' }).waitFor();
	expect(tablet.faults).toEqual([]);
});

test('a form, a look and a table that changed are said, go back, and come again with one press', async () => {
	const { server } = evening;
	await writeDocuments(server, evening.mara, [
		{
			name: 'directory:main',
			change: (doc) => addBulletin(doc, { id: 'b2', title: 'Am Markt', date: '2024-12-12', status: 'draft' }),
		},
		{ name: 'bulletin:b2', change: (doc) => writeBefore(doc, 'a1') },
	]);
	await server.ask('POST', '/api/documents/bulletin:b2/versions', { as: evening.mara, body: { name: 'Vorher' } });
	const before = await relayContent(server, evening.mara, 'bulletin:b2');
	await changeDocument(server, evening.mara, { name: 'bulletin:b2', change: (doc) => writeAfter(doc, 'a1') });
	const after = await relayContent(server, evening.mara, 'bulletin:b2');
	const blocks = async () => readRichBody(await relayContent(server, evening.mara, 'bulletin:b2'), bodyRoot('a1'));

	const { page } = jonas;
	await page.goto('/history/bulletin:b2');
	await page.getByRole('button', { name: /Vorher/ }).click();
	const notes = page.locator('.note');
	await expect
		.poll(() => notes.allInnerTexts())
		.toEqual([
			'Überschrift 2 statt Text',
			'jetzt fett',
			'Link zu https://neu.example.org/anmelden statt zu https://alt.example.org/anmelden',
			'Nummerierte Liste statt Liste',
			'erledigt',
		]);
	const rows = page.getByRole('row');
	await expect.poll(() => rows.count()).toBe(5);
	const cells = await rows.nth(1).locator('[data-what]').allInnerTexts();
	expect(cells.map((words) => words.replace(/\s+/g, ' ').trim())).toEqual([
		'Markt',
		'eingefügt: Anna',
		'gestrichen: 10 eingefügt: 11 Uhr',
	]);

	await page.getByRole('button', { name: 'Diesen Stand wiederherstellen' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Wiederherstellen', exact: true }).click();
	await page.getByText('Keine Unterschiede im Text.').waitFor();
	await expect.poll(blocks).toEqual(readRichBody(before, bodyRoot('a1')));
	await page.getByRole('button', { name: 'Rückgängig' }).click();
	await expect.poll(() => notes.count()).toBe(5);
	await expect.poll(blocks).toEqual(readRichBody(after, bodyRoot('a1')));
	expect(jonas.faults).toEqual([]);
});
