/**
 * On a laptop that is zoomed in to 200 % and more, and on a phone, nothing that sticks to an edge lies on what one goes to
 * with the keyboard, or leaves too little of the text to be seen (WCAG 1.4.10, 2.4.11).
 */
import { bodyRoot } from '#lib/documents/body.ts';
import { addArticle } from '#lib/documents/bulletin.ts';
import { writeBody } from '#lib/documents/example-body.ts';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type * as Y from 'yjs';
import { launchBrowser, openDevice, type Device } from '../support/browser.ts';
import { writeDocuments } from '../support/content.ts';
import { prepareEvening, type Evening } from '../support/evening.ts';

let evening: Evening;
let browser: Browser;
let device: Device;
let page: Page;

beforeAll(async () => {
	[evening, browser] = await Promise.all([prepareEvening(), launchBrowser()]);
	const { server, mara } = evening;
	const long = Array.from({ length: 24 }, (_, at) => `Absatz ${at + 1} von vielen.`);
	const write = (doc: Y.Doc) => {
		addArticle(doc, { id: 'a2', title: 'Termine' });
		writeBody(doc, bodyRoot('a2'), long);
	};
	await writeDocuments(server, mara, [
		{ name: 'bulletin:b1', change: write },
		{ name: 'minutes:m1', change: (doc) => writeBody(doc, bodyRoot('i2'), long) },
	]);
	device = await openDevice(browser, { server, member: mara, worker: 'none' });
	({ page } = device);
});

afterAll(async () => {
	await device?.close();
	await browser?.close();
	await evening?.server.close();
});

/** Runs in the page. @returns what lies on the middle of what has the focus, in words; null when it is to be seen */
function coverOfFocus(): string | null {
	const focused = document.activeElement;
	if (!(focused instanceof HTMLElement) || focused === document.body) return null;
	const { left, top, width, height } = focused.getBoundingClientRect();
	const hit = document.elementFromPoint(left + width / 2, top + height / 2);
	if (hit && (focused.contains(hit) || hit.closest('label')?.contains(focused))) return null;
	return `${focused.ariaLabel ?? focused.innerText} at ${Math.round(top)}: ${hit?.className}`;
}

/** Runs in the page. @returns what lies on the line of the caret, in words; null when it is to be seen */
function coverOfCaret(): string | null {
	const { focusNode, focusOffset } = getSelection() as Selection;
	const range = document.createRange();
	range.setStart(focusNode as Node, Math.max(0, focusOffset - 1));
	range.setEnd(focusNode as Node, focusOffset);
	const { left, top, bottom } = range.getBoundingClientRect();
	for (const at of [top + 2, bottom - 2]) {
		const hit = document.elementFromPoint(left + 1, at);
		if (!hit?.closest('.ProseMirror')) return `caret at ${Math.round(at)}: ${hit?.className}`;
	}
	return null;
}

/** Runs in the page. @returns how much of its height what sticks to an edge lies on, where a text is written; 0 to 1 */
function shareCovered(): number {
	const text = (document.activeElement as Element).getBoundingClientRect();
	const sticks = (element: Element | null): boolean =>
		element !== null &&
		(['fixed', 'sticky'].includes(getComputedStyle(element).position) || sticks(element.parentElement));
	let covered = 0;
	for (let y = 0; y < innerHeight; y++) if (sticks(document.elementFromPoint(text.left + text.width / 2, y))) covered++;
	return covered / innerHeight;
}

/** Every line of the text, from its last to its first and back. */
async function coversOnTheWay(text: Locator): Promise<string[]> {
	await text.focus();
	await page.keyboard.press('Control+End');
	await page.keyboard.press('End');
	const covers: (string | null)[] = [];
	for (const key of ['ArrowUp', 'ArrowDown'])
		for (let times = 0; times < 23; times++) {
			await page.keyboard.press(key);
			covers.push(await page.evaluate(coverOfCaret));
		}
	return covers.filter((cover) => cover !== null);
}

async function coversOfTabs(key: 'Tab' | 'Shift+Tab', times: number): Promise<string[]> {
	const covers: (string | null)[] = [];
	for (let at = 0; at < times; at++) {
		await page.keyboard.press(key);
		covers.push(await page.evaluate(coverOfFocus));
	}
	return covers.filter((cover) => cover !== null);
}

const places = [
	{ place: '/bulletins/b1', label: 'Text: Termine', above: '#title-a2' },
	{ place: '/meetings/m1/minutes', label: 'Text zu Plakate', above: '#item-i2' },
] as const;

describe.each([
	{ width: 640, height: 400, most: 0.25 },
	{ width: 320, height: 256, most: 0.35 },
	{ width: 390, height: 844, most: 0.35 },
])('at $width × $height', ({ width, height, most }) => {
	test.each(places)('nothing lies on what one goes to in $place', async ({ place, label, above }) => {
		await page.setViewportSize({ width, height });
		await page.goto(place);
		const text = page.getByRole('textbox', { name: label, exact: true });
		// What is far away has no editor yet.
		await page.locator(above).scrollIntoViewIfNeeded();
		expect(await coversOnTheWay(text)).toEqual([]);
		expect(await page.evaluate(shareCovered)).toBeLessThan(most);
		await page.keyboard.press('Control+Home');
		expect(await coversOfTabs('Shift+Tab', 8)).toEqual([]);
		await text.focus();
		await page.keyboard.press('Control+End');
		expect(await coversOfTabs('Tab', 8)).toEqual([]);
		expect(device.faults).toEqual([]);
	});
});
