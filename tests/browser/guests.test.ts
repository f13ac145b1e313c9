/** A guest of one meeting: invited from it, reads its agenda, writes in its minutes, sees nothing else, is turned away. */
import type { NewInvitation, Person } from '#lib/protocol/api.ts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findingsInBothThemes } from '../support/axe.ts';
import { type Device, launchBrowser, openDevice } from '../support/browser.ts';
import { type Evening, paragraph, prepareEvening } from '../support/evening.ts';
import type { Member } from '../support/server.ts';

let browser: Browser;
let evening: Evening;
let board: Device;
let guest: Device;

beforeAll(async () => {
	browser = await launchBrowser();
	evening = await prepareEvening();
	const { server, jonas } = evening;
	board = await openDevice(browser, { server, member: jonas, worker: 'none' });
	guest = await openDevice(browser, { server, size: 'phone' });
});
afterAll(async () => {
	await guest?.close();
	await board?.close();
	await evening?.server.close();
	await browser?.close();
});

it('is invited from the meeting, and types the code', async () => {
	const { page } = board;
	await page.goto('/meetings/m1');
	await page.getByRole('button', { name: 'Neuer Gast' }).click();
	await page.getByLabel('Name des Gastes').fill('Gerda Gast');
	await page.getByRole('button', { name: 'Gast hinzufügen' }).click();
	await page.getByRole('button', { name: 'Gerda Gast einladen' }).click();
	const dialog = page.getByRole('dialog', { name: 'Einladung für Gerda Gast' });
	await dialog.getByLabel('Schreibt auch im Protokoll mit').check();
	await dialog.getByRole('button', { name: 'Einladung erstellen' }).click();
	const code = await dialog.locator('[data-code]').innerText();
	await guest.page.goto('/');
	await guest.page.getByLabel('Code oder Link').fill(code);
	await guest.page.getByRole('button', { name: 'Weiter' }).click();
	await guest.page.getByText('Vorstand, Di., 10. Dezember 2024, 18:00 Uhr. Deine Rolle: Gast.').waitFor();
	await guest.page.getByRole('button', { name: 'Ja, ich bin Gerda Gast' }).click();
	await guest.page.getByRole('heading', { level: 1, name: 'Vorstand' }).waitFor();
	await dialog.getByRole('button', { name: 'Fertig' }).click();
	await page.reload();
	await page.getByText('liest die Tagesordnung, schreibt im Protokoll mit · Zugang bis').waitFor();
	await guest.page.getByText('Dein Zugang endet von selbst am').waitFor();
});

it('reads the agenda, writes in the minutes, and the others see it', async () => {
	const { page } = guest;
	await page.getByRole('link', { name: 'Tagesordnung' }).click();
	await page.getByText('Plakate').filter({ visible: true }).first().waitFor();
	expect(await page.getByRole('link', { name: 'Verlauf' }).count()).toBe(0);
	await page.goto('/meetings/m1/minutes');
	await page.getByText(paragraph).first().waitFor();
	await page.locator('.ProseMirror').first().click();
	await page.keyboard.press('Control+End');
	await page.keyboard.type(' Gerda war dabei.');
	// What was there before is not for guests, so nothing leads to it.
	await page.getByRole('button', { name: 'Weitere Möglichkeiten' }).click();
	expect(await page.getByRole('menuitem').allInnerTexts()).toEqual(['Exportieren']);
	await page.keyboard.press('Escape');
	await board.page.goto('/meetings/m1/minutes');
	await board.page.getByText('Gerda war dabei.').first().waitFor();
});

it('finds one meeting and nothing else, whatever address they open', async () => {
	const { page } = guest;
	expect(await page.getByRole('navigation').getByRole('link').allInnerTexts()).toEqual(['Sitzung', 'Mehr']);
	for (const address of [
		'/',
		'/rosters',
		'/bulletins',
		'/meetings',
		'/meetings/other',
		'/more/people',
		'/more/association',
	]) {
		await page.goto(address);
		await page.waitForURL('**/meetings/m1');
		await page.getByRole('heading', { level: 1, name: 'Vorstand' }).waitFor();
		if (address !== '/') await page.getByText('Als Gast siehst du nur sie.').first().waitFor();
	}
	await page.goto('/more');
	await page.getByRole('heading', { name: 'Gerda Gast' }).waitFor();
	expect(await page.getByRole('link', { name: /Menschen/ }).count()).toBe(0);
	expect(guest.faults).toEqual([]);
});

