/**
 * The main journey of a new association: the first admin sets it up, loads the example evening with one press, and looks
 * around. What is on screen are the facts of the story; what is printed is what a board would sign or hang up.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Device, launchBrowser, openDevice } from '../support/browser.ts';
import { type Member, startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let browser: Browser;
let laptop: Device;

beforeAll(async () => {
	server = await startTestServer();
	browser = await launchBrowser();
	laptop = await openDevice(browser, { server });
});

afterAll(async () => {
	await laptop?.close();
	await browser?.close();
	await server?.close();
});

/** What a person reads there: the text of what is visible, spaces made plain. */
async function words(page: Page, selector = 'main'): Promise<string> {
	return (await page.locator(selector).first().innerText()).replace(/\s+/g, ' ');
}

async function printed(page: Page): Promise<string> {
	await page.emulateMedia({ media: 'print' });
	const text = await words(page, '.print-only');
	await page.emulateMedia({ media: 'screen' });
	return text;
}

describe('the main journey', () => {
	test('the set-up link leads to an empty Start that takes one by the hand', async () => {
		const { page } = laptop;
		await page.goto(`/setup#${server.setUpToken()}`);
		await page.getByLabel('Name des Verbands oder Vereins').fill('Musterverband');
		await page.getByLabel('Dein Name').fill('Mara Sander');
		await page.getByRole('button', { name: 'Einrichten' }).click();
		await page.getByRole('heading', { name: /^Guten (Morgen|Tag|Abend), Mara$/ }).waitFor();
		const steps = page.getByRole('list').filter({ hasText: 'Leute einladen' });
		await expect.poll(() => steps.getByRole('link').count()).toBe(3);
	});

	test('one press loads the example evening, and Start shows it', async () => {
		const { page } = laptop;
		await page.getByRole('button', { name: 'Beispielabend laden' }).click();
		await page.getByRole('heading', { name: 'Aktionstag' }).waitFor();
		expect(await words(page)).toMatch(/Do\., 9\. Januar 2025, 18:00 Uhr/);
		expect(await page.getByText('So fangt ihr an').count()).toBe(0);
	});

	test('three meetings, the election office online among them', async () => {
		const { page } = laptop;
		await page.goto('/meetings');
		await page.getByText('Wahlbüro').first().waitFor();
		const shown = await words(page);
		for (const fact of ['10. Dezember 2024', '20. Dezember 2024', '9. Januar 2025']) expect(shown).toContain(fact);
	});

	test('the agenda of 10 December has seven items, on screen and in print', async () => {
		const { page } = laptop;
		await page.goto('/meetings/examplemeeting1/agenda');
		await page.locator('[data-sort-handle]').nth(6).waitFor();
		expect(await page.locator('[data-sort-handle]').count()).toBe(7);
		const sheet = await printed(page);
		for (const fact of ['Wahlbüro einrichten', 'Plakate', 'Aktionstag am 18. Januar', 'Nächste Termine', '18:00'])
			expect(sheet).toContain(fact);
	});

	test('the minutes name who was there, what was resolved with which vote, and who does what', async () => {
		const { page } = laptop;
		await page.goto('/meetings/examplemeeting1/minutes');
		await page.locator('.ProseMirror').first().waitFor();
		expect(await page.locator('article[data-item]').count()).toBe(7);
		const sheet = await printed(page);
		for (const fact of [
			'Frieda Baumgart',
			'Omar Haddad',
			'Kim Saathoff',
			'1.400 Plakate',
			'Lichtskulpturen',
			'Es trifft sich zuerst am 20. Dezember 2024 um 18:00 Uhr online.',
			'Beginn der Plakatierung ankündigen',
		])
			expect(sheet).toContain(fact);
	});

	test('the roster shows six branches at one stall and where someone is missing', async () => {
		const { page } = laptop;
		await page.goto('/rosters/exampleaction');
		await page.getByRole('heading', { name: 'Noch 4 Plätze offen' }).waitFor();
		const rows = page.getByRole('table').getByRole('row');
		await rows.first().waitFor();
		expect(await rows.count()).toBe(7);
		const nord = await rows.filter({ hasText: 'OV Nord' }).innerText();
		expect(nord).toMatch(/10:00[^]*11:00[^]*voll[^]*Ada Brandt, Cem Polat, Li Hartwig/);
		expect(await rows.filter({ hasText: 'OV Hafen' }).innerText()).toContain('noch 2');
		expect(await page.getByRole('link', { name: /Eva Niehues anrufen/ }).getAttribute('href')).toBe('tel:01713920007');
		await page.getByRole('radio', { name: 'Ortsverbände' }).check();
		expect(await page.getByRole('columnheader').allInnerTexts()).toEqual([
			'Zeit',
			'OV Nord',
			'OV Ost',
			'OV Süd',
			'OV West',
			'OV Mitte',
			'OV Hafen',
		]);
	});

	test('the sheet for the wall has an empty line for each open place', async () => {
		const { page } = laptop;
		const sheet = await printed(page);
		for (const fact of ['Schichtplan', 'Platz in der Mitte', 'Eva Niehues', '0171 3920007', 'Treffpunkt ist'])
			expect(sheet).toContain(fact);
		await page.emulateMedia({ media: 'print' });
		expect(await page.locator('.print-only tbody tr').count()).toBe(6);
		expect(await page.locator('.print-only li:empty').count()).toBe(4);
		expect(await page.getByRole('button', { name: 'Schicht hinzufügen' }).isVisible()).toBe(false);
		await page.emulateMedia({ media: 'screen' });
	});

	test('the bulletin has its four articles, on screen and in print', async () => {
		const { page } = laptop;
		await page.goto('/bulletins/examplebulletin');
		// An editor is made when its article comes near the screen.
		await page.locator('.writing').nth(3).scrollIntoViewIfNeeded();
		await page.locator('.ProseMirror').nth(3).waitFor();
		expect(await page.locator('.ProseMirror').count()).toBe(4);
		const sheet = await printed(page);
		for (const fact of [
			'Aus dem Stadtvorstand',
			'Das Wahlbüro legt los',
			'1.400 Plakate',
			'Donnerstag, 9. Januar 2025',
		])
			expect(sheet).toContain(fact);
	});

	test('a shift is planned: an end before the start is refused at its field, a removal is taken back', async () => {
		const { page } = laptop;
		await page.goto('/rosters/exampleaction');
		await page.getByRole('button', { name: 'Schicht hinzufügen' }).click();
		const dialog = page.getByRole('dialog', { name: 'Neue Schicht' });
		expect(await dialog.getByLabel('Von').inputValue()).toBe('16:00');
		await dialog.getByLabel('Bis').fill('15:00');
		await dialog.getByText('Das Ende muss nach dem Beginn liegen.').waitFor();
		await dialog.getByRole('button', { name: 'Hinzufügen' }).last().click();
		expect(await dialog.isVisible()).toBe(true);
		await dialog.getByLabel('Bis').fill('17:30');
		await dialog.getByRole('button', { name: 'Hinzufügen' }).last().click();
		await page.getByRole('heading', { name: 'Noch 7 Plätze offen' }).waitFor();
		await page.getByRole('button', { name: /^Bearbeiten: 16:00–17:30/ }).click();
		await page.getByRole('dialog').getByRole('button', { name: 'Entfernen' }).click();
		await page.getByRole('heading', { name: 'Noch 4 Plätze offen' }).waitFor();
		await page.getByRole('button', { name: 'Rückgängig' }).click();
		await page.getByRole('heading', { name: 'Noch 7 Plätze offen' }).waitFor();
		expect(laptop.faults).toEqual([]);
	});
});

