/** Writing in a real browser: tables and the menu behind a slash, and input that comes in one piece, with two people at work. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { findingsInBothThemes } from '../support/axe.ts';
import { launchBrowser, openDevice, type Device } from '../support/browser.ts';
import { choose } from '../support/choose.ts';
import { indicator, paragraph, prepareEvening, type Evening } from '../support/evening.ts';

let evening: Evening;
let browser: Browser;
let devices: [Device, Device];

beforeAll(async () => {
	[evening, browser] = await Promise.all([prepareEvening(), launchBrowser()]);
	const { server, mara, jonas } = evening;
	devices = [
		await openDevice(browser, { server, member: mara, worker: 'none' }),
		await openDevice(browser, { server, member: jonas, size: 'phone', worker: 'none' }),
	];
	for (const { page } of devices) await page.goto('/bulletins/b1');
});

afterAll(async () => {
	await Promise.all((devices ?? []).map((device) => device.close()));
	await browser?.close();
	await evening?.server.close();
});

beforeEach(async () => {
	const [mara] = pages();
	await choose(mara, 'Bearbeiten');
	await text(mara).click();
	await mara.keyboard.press('Control+a');
	await mara.keyboard.press('Backspace');
	await mara.keyboard.type(paragraph);
});

function pages(): [Page, Page] {
	return devices.map(({ page }) => page) as [Page, Page];
}

function text(page: Page) {
	return page.getByRole('textbox', { name: 'Text: Wahlbüro', exact: true });
}

function cells(page: Page, of = text(page)): Promise<string[][]> {
	return of.evaluate((element) =>
		[...element.querySelectorAll('tr')].map((row) =>
			[...row.children].map((cell) => {
				const copy = cell.cloneNode(true) as HTMLElement;
				for (const caret of copy.querySelectorAll('.their-caret')) caret.remove();
				return `${cell.localName === 'th' ? '# ' : ''}${copy.textContent}`;
			}),
		),
	);
}

/** The text as it stands, with `[+…]` and `[-…]`, without others' carets; paragraphs apart. */
function marked(page: Page): Promise<string> {
	return text(page).evaluate((element) => {
		const copy = element.cloneNode(true) as HTMLElement;
		for (const caret of copy.querySelectorAll('.their-caret')) caret.remove();
		for (const ins of copy.querySelectorAll('ins')) ins.replaceWith(`[+${ins.textContent}]`);
		for (const del of copy.querySelectorAll('del')) del.replaceWith(`[-${del.textContent}]`);
		return [...copy.children].map(({ textContent }) => textContent).join('|');
	});
}

async function paste(page: Page, html: string): Promise<void> {
	await text(page).evaluate((element, html) => {
		const clipboardData = new DataTransfer();
		clipboardData.setData('text/html', html);
		element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
	}, html);
}

async function tableBySlash(page: Page): Promise<void> {
	await text(page).click();
	await page.keyboard.press('Control+End');
	await page.keyboard.press('Enter');
	await page.keyboard.type('/tab');
	await page.getByRole('option', { name: 'Tabelle' }).waitFor();
	await page.keyboard.press('Enter');
	await text(page).locator('table').waitFor();
}

test('a slash makes a table; Tab leads from cell to cell and makes a row; the other sees it', async () => {
	const [mara, jonas] = pages();
	await tableBySlash(mara);
	for (const words of ['Ort', 'Zeit', 'Wer']) {
		await mara.keyboard.type(words);
		const before = await cells(mara);
		await mara.keyboard.press('Tab');
		await expect.poll(() => mara.evaluate(() => getSelection()?.focusNode?.textContent ?? '')).toBe('');
		expect(await cells(mara)).toEqual(before);
	}
	await expect
		.poll(() => cells(jonas))
		.toEqual([
			['# Ort', '# Zeit', '# Wer'],
			['', '', ''],
			['', '', ''],
		]);
	expect(await marked(mara)).not.toContain('/tab');
	const tools = mara.getByRole('group', { name: 'Tabelle' });
	await tools.getByRole('button', { name: 'Spalte löschen' }).click();
	await tools.getByRole('button', { name: 'Zeile darunter' }).click();
	await tools.getByRole('button', { name: 'Kopfzeile' }).click();
	await expect
		.poll(() => cells(jonas))
		.toEqual([
			['Zeit', 'Wer'],
			['', ''],
			['', ''],
			['', ''],
		]);
	await indicator(mara, 'Gespeichert').waitFor();
});

