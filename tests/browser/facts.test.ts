/**
 * The occasion that the association's notebook was made for: a bulletin of 10 December says that the next meeting is on
 * 9 December, and the calendar says 9 January. And a fact that two people share: one inserts it, the other moves the meeting.
 */
import { addAgendaItem } from '#lib/documents/change-agenda.ts';
import { newAgendaItem } from '#lib/domain/agenda.ts';
import { addMeeting, addOffice, addRoster, updateEntry } from '#lib/documents/change-directory.ts';
import { addResolution } from '#lib/documents/change-minutes.ts';
import { addShift, addStation } from '#lib/documents/change-roster.ts';
import { directoryName } from '#lib/protocol/document-name.ts';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, openDevice, type Device } from '../support/browser.ts';
import { choose } from '../support/choose.ts';
import { indicator, openServerPeer, prepareEvening, type Evening } from '../support/evening.ts';
import { untilSaved } from '../support/peers.ts';

let evening: Evening;
let browser: Browser;
let laptop: Device;
let phone: Device;

beforeAll(async () => {
	[evening, browser] = await Promise.all([prepareEvening(), launchBrowser()]);
	const { server, mara, jonas } = evening;
	await server.admit(mara, 'Frieda Baumgart', 'board');
	const workspace = openServerPeer(server, mara);
	const directory = workspace.open(directoryName);
	await untilSaved(directory);
	addMeeting(directory.doc, {
		id: 'm2',
		bodyId: null,
		title: 'Vorstand',
		start: '2025-01-09T18:00',
		end: '2025-01-09T20:00',
		mode: 'inPerson',
		place: 'Geschäftsstelle',
		link: '',
		status: 'planned',
		invited: [],
		guests: [],
	});
	addRoster(directory.doc, { id: 'r1', title: 'Aktionstag', place: 'Markt', date: '2025-01-18', status: 'open' });
	addOffice(directory.doc, { id: 'o1', bodyId: null, title: 'Vorsitz', personId: jonas.person.id, order: 'a0' });
	const minutes = workspace.open('minutes:m1');
	addResolution(minutes.doc, { id: 'b1', itemId: 'i1', text: 'Ein Wahlbüro wird eingerichtet.', status: 'adopted' });
	await Promise.all([untilSaved(directory), untilSaved(minutes)]);
	await workspace.close();
	laptop = await openDevice(browser, { server, member: mara });
	phone = await openDevice(browser, { server, member: jonas, size: 'phone', worker: 'none' });
});

afterAll(async () => {
	await laptop?.close();
	await phone?.close();
	await browser?.close();
	await evening?.server.close();
});

function article(page: Page): Locator {
	return page.getByRole('textbox', { name: 'Text: Wahlbüro', exact: true });
}

/** Puts the caret into an empty article. */
async function begin(page: Page): Promise<Locator> {
	const text = article(page);
	if (!page.url().includes('/bulletins/b1')) await page.goto('/bulletins/b1');
	await text.focus();
	await page.keyboard.press('Control+a');
	await page.keyboard.press('Delete');
	await expect.poll(() => words(text)).toBe('');
	return text;
}

function focusIsIn(place: Locator): Promise<boolean> {
	return place.evaluate((element) => element.contains(document.activeElement));
}

/** How many points of height two things on the screen share. */
async function overlap(one: Locator, other: Locator): Promise<number> {
	const [a, b] = [await one.boundingBox(), await other.boundingBox()];
	if (!a || !b) return NaN;
	return Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y));
}

/** What everyone reads of it: others' carets are not text. */
function words(text: Locator): Promise<string> {
	return text.evaluate((element) => {
		const copy = element.cloneNode(true) as HTMLElement;
		for (const caret of copy.querySelectorAll('.their-caret')) caret.remove();
		return copy.innerText.trim();
	});
}