describe('two admins press at once', () => {
	let both: Device[] = [];
	let second: TestServer;
	beforeAll(async () => {
		second = await startTestServer();
		const first = await second.setUp('Ida Eins');
		const other: Member = await second.admit(first, 'Olaf Zwei', 'admin');
		both = await Promise.all(
			[first, other].map((member) => openDevice(browser, { server: second, member, worker: 'none' })),
		);
	});
	afterAll(async () => {
		await Promise.all(both.map((device) => device.close()));
		await second?.close();
	});

	test('everything is there once, for both', async () => {
		await Promise.all(both.map(({ page }) => page.goto('/')));
		const buttons = both.map(({ page }) => page.getByRole('button', { name: 'Beispielabend laden' }));
		await Promise.all(buttons.map((button) => button.waitFor()));
		await Promise.all(buttons.map((button) => button.click()));
		for (const { page } of both) {
			await page.getByRole('heading', { name: 'Der Beispielabend ist geladen' }).waitFor();
			await page.goto('/bulletins/examplebulletin');
			await page.locator('.writing').nth(3).scrollIntoViewIfNeeded();
			await page.locator('.ProseMirror').nth(3).waitFor();
			expect(await page.locator('.ProseMirror').first().locator('p').count()).toBe(3);
			await page.goto('/meetings/examplemeeting1/agenda');
			await page.locator('[data-sort-handle]').nth(6).waitFor();
			expect(await page.locator('[data-sort-handle]').count()).toBe(7);
			await page.goto('/more/people');
			await page.getByText('Eva Niehues').first().waitFor();
			expect(await page.locator('main').getByText('Eva Niehues', { exact: true }).count()).toBe(1);
		}
		expect(both.flatMap(({ faults }) => faults)).toEqual([]);
	});

	test('it is removed with one press, and Start is empty again', async () => {
		const [{ page }] = both as [Device, Device];
		await page.goto('/');
		await page.getByRole('button', { name: 'Beispielabend entfernen' }).click();
		await page.getByText('So fangt ihr an').waitFor();
		await page.goto('/more/people');
		await page.getByText('Olaf Zwei').first().waitFor();
		expect(await page.getByText('Eva Niehues').count()).toBe(0);
	});
});