it('has the meeting without a network too', async () => {
	const { page } = guest;
	await page.goto('/meetings/m1');
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
	await guest.goOffline();
	await page.reload();
	await page.getByRole('heading', { level: 1, name: 'Vorstand' }).waitFor();
	await page.getByRole('link', { name: 'Tagesordnung' }).click();
	await page.getByText('Plakate').filter({ visible: true }).first().waitFor();
	await guest.goOnline();
});

it('is turned away, and out, also where no document is open', async () => {
	const { page } = board;
	await guest.page.clock.install();
	await guest.page.goto('/more');
	await guest.page.getByRole('heading', { name: 'Gerda Gast' }).waitFor();
	await page.goto('/meetings/m1');
	await page.getByRole('button', { name: 'Zugang von Gerda Gast beenden' }).click();
	await page.getByText('Gerda Gast kommt nicht mehr hinein.').first().waitFor();
	await guest.page.clock.fastForward(30_000);
	await guest.page.getByLabel('Code oder Link').waitFor();
	expect(board.faults).toEqual([]);
});

it('becomes a member, and comes in with the invitation that is offered then', async () => {
	const { page } = await openDevice(browser, { server: evening.server, member: evening.mara, worker: 'none' });
	await page.goto('/more/people');
	await page.getByRole('button', { name: 'Gerda Gast: was tun?' }).click();
	await page.getByRole('menuitem', { name: 'Bearbeiten' }).click();
	const dialog = page.getByRole('dialog', { name: 'Gerda Gast bearbeiten' });
	await dialog.getByLabel('Rolle').selectOption('member');
	await dialog.getByText('werden abgemeldet und geleert').waitFor();
	await dialog.getByRole('button', { name: 'Speichern' }).click();
	const code = await page.getByRole('dialog', { name: 'Einladung für Gerda Gast' }).locator('[data-code]').innerText();
	await guest.page.getByLabel('Code oder Link').fill(code);
	await guest.page.getByRole('button', { name: 'Weiter' }).click();
	await guest.page.getByText('Deine Rolle: Mitglied.').waitFor();
	await page.context().close();
});

it('is shown before the person goes who let them in, and goes with them', async () => {
	const { server, mara, jonas } = evening;
	const added = await server.ask<Person>('POST', '/api/people', { as: jonas, body: { name: 'Hanno Halm' } });
	const body = { personId: added.body.id, guestOf: { meetingId: 'm1', minutes: false } };
	const { token } = (await server.ask<NewInvitation>('POST', '/api/invitations', { as: jonas, body })).body;
	const { cookie } = await server.ask('POST', '/api/join', { body: { token } });
	const hanno = { person: added.body, cookie } as Member;
	const { page, faults } = await openDevice(browser, { server, member: mara, worker: 'none' });
	const dialog = page.getByRole('dialog');
	const find = async () => {
		await page.goto('/more/people');
		await page.getByRole('button', { name: 'Jonas: was tun?' }).click();
		await page.getByRole('menuitem', { name: 'Bearbeiten' }).click();
		await dialog.getByLabel('Rolle').selectOption('admin');
		await dialog.getByLabel('Rolle').selectOption('member');
		await dialog.getByText('Tagesordnung · Vorstand, Di., 10. Dezember 2024').waitFor();
	};
	expect(await findingsInBothThemes(page, find)).toEqual([]);
	await page.keyboard.press('Escape');
	await page.getByRole('button', { name: 'Jonas: was tun?' }).click();
	await page.getByRole('menuitem', { name: 'Entfernen' }).click();
	await dialog.getByText('Hanno Halm').waitFor();
	expect(await dialog.getByLabel('Ihren Zugang auch beenden').isChecked()).toBe(true);
	expect((await server.ask('GET', '/api/guests', { as: hanno })).status).toBe(200);
	await dialog.getByRole('button', { name: 'Entfernen' }).click();
	await page.getByText('Jonas ist entfernt.').first().waitFor();
	expect((await server.ask('GET', '/api/guests', { as: hanno })).status).toBe(401);
	expect(faults).toEqual([]);
	await page.context().close();
});
