/** Two people talk about words of a text: with a mention, an answer, and what is left when the words are gone. */
import { readThreads } from '#lib/documents/comments.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, openDevice, type Device } from '../support/browser.ts';
import { indicator, paragraph, prepareEvening, relayContent, type Evening } from '../support/evening.ts';

let evening: Evening;
let browser: Browser;
let mara: Device;
let jonas: Device;

beforeAll(async () => {
	[evening, browser] = await Promise.all([prepareEvening(), launchBrowser()]);
	const { server } = evening;
	mara = await openDevice(browser, { server, member: evening.mara });
	jonas = await openDevice(browser, { server, member: evening.jonas, size: 'phone', worker: 'none' });
});

afterAll(async () => {
	await Promise.all([mara, jonas].map((device) => device?.close()));
	await browser?.close();
	await evening?.server.close();
});

const cases = [
	{ place: '/bulletins/b1', label: 'Text: Wahlbüro' },
	{ place: '/meetings/m1/minutes', label: 'Text zu Wahlbüro' },
] as const;

async function openText(page: Page, place: string, label: string): Promise<void> {
	await page.goto(place);
	await page.getByRole('textbox', { name: label, exact: true }).waitFor();
}

test.each(cases)('a comment in $place, with a mention, on a laptop and a phone', async ({ place, label }) => {
	await openText(mara.page, place, label);
	await openText(jonas.page, place, label);

	// Mara, by keyboard alone, offline: what she says waits with everything else.
	await mara.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
	await mara.goOffline();
	const text = mara.page.getByRole('textbox', { name: label, exact: true });
	await text.focus();
	await mara.page.keyboard.press('Control+Home');
	await mara.page.keyboard.press('Control+Shift+ArrowRight');
	await mara.page.keyboard.press('Control+Alt+m');
	const panel = mara.page.getByRole('complementary', { name: 'Anmerkungen' });
	const remark = panel.getByRole('textbox', { name: 'Deine Anmerkung' });
	const offered = panel.getByRole('option', { name: 'Jonas erwähnen' });
	await remark.fill('Welcher? @Jo');
	expect(await remark.getAttribute('aria-activedescendant')).toBe(await offered.getAttribute('id'));
	await remark.press('Escape');
	await offered.waitFor({ state: 'detached' });
	for (const key of ['Backspace', 'Backspace', 'Backspace', '@', 'J', 'o']) await remark.press(key);
	await offered.waitFor();
	for (const key of ['ArrowUp', 'ArrowDown', 'Enter']) await remark.press(key);
	await expect.poll(() => remark.inputValue()).toBe('Welcher? @Jonas ');
	await panel.getByRole('button', { name: 'Anmerken', exact: true }).click();
	await text.locator('.commented', { hasText: 'Der' }).waitFor();
	await mara.goOnline();
	await indicator(mara.page, 'Gespeichert').waitFor();

	// Jonas hears that it is for him, and answers.
	const button = jonas.page.getByRole('button', { name: /1 Anmerkung.*1 für dich/ });
	await button.click();
	const sheet = jonas.page.getByRole('dialog', { name: 'Anmerkungen' });
	await sheet.getByText('Welcher? @Jonas').waitFor();
	await sheet.getByRole('button', { name: 'Antworten' }).click();
	const answer = sheet.getByRole('textbox', { name: 'Deine Antwort' });
	await answer.fill('@Ma');
	await sheet.getByRole('option', { name: 'Mara erwähnen' }).click();
	await answer.pressSequentially('Der vom Dienstag.');
	await sheet.getByRole('button', { name: 'Antworten' }).click();
	await panel.getByText('Der vom Dienstag.').waitFor();
	await sheet.getByRole('button', { name: 'Schließen' }).click();
	await jonas.page.getByRole('button', { name: '1 Anmerkung', exact: true }).waitFor();

	// The words go; what was said about them stays, and can be settled. No press of the mouse: its place in the text is put
	// back by the editor a moment later, which keys that follow at once would not survive.
	await text.focus();
	await mara.page.keyboard.press('Control+Home');
	await mara.page.keyboard.press('Control+Delete');
	await panel.getByText('Ohne Stelle im Text').waitFor();
	await panel.getByRole('button', { name: 'Erledigt', exact: true }).click();
	await jonas.page.getByRole('button', { name: '0 Anmerkungen' }).waitFor();
	await panel.locator('summary', { hasText: /^\s*Erledigt\s+1\s*$/ }).click();
	await panel.getByText('erledigt von Mara').waitFor();
	await panel.getByRole('button', { name: 'Wieder öffnen' }).click();
	await jonas.page.getByRole('button', { name: '1 Anmerkung', exact: true }).waitFor();
	expect([...mara.faults, ...jonas.faults]).toEqual([]);
});