test('one writes in a cell on a phone while the other adds a column; in suggesting, the table stays', async () => {
	const [mara, jonas] = pages();
	await tableBySlash(mara);
	await text(jonas).locator('table').waitFor();
	await text(jonas).locator('td').first().click();
	await jonas.keyboard.type('Plakate');
	await mara.getByRole('group', { name: 'Tabelle' }).getByRole('button', { name: 'Spalte rechts' }).click();
	await jonas.keyboard.type(' kleben');
	for (const page of [mara, jonas])
		await expect
			.poll(() => cells(page))
			.toEqual([
				['# ', '# ', '# ', '# '],
				['Plakate kleben', '', '', ''],
				['', '', '', ''],
			]);
	await jonas.keyboard.press('ArrowDown');
	await jonas.keyboard.type('Samstag');
	await jonas.keyboard.press('ArrowUp');
	await jonas.keyboard.type('!');
	await expect
		.poll(() => cells(mara))
		.toEqual([
			['# ', '# ', '# ', '# '],
			[expect.stringMatching(/^(?=.{15}$)Plakat.*!/), '', '', ''],
			['Samstag', '', '', ''],
		]);
	await choose(mara, 'Vorschlagen');
	await text(mara).locator('td').first().click();
	await mara.getByRole('group', { name: 'Tabelle' }).getByRole('button', { name: 'Zeile löschen' }).click();
	await mara.getByText('Das lässt sich nicht vorschlagen.', { exact: false }).first().waitFor();
	expect(await cells(mara)).toHaveLength(3);
});

test('dictation, a paste from Word, and what is typed over several paragraphs become suggestions', async () => {
	const [mara] = pages();
	await choose(mara, 'Vorschlagen');
	await text(mara).click();
	await mara.keyboard.press('Control+End');
	await mara.keyboard.insertText(' Danach gehen alle nach Hause.');
	await expect.poll(() => marked(mara)).toBe(`${paragraph}[+ Danach gehen alle nach Hause.]`);
	await mara.keyboard.press('Control+z');
	await expect.poll(() => marked(mara)).toBe(paragraph);
	await paste(
		mara,
		`<html xmlns:w="urn:schemas-microsoft-com:office:word"><body><p class="MsoNormal">Erstens<o:p></o:p></p><p class="MsoNormal"><b>Zweitens</b></p></body></html>`,
	);
	await expect.poll(() => marked(mara)).toBe(`${paragraph}[+Erstens¶Zweitens]`);
	await mara.keyboard.press('Control+z');
	await choose(mara, 'Bearbeiten');
	await text(mara).click();
	await mara.keyboard.press('Control+End');
	await mara.keyboard.press('Enter');
	await mara.keyboard.type('Und noch etwas.');
	await choose(mara, 'Vorschlagen');
	await text(mara).click();
	await mara.keyboard.press('Control+a');
	await mara.keyboard.type('Neu');
	await expect.poll(() => text(mara).locator('ins').allInnerTexts()).toEqual(['Neu']);
	expect(await text(mara).locator('del').allInnerTexts()).toEqual([paragraph, 'Und noch etwas.']);
});

test('one presses beside the caret of another, and what one writes then is there', async () => {
	const [mara, jonas] = pages();
	await expect.poll(() => marked(jonas)).toBe(paragraph);
	await text(jonas).click();
	await jonas.keyboard.press('Control+End');
	const theirs = text(mara).locator('.their-caret');
	await theirs.waitFor();
	// Where the browser puts the caret for such a press differs from one to the next: sometimes into what theirs is drawn with.
	let written = paragraph;
	for (let presses = 0; presses < 12; presses++) {
		const box = await theirs.boundingBox();
		// So far from the one before that two are not one that chooses a word.
		if (box) await mara.mouse.click(box.x + 40 + 20 * (presses % 4), box.y + box.height / 2);
		if (presses % 2 === 0) await mara.keyboard.press('x');
		else await mara.keyboard.insertText('x');
		written += 'x';
		await expect.poll(() => marked(mara)).toBe(written);
	}
	await expect.poll(() => marked(jonas)).toBe(written);
});

test('a list that is pasted amid a sentence leaves what stands behind it to those who write there', async () => {
	const [mara, jonas] = pages();
	await expect.poll(() => marked(jonas)).toBe(paragraph);
	await text(jonas).click();
	await jonas.keyboard.press('Control+End');
	await jonas.keyboard.type(' Und');
	await expect.poll(() => marked(mara)).toBe(`${paragraph} Und`);
	await choose(mara, 'Vorschlagen');
	await text(mara).click();
	await mara.keyboard.press('Control+Home');
	for (const _letter of 'Der Vorstand') await mara.keyboard.press('ArrowRight');
	await paste(mara, '<h2>Titel</h2><p>Erster.</p><ul><li>eins</li></ul>');
	const put = 'Der Vorstand[+¶Titel¶Erster.¶eins¶] trifft sich. Und';
	for (const page of [mara, jonas]) await expect.poll(() => marked(page)).toBe(put);
	await jonas.keyboard.type(' weiter');
	await expect.poll(() => marked(mara)).toBe(`${put} weiter`);
	await mara.getByRole('button', { name: /^Vorschläge/ }).click();
	await mara.getByRole('button', { name: 'Alle annehmen' }).click();
	for (const page of [mara, jonas])
		await expect.poll(() => marked(page)).toBe('Der Vorstand|Titel|Erster.|eins| trifft sich. Und weiter');
	await mara.keyboard.press('Escape');
});