test('a typed 9 December is underlined, explained in a sentence, and mended by one press', async () => {
	const { page } = laptop;
	await page.goto('/bulletins/b1');
	const text = await begin(page);
	await page.keyboard.type('Die nächste Sitzung findet am 9. Dezember statt.');
	await text.locator('.finding', { hasText: '9. Dezember' }).click();
	const hint = page.getByRole('dialog', { name: 'Hinweis' });
	await hint
		.getByText('Im Kalender steht „Vorstand“ als Nächstes am Di., 10. Dezember 2024 und Do., 9. Januar 2025.')
		.waitFor();
	await hint.getByRole('button', { name: 'Übernehmen: 9. Januar' }).click();
	await expect.poll(() => words(text)).toBe('Die nächste Sitzung findet am 9. Januar statt.');
	await expect.poll(() => text.locator('.finding').count()).toBe(0);
	expect(await hint.count()).toBe(0);
	expect(laptop.faults).toEqual([]);
});

test('by the keyboard alone a typed date becomes a fact, and undo brings it back', async () => {
	const { page } = laptop;
	const text = await begin(page);
	await page.keyboard.type('Die nächste Sitzung findet am 9. Dezember 2024 statt.');
	await text.locator('.finding').waitFor();
	await page.keyboard.press('Control+.');
	const hint = page.getByRole('dialog', { name: 'Hinweis' });
	await hint.waitFor();
	await page.keyboard.press('Tab');
	await expect.poll(() => page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('Als Fakt einfügen');
	await page.keyboard.press('Enter');
	await expect.poll(() => text.locator('.fact').innerText()).toBe('9. Januar 2025');
	await page.keyboard.press('Control+z');
	await expect.poll(() => words(text)).toBe('Die nächste Sitzung findet am 9. Dezember 2024 statt.');
	await page.keyboard.press('Control+y');
	await expect.poll(() => text.locator('.fact').innerText()).toBe('9. Januar 2025');
});

test('a typed date that is right becomes a fact in one press, and by the keyboard', async () => {
	const { page } = laptop;
	const text = await begin(page);
	await page.keyboard.type('Wir sehen uns am 9. Januar 2025 wieder.');
	await text.locator('.known-date', { hasText: '9. Januar 2025' }).click();
	const offer = page.getByRole('dialog', { name: 'Termin aus dem Kalender' });
	await offer.getByText('An diesem Tag steht im Kalender: Sitzung · Vorstand.').waitFor();
	await offer.getByRole('button', { name: 'Als Fakt einfügen' }).click();
	await expect.poll(() => text.locator('.fact').innerText()).toBe('9. Januar 2025');
	expect(await words(text)).toBe('Wir sehen uns am 9. Januar 2025 wieder.');

	await page.keyboard.press('Control+End');
	await page.keyboard.type(' Und am 18.1.');
	await text.locator('.known-date', { hasText: '18.1.' }).waitFor();
	await page.keyboard.press('Control+.');
	await offer.waitFor();
	await page.keyboard.press('Enter');
	await expect.poll(() => text.locator('.fact').last().innerText()).toBe('18.1.');
	await expect.poll(() => page.getByText(/Hinweis/).count()).toBe(0);
	expect(laptop.faults).toEqual([]);
});

test('a title is checked without a network too, said beneath its field, counted, and mended by one press', async () => {
	const { page } = laptop;
	await begin(page);
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
	await laptop.goOffline();
	const title = page.getByRole('textbox', { name: 'Titel des Artikels' });
	await title.fill('Aktionstag am 17. Januar');
	const said = page.getByRole('group', { name: 'Hinweise: Titel: Aktionstag am 17. Januar' });
	await said.getByText('Im Kalender steht „Aktionstag“ am Sa., 18. Januar 2025.').waitFor();
	expect(await said.getByRole('button', { name: 'Als Fakt einfügen' }).count()).toBe(0);
	await page.getByRole('link', { name: 'Aktionstag am 17. Januar (1)' }).waitFor();
	await said.getByRole('button', { name: 'Übernehmen: 18. Januar' }).click();
	await expect.poll(() => title.inputValue()).toBe('Aktionstag am 18. Januar');
	await page.getByText('Im Kalender steht „Aktionstag“').waitFor({ state: 'detached' });
	expect(await title.evaluate((field) => field === document.activeElement)).toBe(true);
	await title.fill('Wahlbüro');
	await laptop.goOnline();
	await indicator(page, 'Gespeichert').waitFor();
	expect(laptop.faults).toEqual([]);
});

test('an issue’s own title is checked beneath its field and before it is approved, and mended there', async () => {
	const { page } = laptop;
	await begin(page);
	const dialog = page.getByRole('dialog', { name: 'Titel, Datum und Sprache' });
	const field = dialog.getByLabel('Titel', { exact: true });
	await page.getByRole('button', { name: 'Mehr zu diesem Rundbrief' }).click();
	await page.getByRole('menuitem', { name: 'Titel, Datum und Sprache' }).click();
	await field.fill('Alle zum Aktionstag am 17. Januar!');
	const said = dialog.getByRole('group', { name: 'Hinweise: Titel: Alle zum Aktionstag am 17. Januar!' });
	await said.getByText('Im Kalender steht „Aktionstag“ am Sa., 18. Januar 2025.').waitFor();
	expect(await said.getByRole('button', { name: 'Als Fakt einfügen' }).count()).toBe(0);
	await dialog.getByRole('button', { name: 'Übernehmen', exact: true }).click();

	const way = page.getByRole('region', { name: 'Weg des Rundbriefs' });
	await way.getByText('1 Hinweis, in:').waitFor();
	await way.getByRole('button', { name: 'Titel der Ausgabe (1)' }).click();
	await said.getByRole('button', { name: 'Übernehmen: 18. Januar' }).click();
	await expect.poll(() => field.inputValue()).toBe('Alle zum Aktionstag am 18. Januar!');
	await said.waitFor({ state: 'detached' });
	await dialog.getByRole('button', { name: 'Übernehmen', exact: true }).click();
	await page.getByRole('heading', { name: 'Alle zum Aktionstag am 18. Januar!' }).waitFor();
	await way.getByText(/Hinweis/).waitFor({ state: 'detached' });
	expect(laptop.faults).toEqual([]);
});

/** One sentence for each class of finding and language, and what is said about it. */
const slips = [
	['weekday', 'Kino am Freitag, 9. Januar 2025, für alle.', 'Der 9.1.2025 ist ein Donnerstag.'],
	['weekday', 'Film night on Friday, 9 January 2025, for all.', 'Der 9.1.2025 ist ein Donnerstag.'],
	['no-such-date', 'Die Frist endet am 31.11.2024 um Mitternacht.', 'Den Tag „31.11.2024“ gibt es nicht.'],
	['no-such-date', 'It ends on 31 November 2024 at midnight.', 'Den Tag „31 November 2024“ gibt es nicht.'],
	[
		'next-meeting',
		'Die nächste Sitzung ist am 9. Dezember.',
		'Im Kalender steht „Vorstand“ als Nächstes am Di., 10. Dezember 2024 und Do., 9. Januar 2025.',
	],
	[
		'next-meeting',
		'The next meeting is on 9 December.',
		'Im Kalender steht „Vorstand“ als Nächstes am Di., 10. Dezember 2024 und Do., 9. Januar 2025.',
	],
	['other-date', 'Der Aktionstag ist am 17. Januar.', 'Im Kalender steht „Aktionstag“ am Sa., 18. Januar 2025.'],
	['other-date', 'The Aktionstag is on 17 January.', 'Im Kalender steht „Aktionstag“ am Sa., 18. Januar 2025.'],
	['other-time', 'Die Sitzung am 9. Januar beginnt um 19 Uhr.', 'Im Kalender beginnt „Vorstand“ um 18:00 Uhr.'],
	['other-time', 'The meeting on 9 January starts at 7 pm.', 'Im Kalender beginnt „Vorstand“ um 18:00 Uhr.'],
	['other-end', 'Die Sitzung am 9. Januar endet um 21 Uhr.', 'Im Kalender endet „Vorstand“ um 20:00 Uhr.'],
	['other-end', 'The meeting on 9 January lasts until 9 pm.', 'Im Kalender endet „Vorstand“ um 20:00 Uhr.'],
	['past', 'Das Konzert findet am 3. Dezember statt.', 'ist schon vorbei'],
	['past', 'The concert takes place on 3 December.', 'ist schon vorbei'],
	['name', 'Frida Baumgart berichtet.', 'Bei den Leuten heißt es „Frieda Baumgart“.'],
	['name', 'We thank Frieda Baumgardt.', 'Bei den Leuten heißt es „Frieda Baumgart“.'],
] as const;

test('without a network, every kind of slip is underlined and explained, in German and in English', async () => {
	const { page } = laptop;
	const text = await begin(page);
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
	await laptop.goOffline();
	for (const [kind, sentence, said] of slips) {
		await begin(page);
		await page.keyboard.insertText(sentence);
		await text.locator(`.finding[data-finding="${kind}"]`).waitFor();
		await page.getByText('1 Hinweis', { exact: true }).waitFor();
		await page.keyboard.press('Control+.');
		await page.getByRole('dialog', { name: 'Hinweis' }).getByText(said).waitFor();
		await page.keyboard.press('Escape');
	}
	await laptop.goOnline();
	await indicator(page, 'Gespeichert').waitFor();
	expect(laptop.faults).toEqual([]);
});

test('what is left as it is stays so, for the others too, until somebody wants it checked again', async () => {
	const text = await begin(laptop.page);
	// Of the text that stood there before.
	await laptop.page.getByText('1 Hinweis', { exact: true }).waitFor({ state: 'detached' });
	await laptop.page.keyboard.type('Die nächste Sitzung findet am 9. Dezember statt.');
	await laptop.page.getByText('1 Hinweis', { exact: true }).click();
	await laptop.page.getByRole('button', { name: 'So lassen' }).click();
	await expect.poll(() => text.locator('.finding').count()).toBe(0);
	await indicator(laptop.page, 'Gespeichert').waitFor();

	await phone.page.goto('/bulletins/b1');
	await phone.page.getByText('1 Hinweis so gelassen').click();
	expect(await article(phone.page).locator('.finding').count()).toBe(0);
	await phone.page.getByRole('button', { name: 'Wieder prüfen' }).click();
	const there = article(phone.page).locator('.finding');
	await there.waitFor();
	await text.locator('.finding').waitFor();

	// With an on-screen keyboard half of the page is left.
	await there.tap();
	const hint = phone.page.getByRole('dialog', { name: 'Hinweis' });
	await hint.waitFor();
	expect(await focusIsIn(article(phone.page))).toBe(true);
	const bar = phone.page.getByRole('toolbar', { name: 'Formatieren: Text: Wahlbüro' });
	for (const height of [844, 480]) {
		await phone.page.setViewportSize({ width: 390, height });
		await expect.poll(() => overlap(hint, there)).toBe(0);
		await expect.poll(() => overlap(hint, bar)).toBe(0);
		const box = await hint.boundingBox();
		expect(box && box.y >= 0 && box.x >= 0 && box.y + box.height <= height && box.x + box.width <= 390).toBe(true);
	}
	await phone.page.setViewportSize({ width: 390, height: 844 });
	await hint.getByRole('button', { name: 'So lassen' }).tap();
	await hint.waitFor({ state: 'detached' });
	expect(await focusIsIn(article(phone.page))).toBe(true);
});

test('@ inserts a fact; another person moves the meeting; the change is seen, and acknowledged for both', async () => {
	const [mara, jonas] = [laptop.page, phone.page];
	const text = await begin(mara);
	await mara.keyboard.type('Wir sehen uns am @vorstand');
	const list = mara.getByRole('listbox', { name: 'Fakt einfügen' });
	await list.getByRole('option', { name: /^Do\., 9\. Januar 2025, 18 Uhr/ }).waitFor();
	await mara.keyboard.press('Enter');
	await expect.poll(() => words(text)).toBe('Wir sehen uns am Do., 9. Januar 2025, 18 Uhr');
	await mara.keyboard.type(' wieder.');
	await indicator(mara, 'Gespeichert').waitFor();

	await jonas.goto('/meetings/m2');
	await jonas.getByLabel('Tag').fill('2025-01-16');
	await indicator(jonas, 'Gespeichert').waitFor();
	await expect.poll(() => text.locator('.fact del').innerText()).toBe('Do., 9. Januar 2025, 18 Uhr');
	expect(await text.locator('.fact ins').innerText()).toBe('Do., 16. Januar 2025, 18 Uhr');
	await jonas.goto('/bulletins/b1');
	await article(jonas).locator('.fact del').waitFor();

	await text.locator('.fact').click();
	const fact = mara.getByRole('dialog', { name: 'Fakt' });
	await fact.getByText('Sitzung · Vorstand').waitFor();
	await fact.getByRole('button', { name: 'Änderung übernehmen' }).click();
	await expect.poll(() => words(text)).toBe('Wir sehen uns am Do., 16. Januar 2025, 18 Uhr wieder.');
	await expect.poll(() => words(article(jonas))).toBe('Wir sehen uns am Do., 16. Januar 2025, 18 Uhr wieder.');
	expect([...laptop.faults, ...phone.faults]).toEqual([]);
});

test('another way of writing it, on paper as on screen, and an ordinary text in the end', async () => {
	const { page } = laptop;
	const text = article(page);
	await text.locator('.fact').click();
	await page.getByRole('dialog', { name: 'Fakt' }).getByLabel('Schreibweise').selectOption('de.numeric-short');
	await expect.poll(() => text.locator('.fact').innerText()).toBe('16.1.');
	await page.emulateMedia({ media: 'print' });
	await expect.poll(() => page.locator('.print-only').first().innerText()).toContain('Wir sehen uns am 16.1. wieder.');
	await page.emulateMedia({ media: 'screen' });
	await text.locator('.fact').click();
	await page.getByRole('dialog', { name: 'Fakt' }).getByRole('button', { name: 'In Text umwandeln' }).click();
	await expect.poll(() => text.locator('.fact').count()).toBe(0);
	expect(await words(text)).toBe('Wir sehen uns am 16.1. wieder.');
});

test('resolutions, offices and actions are offered too; Escape leaves the sign as it is', async () => {
	const { page } = laptop;
	const text = await begin(page);
	for (const [query, value] of [
		['wahlbüro wird', 'Ein Wahlbüro wird eingerichtet.'],
		['vorsitz', 'Jonas'],
		['aktionstag', 'Sa., 18. Januar 2025'],
	] as const) {
		await page.keyboard.type(`@${query}`);
		await page.getByRole('option', { name: value }).first().waitFor();
		await page.keyboard.press('Enter');
		await text.locator('.fact', { hasText: value }).waitFor();
		await page.keyboard.type(' ');
	}
	await page.keyboard.type('@mara');
	await page.keyboard.press('Escape');
	await page.keyboard.press('Enter');
	await page.keyboard.type('mara@example.org');
	// In two paragraphs, though the words are read without their ends.
	expect(await text.locator('p').count()).toBe(2);
	expect(await words(text)).toMatch(/@mara\n*mara@example\.org$/);
	expect(await page.getByRole('listbox', { name: 'Fakt einfügen' }).count()).toBe(0);
});

test('a live date that is not the next meeting’s is mended by one press, and stays live', async () => {
	const { page } = laptop;
	const text = await begin(page);
	await page.keyboard.type('Die nächste Sitzung ist am @aktionstag');
	await page.getByRole('option', { name: 'Sa., 18. Januar 2025' }).first().waitFor();
	await page.keyboard.press('Enter');
	await page.keyboard.type(' in der Mühle.');
	await text.locator('.finding', { hasText: 'am' }).click();
	const hint = page.getByRole('dialog', { name: 'Hinweis' });
	const mend = hint.getByRole('button', { name: 'Übernehmen: Do.,' });
	await mend.waitFor();
	expect(await hint.getByRole('button', { name: 'Als Fakt einfügen' }).count()).toBe(0);
	await mend.click();
	await expect.poll(() => words(text)).toMatch(/^Die nächste Sitzung ist am Do\., \d+\. Januar 2025 in der Mühle\.$/);
	expect(await text.locator('.fact.live').innerText()).toContain('Januar 2025');
});

test('a hint that is pressed opens, though the page moves before the press ends', async () => {
	const { page } = laptop;
	const text = await begin(page);
	await page.keyboard.type('Nicht am 31. November.');
	await text.locator('.finding', { hasText: '31. November' }).hover();
	await page.mouse.down();
	await page.locator('.paper').evaluate((paper) => (paper.style.paddingBlockStart = '12rem'));
	await page.mouse.up();
	const hint = page.getByRole('dialog', { name: 'Hinweis' });
	await hint.waitFor();
	await page
		.getByText('Dazu gibt es einen Hinweis')
		.or(page.getByText('Strg+. führt in diesen Hinweis'))
		.first()
		.waitFor();
	await page.keyboard.press('Escape');
	await hint.waitFor({ state: 'detached' });
	expect(await focusIsIn(text)).toBe(true);
	await page.locator('.paper').evaluate((paper) => (paper.style.paddingBlockStart = ''));
	expect(laptop.faults).toEqual([]);
});

test('who presses on a date and types on writes there, and mends nothing; a key leads into the hint, Escape back', async () => {
	const { page } = laptop;
	const text = await begin(page);
	await page.keyboard.type('Am 16. Januar 2025 und nicht am 31. November.');
	const hint = page.getByRole('dialog', { name: 'Hinweis' });
	const offer = page.getByRole('dialog', { name: 'Termin aus dem Kalender' });
	const end = (words: string) => text.locator('.finding, .known-date', { hasText: words });
	for (const [date, box, typed] of [
		['31. November', hint, ' '],
		['16. Januar 2025', offer, 'Enter'],
	] as const) {
		const words = end(date);
		await words.waitFor();
		await words.click();
		await box.waitFor();
		expect(await focusIsIn(text)).toBe(true);
		const before = await words.boundingBox();
		const beside = await box.boundingBox();
		expect(beside && before && beside.y >= before.y + before.height).toBe(true);
		await page.locator('.visually-hidden[aria-live]', { hasText: 'Strg+. führt in diesen Hinweis' }).waitFor();
		await page.keyboard.press(typed);
		await box.waitFor({ state: 'detached' });
		expect(await text.locator('.fact').count()).toBe(0);
		await page.keyboard.press('Backspace');
	}
	expect(await words(text)).toBe('Am 16. Januar 2025 und nicht am 31. November.');

	// From one hint to the next in one press, and from the words into the hint and back.
	await end('31. November').click();
	await hint.waitFor();
	await end('16. Januar 2025').click();
	await offer.waitFor();
	await page.keyboard.press('Control+.');
	await expect.poll(() => focusIsIn(offer)).toBe(true);
	await page.keyboard.press('Escape');
	await offer.waitFor({ state: 'detached' });
	expect(await focusIsIn(text)).toBe(true);
	expect(await words(text)).toBe('Am 16. Januar 2025 und nicht am 31. November.');
	expect(laptop.faults).toEqual([]);
});

test('a fact that is pressed opens, though it changes before the press ends', async () => {
	const { page } = laptop;
	const text = await begin(page);
	await page.keyboard.type('Kommt am @aktionstag');
	await page.getByRole('option', { name: 'Sa., 18. Januar 2025' }).first().waitFor();
	await page.keyboard.press('Enter');
	const fact = text.locator('.fact', { hasText: 'Sa., 18. Januar 2025' });
	await fact.waitFor();

	await fact.hover();
	await page.mouse.down();
	const workspace = openServerPeer(evening.server, evening.jonas);
	const directory = workspace.open(directoryName);
	await untilSaved(directory);
	updateEntry(directory.doc, 'rosters', 'r1', { date: '2025-01-25' });
	await untilSaved(directory);
	await text.locator('.fact ins', { hasText: 'Sa., 25. Januar 2025' }).waitFor();
	await page.mouse.up();
	await page.getByRole('dialog', { name: 'Fakt' }).waitFor();
	await page.keyboard.press('Space');
	await fact.locator('ins').waitFor();
	await page.keyboard.press('Escape');
	await page.getByRole('dialog', { name: 'Fakt' }).waitFor({ state: 'detached' });
	updateEntry(directory.doc, 'rosters', 'r1', { date: '2025-01-18' });
	await untilSaved(directory);
	await workspace.close();
	await text.focus();
	expect(laptop.faults).toEqual([]);
});

test.each(['Bearbeiten', 'Vorschlagen'])('who presses a fact goes on writing beside it: %s', async (mode) => {
	const { page } = laptop;
	const text = await begin(page);
	await page.keyboard.type('Am @aktionstag');
	await page.getByRole('option', { name: 'Sa., 18. Januar 2025' }).first().waitFor();
	await page.keyboard.press('Enter');
	await page.keyboard.type(' am Markt');
	await choose(page, mode);
	const fact = text.locator('.fact', { hasText: 'Sa., 18. Januar 2025' });
	const details = page.getByRole('dialog', { name: 'Fakt' });
	const { width = 0, height = 0 } = (await fact.boundingBox()) ?? {};
	for (const [x, typed, read] of [
		[width - 4, 'ab', 'Am Sa., 18. Januar 2025ab am Markt'],
		[4, 'cd', 'Am cdSa., 18. Januar 2025ab am Markt'],
	] as const) {
		// The second time the caret stands there already.
		for (const _time of [1, 2]) {
			await fact.click({ position: { x, y: height / 2 } });
			await details.waitFor();
			await page.keyboard.press('Escape');
		}
		await page.keyboard.type(typed);
		await expect.poll(() => words(text)).toBe(read);
		await details.waitFor({ state: 'detached' });
	}
	// And who walks over it.
	for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowRight', 'e']) await page.keyboard.press(key);
	await expect.poll(() => words(text)).toBe('Am cdSa., 18. Januar 2025eab am Markt');
	expect(await text.locator('p ins').allTextContents()).toEqual(mode === 'Bearbeiten' ? [] : ['cd', 'eab']);
	await choose(page, 'Bearbeiten');
	expect(laptop.faults).toEqual([]);
});

test('without a network facts are there and dates are checked; a source that was deleted says so', async () => {
	const { page } = laptop;
	await begin(page);
	await page.keyboard.type('Auf zum @aktionstag');
	await page.getByRole('listbox', { name: 'Fakt einfügen' }).getByRole('option').first().waitFor();
	await page.keyboard.press('Enter');
	await article(page).locator('.fact').waitFor();
	await indicator(page, 'Gespeichert').waitFor();
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
	await laptop.goOffline();
	await page.reload();
	const text = article(page);
	await text.locator('.fact', { hasText: 'Sa., 18. Januar 2025' }).waitFor();
	await text.click();
	await page.keyboard.press('Control+End');
	await page.keyboard.type(' und am 31. November');
	await text.locator('.finding', { hasText: '31. November' }).waitFor();

	const workspace = openServerPeer(evening.server, evening.jonas);
	const directory = workspace.open(directoryName);
	await untilSaved(directory);
	directory.doc.getMap('rosters').delete('r1');
	updateEntry(directory.doc, 'meetings', 'm2', { status: 'cancelled' });
	await untilSaved(directory);
	await workspace.close();
	await laptop.goOnline();
	await expect
		.poll(() => text.locator('.fact').innerText(), { timeout: 30_000 })
		.toMatch(/Sa\., 18\. Januar 2025\s+gelöscht/);
});

test('a resolution of an old meeting and a shift at its station are found by a word, also without a network', async () => {
	const { page } = laptop;
	const workspace = openServerPeer(evening.server, evening.jonas);
	const directory = workspace.open(directoryName);
	await untilSaved(directory);
	const days = ['2024-12-02', '2024-12-03', '2024-12-04', '2024-12-05', '2024-12-06', '2024-06-01'];
	for (const day of days)
		addMeeting(directory.doc, {
			id: `on${day.replaceAll('-', '')}`,
			bodyId: null,
			title: 'Runde',
			start: `${day}T18:00`,
			end: null,
			mode: 'inPerson',
			place: '',
			link: '',
			status: 'planned',
			invited: [],
			guests: [],
		});
	addRoster(directory.doc, { id: 'r2', title: 'Stand', place: 'Markt', date: '2025-01-18', status: 'open' });
	const agenda = workspace.open('agenda:on20240601');
	addAgendaItem(agenda.doc, { ...newAgendaItem, id: 'i1', title: 'Küche' });
	const minutes = workspace.open('minutes:on20240601');
	addResolution(minutes.doc, { id: 'b1', itemId: 'i1', text: 'Eine Kaffeemaschine.', status: 'adopted' });
	const roster = workspace.open('roster:r2');
	for (const [id, name] of Object.entries({ north: 'Nordtor', south: 'Südtor' })) {
		addStation(roster.doc, id, name);
		const [start, end] = ['2025-01-18T10:00', '2025-01-18T12:00'];
		addShift(roster.doc, { id: `at-${id}`, stationId: id, start, end, need: 2, branchId: null, people: [] });
	}
	await Promise.all([directory, agenda, minutes, roster].map(untilSaved));
	await workspace.close();

	const text = await begin(page);
	await page.keyboard.type('@nordtor');
	await page.getByRole('option', { name: /^10 bis 12 Uhr.*Stand, Nordtor, 18\.1\.2025/ }).waitFor();
	await page.keyboard.press('Enter');
	await text.locator('.fact', { hasText: '10 bis 12 Uhr' }).click();
	await page.getByRole('dialog', { name: 'Fakt' }).getByText('Schicht · Stand, Nordtor, 18.1.2025').waitFor();
	await page.keyboard.press('Escape');

	const find = async (word: string) => {
		await text.focus();
		await page.keyboard.press('Control+End');
		await page.keyboard.type(` @${word}`);
		await page.getByRole('option', { name: 'Eine Kaffeemaschine.' }).waitFor();
		await page.keyboard.press('Enter');
	};
	const found = text.locator('.fact.live', { hasText: 'Eine Kaffeemaschine.' });
	await find('kaffeemaschine');
	await expect.poll(() => found.count()).toBe(1);
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
	await indicator(page, 'Gespeichert').waitFor();
	await laptop.goOffline();
	await page.reload();
	await found.waitFor();
	await find('kaffee');
	await expect.poll(() => found.count()).toBe(2);
	await page.keyboard.type(' @nirgends');
	await page
		.getByText('Durchsucht ist nur, was auf diesem Gerät liegt.')
		.or(page.getByText('Dazu steht nichts'))
		.waitFor();
	await laptop.goOnline();
});