test('what somebody has begun to say is kept: when others settle it, the list is closed, or the page is left', async () => {
	const { place, label } = cases[0];
	await openText(mara.page, place, label);
	await openText(jonas.page, place, label);
	const text = mara.page.getByRole('textbox', { name: label, exact: true });
	const panel = mara.page.getByRole('complementary', { name: 'Anmerkungen' });
	const remark = panel.getByRole('textbox', { name: 'Deine Anmerkung' });
	const begin = async () => {
		await text.focus();
		for (const key of ['Control+End', 'Control+Shift+ArrowLeft', 'Control+Alt+m']) await mara.page.keyboard.press(key);
	};
	const inText = () => text.evaluate((element) => element.contains(document.activeElement));

	// Escape leaves the field, and the words in it; sent, one is back in the text.
	await begin();
	await remark.pressSequentially('Wo denn');
	await remark.press('Escape');
	await expect.poll(inText).toBe(true);
	expect(await remark.inputValue()).toBe('Wo denn');
	await panel.getByRole('button', { name: 'Schließen' }).click();
	await mara.page.getByRole('link', { name: 'Alle Rundbriefe' }).click();
	await mara.page.getByRole('link', { name: 'Aus dem Vorstand' }).click();
	await text.waitFor();
	await mara.page.getByRole('button', { name: /Anmerkung.*angefangen/ }).click();
	expect(await remark.inputValue()).toBe('Wo denn');
	await remark.press('End');
	await remark.pressSequentially(' genau?');
	await remark.press('Control+Enter');
	const card = panel.getByRole('article').filter({ hasText: 'Wo denn genau?' });
	await card.waitFor();
	await text.locator('.commented').first().waitFor();
	await begin();
	await remark.pressSequentially('Und wann?');
	await remark.press('Control+Enter');
	await expect.poll(inText).toBe(true);

	// Jonas, on a phone, begins an answer, presses beside the sheet, and goes on.
	await jonas.page.getByRole('button', { name: /Anmerkung/ }).click();
	const sheet = jonas.page.getByRole('dialog', { name: 'Anmerkungen' });
	const theirs = sheet.getByRole('article').filter({ hasText: 'Wo denn genau?' });
	await theirs.getByRole('button', { name: 'Antworten' }).click();
	const answer = theirs.getByRole('textbox', { name: 'Deine Antwort' });
	await answer.pressSequentially('In der ');
	await jonas.page.mouse.click(200, 10);
	await sheet.waitFor({ state: 'detached' });
	await jonas.page.getByRole('button', { name: /angefangen/ }).click();
	await expect.poll(() => answer.inputValue()).toBe('In der ');

	// Mara settles it while he writes: he is told, and goes on.
	await answer.click();
	await answer.press('End');
	await card.getByRole('button', { name: 'Erledigt', exact: true }).click();
	await theirs.getByText('Inzwischen erledigt von Mara.').waitFor();
	await jonas.page.keyboard.type('Geschäftsstelle.');
	expect(await answer.inputValue()).toBe('In der Geschäftsstelle.');
	await theirs.getByRole('button', { name: 'Antworten' }).click();
	await card.getByText('In der Geschäftsstelle.').waitFor();
	await card.getByRole('button', { name: 'Erledigt', exact: true }).waitFor();
	expect([...mara.faults, ...jonas.faults]).toEqual([]);
});

test('of two with one name who is chosen is asked, and stays so when the remark is changed', async () => {
	const { server } = evening;
	const kims = [await server.admit(evening.mara, 'Kim', 'board'), await server.admit(evening.mara, 'Kim', 'board')];
	const [, second] = kims.map(({ person }) => person).sort((a, b) => (a.id < b.id ? -1 : 1));
	const said = async () => {
		const doc = await relayContent(server, evening.mara, 'bulletin:b1');
		return readThreads(doc).flatMap(({ remarks }) => remarks.map(({ text }) => text));
	};
	await openText(mara.page, '/bulletins/b1', 'Text: Wahlbüro');
	await mara.page.getByRole('textbox', { name: 'Text: Wahlbüro', exact: true }).focus();
	for (const key of ['Control+End', 'Control+Shift+ArrowLeft', 'Control+Alt+m']) await mara.page.keyboard.press(key);
	const panel = mara.page.getByRole('complementary', { name: 'Anmerkungen' });
	const remark = panel.getByRole('textbox', { name: 'Deine Anmerkung' });
	await remark.pressSequentially('Weißt du das, @Ki');
	await panel.getByRole('option', { name: 'Kim (Vorstand, 2) erwähnen' }).click();
	await panel.getByRole('button', { name: 'Anmerken', exact: true }).click();
	await panel.getByText('Weißt du das, @Kim (Vorstand, 2)').waitFor();
	await expect.poll(said).toContain(`Weißt du das, @[${second?.id}]`);

	const { status } = await server.ask('PATCH', `/api/people/${second?.id}`, {
		as: evening.mara,
		body: { role: 'member' },
	});
	expect(status).toBe(200);
	await openText(mara.page, '/bulletins/b1', 'Text: Wahlbüro');
	await mara.page.getByRole('button', { name: /Anmerkung/ }).click();
	const card = panel.getByRole('article').filter({ hasText: 'Weißt du das, @Kim (Mitglied)' });
	await card.getByRole('button', { name: 'Mehr zu dieser Anmerkung' }).click();
	await mara.page.getByRole('menuitem', { name: 'Ändern' }).click();
	await panel.getByRole('textbox', { name: 'Deine Anmerkung' }).press('Control+End');
	await panel.getByRole('textbox', { name: 'Deine Anmerkung' }).pressSequentially(' schon?');
	await panel.getByRole('button', { name: 'Übernehmen' }).click();
	await expect.poll(said).toContain(`Weißt du das, @[${second?.id}] schon?`);
	expect(mara.faults).toEqual([]);
});

test('what people say about a text is not printed', async () => {
	await openText(mara.page, '/bulletins/b1', 'Text: Wahlbüro');
	await mara.page.emulateMedia({ media: 'print' });
	// What is printed is drawn when one prints.
	const printed = () => mara.page.evaluate(() => document.body.innerText);
	await expect.poll(printed).toContain(paragraph.split(' ')[1]);
	expect(await printed()).not.toContain('Welcher?');
	await mara.page.emulateMedia({ media: 'screen' });
});
