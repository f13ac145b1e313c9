/** The server dies by SIGKILL while two people type: what the indicator had called saved is on its disk, the rest comes. */
import { tellWithin } from '#lib/sync/synced-document.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, openDevice, type Device } from '../support/browser.ts';
import { indicator, prepareEvening, relayContent, type Evening } from '../support/evening.ts';

/** Two cores, eight browsers: long, and only waited out when something is wrong. */
const patience = { timeout: 20_000 };

let evening: Evening;
let browser: Browser;
const devices: Device[] = [];

beforeAll(async () => {
	[evening, browser] = await Promise.all([prepareEvening(), launchBrowser()]);
	for (const member of [evening.mara, evening.jonas]) {
		devices.push(await openDevice(browser, { server: evening.server, member, worker: 'none' }));
	}
});

afterAll(async () => {
	await Promise.all(devices.map((device) => device.close()));
	await browser?.close();
	await evening?.server.close();
});

const label = 'Text: Wahlbüro';

declare global {
	interface Window {
		/** The text as it stood whenever the indicator last said "Gespeichert". */
		calledSaved: string;
	}
}

/**
 * Notes what a person could see as saved: the indicator's word and the text, at one moment. Of a letter that has just been
 * written it says nothing yet.
 */
async function watchIndicator(page: Page): Promise<void> {
	await page.evaluate(
		([label, within]) => {
			window.calledSaved = '';
			let [seen, told] = ['', ''];
			// Once per frame: what is painted together is what a person sees together.
			const look = () => {
				requestAnimationFrame(look);
				const copy = document.querySelector(`[aria-label="${label}"]`)?.cloneNode(true) as HTMLElement;
				for (const caret of copy.querySelectorAll('.their-caret')) caret.remove();
				const text = copy.textContent ?? '';
				if (text !== seen) {
					seen = text;
					// Begun after that of the page, it ends after it.
					setTimeout(() => (told = text), within);
				}
				if (text !== told) return;
				if (document.querySelector('[data-status]')?.textContent?.includes('Gespeichert')) window.calledSaved = text;
			};
			look();
		},
		[label, tellWithin] as const,
	);
}

/** Words that name their writer and their number, so that each can be found again. */
function wordsOf(text: string): Set<string> {
	return new Set(text.match(/\b[MJ]\d+x/g) ?? []);
}

async function typeWords(page: Page, writer: string, from: number, to: number): Promise<void> {
	for (let at = from; at < to; at++) await page.keyboard.type(`${writer}${at}x `, { delay: 4 });
}

/** One word after the other, each called saved before the next. */
async function typeSavedWords(page: Page, writer: string, count: number): Promise<void> {
	for (let at = 0; at < count; at++) {
		await typeWords(page, writer, at, at + 1);
		await page.waitForFunction((word) => window.calledSaved.includes(word), `${writer}${at}x`);
	}
}

async function relayText(): Promise<string> {
	const doc = await relayContent(evening.server, evening.mara, 'bulletin:b1');
	return doc.getXmlFragment('body:a1').toString();
}

test('nothing that was called saved is lost, and nothing else either', async () => {
	const pages = devices.map(({ page }) => page);
	for (const [at, page] of pages.entries()) {
		await page.goto('/bulletins/b1');
		await page.getByRole('textbox', { name: label, exact: true }).click();
		// At the two ends of one paragraph, so that no letter comes between those of a word.
		await page.keyboard.press(at === 0 ? 'Control+End' : 'Control+Home');
		await indicator(page, 'Gespeichert').waitFor();
		await watchIndicator(page);
	}
	const writers = ['M', 'J'];
	const each = <T>(work: (page: Page, writer: string) => Promise<T>) =>
		Promise.all(pages.map((page, at) => work(page, writers[at] ?? '')));
	await each((page, writer) => typeSavedWords(page, writer, 5));
	const typing = each((page, writer) => typeWords(page, writer, 5, 40));
	// In the middle of a burst, of which something is on its way and something may have been called saved.
	await each((page, writer) =>
		page.waitForFunction(
			([label, word]) => document.querySelector(`[aria-label="${label}"]`)?.textContent?.includes(word ?? ''),
			[label, `${writer}10x`],
		),
	);
	await evening.server.kill();
	await typing;
	for (const page of pages) await indicator(page, /Offline – auf diesem Gerät gespeichert \(\d+\)/).waitFor();

	const called = await Promise.all(pages.map((page) => page.evaluate(() => window.calledSaved)));
	expect(called.map((text) => wordsOf(text).size).every((count) => count > 0)).toBe(true);
	// Nobody who still has the rest may help the server: only its disk answers.
	for (const device of devices) device.cutCable();
	await evening.server.start();
	const onDisk = wordsOf(await relayText());
	for (const text of called) for (const word of wordsOf(text)) expect(onDisk).toContain(word);
	expect(onDisk.size).toBeLessThan(80);

	for (const device of devices) device.mendCable();
	for (const page of pages) await indicator(page, 'Gespeichert').waitFor();
	const all = writers.flatMap((writer) => Array.from({ length: 40 }, (_, at) => `${writer}${at}x`)).sort();
	await expect.poll(async () => [...wordsOf(await relayText())].sort(), patience).toEqual(all);
	for (const page of pages)
		await expect.poll(async () => [...wordsOf(await shownText(page))].sort(), patience).toEqual(all);
});

function shownText(page: Page): Promise<string> {
	return page.getByRole('textbox', { name: label, exact: true }).evaluate((element) => {
		const text = element.cloneNode(true) as HTMLElement;
		for (const caret of text.querySelectorAll('.their-caret')) caret.remove();
		return text.textContent ?? '';
	});
}
