/** Of minutes with items that are not public, what is public goes on paper and into files by itself. */
import { bodyRoot } from '#lib/documents/body.ts';
import { updateAgendaItem } from '#lib/documents/change-agenda.ts';
import { addResolution } from '#lib/documents/change-minutes.ts';
import { addThread } from '#lib/documents/comments.ts';
import { writeBody } from '#lib/documents/example-body.ts';
import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, openDevice, type Device } from '../support/browser.ts';
import { openServerPeer, prepareEvening, type Evening } from '../support/evening.ts';
import { untilSaved } from '../support/peers.ts';

let evening: Evening;
let browser: Browser;
let mara: Device;

beforeAll(async () => {
	[evening, browser] = await Promise.all([prepareEvening(), launchBrowser()]);
	const workspace = openServerPeer(evening.server, evening.mara);
	const [agenda, minutes] = [workspace.open('agenda:m1'), workspace.open('minutes:m1')];
	await Promise.all([untilSaved(agenda), untilSaved(minutes)]);
	updateAgendaItem(agenda.doc, 'i2', { public: false });
	writeBody(minutes.doc, bodyRoot('i2'), ['Was geheim bleibt.']);
	addResolution(minutes.doc, { id: 'd1', itemId: 'i2', text: 'Geheim beschlossen.', status: 'draft' });
	const remark = { id: 'r1', by: evening.mara.person.id, at: 1, text: 'Geheim angemerkt.' };
	addThread(minutes.doc, { id: 't1', root: bodyRoot('i2'), quote: 'geheim' }, remark);
	await Promise.all([untilSaved(agenda), untilSaved(minutes)]);
	await workspace.close();
	mara = await openDevice(browser, { server: evening.server, member: evening.mara, worker: 'none' });
	await mara.page.goto('/meetings/m1/minutes');
	await mara.page.getByText('Was geheim bleibt.').waitFor();
});

afterAll(async () => {
	await mara?.close();
	await browser?.close();
	await evening?.server.close();
});

async function choose(item: string): Promise<void> {
	await mara.page.getByRole('button', { name: 'Weitere Möglichkeiten' }).first().click();
	await mara.page.getByRole('menuitem', { name: item, exact: true }).click();
}

/** What is on paper once the browser was asked to print. A headless one prints nothing, so it is told that it begins. */
async function paperAfter(ask: () => Promise<void>): Promise<string> {
	await mara.page.evaluate(() => {
		window.print = () => void window.dispatchEvent(new Event('beforeprint'));
	});
	await ask();
	const text = await mara.page.locator('.print-only').textContent();
	await mara.page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
	return text ?? '';
}

test('the public part is printed by itself, and the next time all of it again', async () => {
	const part = await paperAfter(() => choose('Öffentlichen Teil drucken'));
	expect(part).toContain('(öffentlicher Teil)');
	expect(part).toContain('Wahlbüro');
	expect(part).toContain('Haushalt');
	expect(part).not.toMatch(/geheim|Plakate/i);
	const press = () => mara.page.getByRole('button', { name: 'Drucken', exact: true }).click();
	expect(await paperAfter(press)).toMatch(/Plakate[^]*Was geheim bleibt\.[^]*Geheim beschlossen\./);
});

test('whoever prints by the browser gets all of it, also after that', async () => {
	await paperAfter(() => choose('Öffentlichen Teil drucken'));
	const all = await paperAfter(() => mara.page.evaluate(() => window.print()));
	expect(all).toContain('Was geheim bleibt.');
});

test('a file of the public part holds nothing else, no remark either', async () => {
	await choose('Öffentlichen Teil exportieren');
	const dialog = mara.page.getByRole('dialog', { name: /^Exportieren/ });
	await dialog.getByRole('radio', { name: 'Markdown', exact: true }).check();
	await dialog.getByRole('radio', { name: 'CriticMarkup' }).check();
	const waited = mara.page.waitForEvent('download');
	await dialog.getByRole('button', { name: 'Herunterladen' }).click();
	const file = await waited;
	expect(file.suggestedFilename()).toContain('öffentlicher Teil');
	const text = await readFile(await file.path(), 'utf8');
	expect(text).toContain('Wahlbüro');
	expect(text).not.toMatch(/geheim|Plakate/i);
	await mara.page.keyboard.press('Escape');
});