test('whoever writes directly in the paragraph of another is told so', async () => {
	const [mara, jonas] = pages();
	await text(jonas).click();
	await text(mara).click();
	await mara.getByText('Jonas', { exact: false }).and(mara.locator('.neighbour')).waitFor();
});

test('on a phone the bar shows undo without a push, and that it goes on to the side', async () => {
	const [, jonas] = pages();
	await jonas.goto('/bulletins/b1');
	await text(jonas).click();
	const tools = jonas.getByRole('toolbar', { name: 'Text: Wahlbüro' });
	await tools.waitFor();
	for (const [at, name] of ['Rückgängig', 'Wiederholen'].entries()) {
		const button = tools.getByRole('button').nth(at);
		expect(await button.getAttribute('aria-label')).toBe(name);
		const box = await button.boundingBox();
		expect(box && box.x >= 0 && box.x + box.width <= 390, name).toBe(true);
	}
	const modes = jonas.getByRole('group', { name: 'Wie du schreibst' }).locator('label');
	for (const box of await modes.evaluateAll((all) => all.map((each) => each.getBoundingClientRect().height)))
		expect(box).toBeGreaterThanOrEqual(44);
	const row = tools.locator('.tools');
	const fades = () =>
		row.evaluate((element) => {
			const style = getComputedStyle(element);
			const side = (name: string) => style.getPropertyValue(name) === 'transparent';
			return style.maskImage !== 'none' && [side('--before'), side('--after')];
		});
	await expect.poll(fades).toEqual([false, true]);
	await row.evaluate((element) => element.scrollTo({ left: element.scrollWidth }));
	await expect.poll(fades).toEqual([true, false]);
	await jonas.setViewportSize({ width: 800, height: 844 });
	await expect.poll(fades).toBe(false);
	await jonas.setViewportSize({ width: 390, height: 844 });
	await expect.poll(fades).not.toBe(false);
});

test('in minutes a table is inserted by its button and edited on laptop and phone; axe finds nothing at its open tools', async () => {
	const [mara, jonas] = pages();
	const minutes = (page: Page) => page.getByRole('textbox', { name: 'Text zu Wahlbüro', exact: true });
	const tools = (page: Page) => page.getByRole('group', { name: 'Tabelle' });
	const insert = async () => {
		await mara.goto('/meetings/m1/minutes');
		await minutes(mara).click();
		await mara.keyboard.press('Control+End');
		await mara.getByRole('toolbar', { name: 'Text zu Wahlbüro' }).getByRole('button', { name: 'Tabelle' }).click();
		await minutes(mara).locator('table').waitFor();
		for (const [index, words] of ['Wer', 'Was', 'Bis'].entries()) {
			if (index > 0) await mara.keyboard.press('Tab');
			await mara.keyboard.type(words);
		}
		await tools(mara).waitFor();
	};
	expect(await findingsInBothThemes(mara, insert)).toEqual([]);
	await tools(mara).getByRole('button', { name: 'Spalte löschen' }).click();
	const edit = async () => {
		await jonas.goto('/meetings/m1/minutes');
		await minutes(jonas).locator('td').first().click();
		await jonas.keyboard.type('Jonas');
		await tools(jonas).waitFor();
	};
	expect(await findingsInBothThemes(jonas, edit)).toEqual([]);
	await tools(jonas).getByRole('button', { name: 'Zeile darunter' }).click();
	const all = [
		['# Wer', '# Was'],
		['Jonas', ''],
		['', ''],
		['', ''],
	];
	for (const page of [mara, jonas]) await expect.poll(() => cells(page, minutes(page))).toEqual(all);
	await indicator(jonas, 'Gespeichert').waitFor();

	// What is live in them is in the language of their words, not of the device.
	await minutes(mara).locator('td').first().click();
	await mara.keyboard.press('End');
	await mara.keyboard.type(': the stall is at the gate of the market, by the river, and it is on @');
	const offers = mara.getByRole('listbox', { name: 'Fakt einfügen' }).getByRole('option');
	await expect.poll(() => offers.first().innerText()).toMatch(/^Tue, 10 December 2024/);
	await mara.keyboard.press('Escape');
});
