/** An issue goes from a draft over two people's approval to a page that a stranger reads, and is corrected and withdrawn. */
import { bodyRoot } from '#lib/documents/body.ts';
import { addArticle } from '#lib/documents/bulletin.ts';
import { addBulletin } from '#lib/documents/change-directory.ts';
import type { IssueAnswer, PreviewAnswer } from '#lib/protocol/api.ts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { findingsInBothThemes } from '../support/axe.ts';
import { launchBrowser, openDevice, type Device } from '../support/browser.ts';
import { writeDocuments } from '../support/content.ts';
import { indicator, prepareEvening, type Evening } from '../support/evening.ts';
import { hostileAddresses, hostileTexts } from '../support/hostile-texts.ts';

const page = '/b/2024-12-10-aus-dem-vorstand';

let evening: Evening;
let browser: Browser;
let mara: Device;
let jonas: Device;
let stranger: Device;

beforeAll(async () => {
	[evening, browser] = await Promise.all([prepareEvening(), launchBrowser()]);
	const { server } = evening;
	mara = await openDevice(browser, { server, member: evening.mara, worker: 'none' });
	jonas = await openDevice(browser, { server, member: evening.jonas, size: 'phone' });
	stranger = await openDevice(browser, { server, size: 'phone', worker: 'none' });
	for (const device of [mara, jonas]) await device.page.goto('/bulletins/b1');
});

afterAll(async () => {
	await Promise.all([mara, jonas, stranger].map((device) => device?.close()));
	await browser?.close();
	await evening?.server.close();
});

const way = (device: Device) => device.page.getByRole('region', { name: 'Weg des Rundbriefs' });
const press = (device: Device, name: string) => way(device).getByRole('button', { name, exact: true }).click();
const shows = (device: Device, text: string | RegExp) => way(device).getByText(text).first().waitFor();

async function write(device: Device, text: string): Promise<void> {
	await device.page.getByRole('textbox', { name: 'Text: Wahlbüro', exact: true }).click();
	await device.page.keyboard.press('Control+End');
	await device.page.keyboard.type(text);
	await indicator(device.page, '^Gespeichert').waitFor();
}

declare const unsavedLog: { blocked: number; said: number };

/** Runs in the page: when the button was blocked, and when it was said why. */
function logUnsaved(region: Element): void {
	const log = { blocked: Infinity, said: Infinity };
	Object.assign(globalThis, { unsavedLog: log });
	new MutationObserver(() => {
		const button = [...region.querySelectorAll('button')].find(({ textContent }) => textContent.trim() === 'Freigeben');
		if (button?.disabled) log.blocked = Math.min(log.blocked, performance.now());
		if (region.textContent.includes('noch gesichert')) log.said = Math.min(log.said, performance.now());
	}).observe(region, { subtree: true, childList: true, attributes: true, characterData: true });
}

describe('from a draft to the public', () => {
	test('the board is asked, and an approval is seen at once by the other', async () => {
		await press(mara, 'Um Freigabe bitten');
		await press(jonas, 'Freigeben');
		await shows(jonas, 'Du hast freigegeben');
		await shows(mara, 'Freigaben: 1 von 2');
		await shows(mara, /Freigegeben von Jonas/);
	});

	test('a change lifts it for all to see, and says what has changed', async () => {
		await write(mara, ' Um sechs.');
		for (const device of [mara, jonas]) {
			await shows(device, 'Freigaben: 0 von 2');
			await shows(device, /Jonas hatte .* freigegeben\. Seitdem hat sich geändert: der Text von „Wahlbüro“/);
		}
	});

	test('what is being saved hinders at once, and is said only when it has stayed so for two seconds', async () => {
		const { page: view } = mara;
		const held: (() => void)[] = [];
		let holds = false;
		await view.routeWebSocket(/./, (socket) => {
			const server = socket.connectToServer();
			socket.onMessage((message) => server.send(message));
			server.onMessage((message) => void (holds ? held.push(() => socket.send(message)) : socket.send(message)));
		});
		await view.reload();
		const approve = way(mara).getByRole('button', { name: 'Freigeben', exact: true });
		await expect.poll(() => approve.isEnabled()).toBe(true);
		await way(mara).evaluate(logUnsaved);

		holds = true;
		await view.getByRole('textbox', { name: 'Text: Wahlbüro', exact: true }).click();
		await view.keyboard.press('Control+End');
		await view.keyboard.type('!');
		await shows(mara, 'Deine letzten Änderungen werden noch gesichert.');
		const { blocked, said } = await view.evaluate(() => unsavedLog);
		expect(said - blocked).toBeGreaterThanOrEqual(1990);
		expect(await approve.isDisabled()).toBe(true);

		holds = false;
		for (const go of held.splice(0)) go();
		await way(mara).getByText('Deine letzten Änderungen').waitFor({ state: 'detached' });
		await expect.poll(() => approve.isEnabled()).toBe(true);
		await view.keyboard.press('Backspace');
		await indicator(view, '^Gespeichert').waitFor();
	});

	test('without a network the page says that approving needs it', async () => {
		await jonas.goOffline();
		await shows(jonas, 'Freigeben und Veröffentlichen geht nur mit Netz.');
		await shows(jonas, /oder zurückgezogen haben, weiß dieses Gerät nicht/);
		expect(await way(jonas).getByRole('button', { name: 'Freigeben', exact: true }).isDisabled()).toBe(true);
		await jonas.goOnline();
	});

	test('what a neighbour writes while one looks at what goes out does not go out', async () => {
		await press(jonas, 'Freigeben');
		for (const device of [mara, jonas]) await shows(device, 'Freigaben: 1 von 2');
		await press(mara, 'Freigeben');
		await press(mara, 'Veröffentlichen …');
		const dialog = mara.page.getByRole('dialog', { name: 'Das geht hinaus' });
		await dialog.frameLocator('iframe').getByRole('heading', { name: 'Wahlbüro' }).waitFor();
		await write(jonas, ' Bis dann.');
		await dialog.getByRole('button', { name: 'Jetzt veröffentlichen' }).click();
		await dialog.getByText('Der Server hat einen anderen Text als du.', { exact: false }).waitFor();
		expect((await stranger.page.request.get(page)).status()).toBe(404);
		await dialog.getByRole('button', { name: 'Abbrechen' }).click();
		for (const device of [mara, jonas]) await shows(device, 'Freigaben: 0 von 2');
	});

	test('both approve, the server is started anew, and what was shown is what is published', async () => {
		await press(jonas, 'Freigeben');
		await shows(jonas, 'Freigaben: 1 von 2');
		await evening.server.stop();
		await evening.server.start();
		await indicator(mara.page, '^Gespeichert').waitFor();
		await press(mara, 'Freigeben');
		await press(mara, 'Veröffentlichen …');
		const dialog = mara.page.getByRole('dialog', { name: 'Das geht hinaus' });
		const preview = dialog.frameLocator('iframe');
		await preview.getByRole('heading', { name: 'Wahlbüro' }).waitFor();
		expect(await preview.locator('article').innerText()).toContain('Um sechs.');
		await dialog.getByRole('button', { name: 'Jetzt veröffentlichen' }).click();
		await shows(mara, 'Genau dieser Text ist öffentlich.');
		await shows(jonas, 'Genau dieser Text ist öffentlich.');
		expect(await way(mara).getByRole('link', { name: 'Seite ansehen' }).getAttribute('href')).toBe(page);
	});

	test('a stranger reads it, without a session and without a script, and so does a machine', async () => {
		const { page: view } = stranger;
		const requests: string[] = [];
		view.on('request', (request) => requests.push(new URL(request.url()).pathname));
		await view.goto(page);
		expect(await view.locator('article').innerText()).toContain('Der Vorstand trifft sich. Um sechs.');
		expect(await view.locator('h1').innerText()).toBe('Aus dem Vorstand');
		expect(requests.filter((path) => !['/icons/mark.svg', page].includes(path))).toEqual([]);
		expect(await findingsInBothThemes(view, () => Promise.resolve())).toEqual([]);
		expect(await view.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
		const hyphens = (headings: Element[]) => headings.map((heading) => getComputedStyle(heading).hyphens);
		expect(await view.locator('h1, h2').evaluateAll(hyphens)).toEqual(['auto', 'auto']);
		await view.getByRole('link', { name: 'Alle Rundbriefe' }).click();
		await view.getByRole('link', { name: 'Aus dem Vorstand' }).waitFor();
		expect(await findingsInBothThemes(view, () => Promise.resolve())).toEqual([]);
	});

	test('in a browser that has the app, the page is the server’s, not the app’s shell', async () => {
		const tab = await mara.context.newPage();
		await tab.goto(page);
		await tab.locator('article').waitFor();
		expect(await tab.locator('script').count()).toBe(0);
		await tab.close();
	});

	test('it is copied for a mail with its text beside it', async () => {
		await mara.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: mara.origin });
		await press(mara, 'Für E-Mail kopieren');
		await mara.page.getByText('Kopiert. In eine E-Mail einfügen.').first().waitFor();
		const copied = await mara.page.evaluate(async () => {
			const [item] = await navigator.clipboard.read();
			const read = async (type: string) => (await item?.getType(type))?.text();
			return [await read('text/html'), await read('text/plain')];
		});
		expect(copied[0]).toContain('Der Vorstand trifft sich. Um sechs.');
		expect(copied[1]).toContain('Der Vorstand trifft sich. Um sechs.');
	});

	test('a correction is approved anew, says what it corrects, and shows nothing that was withdrawn meanwhile', async () => {
		await write(mara, ' In der Geschäftsstelle.');
		await shows(mara, /Öffentlich ist noch die Fassung davor/);
		await press(mara, 'Freigeben');
		await shows(jonas, 'Freigaben: 1 von 2');
		await press(jonas, 'Freigeben');
		await press(jonas, 'Berichtigung veröffentlichen …');
		const dialog = jonas.page.getByRole('dialog', { name: 'Diese Berichtigung geht hinaus' });
		await dialog.locator('iframe').waitFor();
		await dialog.getByRole('button', { name: 'Jetzt veröffentlichen' }).click();
		await dialog.getByText('Bitte sag in einem Satz, was berichtigt wird.').waitFor();
		await dialog.getByLabel('Was wird berichtigt?').fill('Der Ort fehlte.');
		// Another takes the page off while this one looks: it must not come back by a press that did not know.
		await evening.server.ask('DELETE', '/api/bulletins/b1/page', { as: evening.mara });
		await dialog.getByRole('button', { name: 'Jetzt veröffentlichen' }).click();
		await dialog.getByText('Noch ist nichts hinausgegangen.', { exact: false }).waitFor();
		await dialog.getByText('Die öffentliche Seite ist gerade zurückgezogen.', { exact: false }).waitFor();
		expect((await stranger.page.request.get(page)).status()).toBe(410);
		expect(await dialog.getByLabel('Was wird berichtigt?').inputValue()).toBe('Der Ort fehlte.');
		await dialog.getByRole('button', { name: 'Jetzt veröffentlichen' }).click();
		await shows(jonas, 'Genau dieser Text ist öffentlich.');
		await stranger.page.goto(page);
		expect(await stranger.page.locator('.note').innerText()).toMatch(/^Berichtigt am .*: Der Ort fehlte\.$/);
		// What was withdrawn stays so: the correction shows itself alone.
		expect(await stranger.page.getByRole('link', { name: /Fassung 1 vom/ }).count()).toBe(0);
		expect((await stranger.page.request.get(`${page}/1`)).status()).toBe(410);
	});

	test('members find what is published, and nothing else, and read it on its page', async () => {
		const member = await evening.server.admit(evening.mara, 'Cem', 'member');
		await writeDocuments(evening.server, evening.mara, [
			{
				name: 'directory:main',
				change: (doc) => addBulletin(doc, { id: 'b9', title: 'Noch geheim', date: '2025-02-01', status: 'review' }),
			},
		]);
		const device = await openDevice(browser, { server: evening.server, member, size: 'phone', worker: 'none' });
		await device.page.goto('/bulletins');
		const link = device.page.getByRole('link', { name: 'Aus dem Vorstand' });
		await link.waitFor();
		expect(await link.getAttribute('href')).toBe(page);
		expect(await device.page.getByText('Noch geheim').count()).toBe(0);
		await device.close();
	});

	test('withdrawn, its address says so', async () => {
		await way(mara).getByRole('button', { name: 'Mehr zur öffentlichen Seite' }).click();
		await mara.page.getByRole('menuitem', { name: 'Zurückziehen …' }).click();
		const dialog = mara.page.getByRole('dialog', { name: 'Rundbrief zurückziehen?' });
		await dialog.getByRole('button', { name: 'Zurückziehen' }).click();
		await shows(mara, /sagt, dass der Rundbrief zurückgezogen ist/);
		const answer = await stranger.page.goto(page);
		expect(answer?.status()).toBe(410);
		await stranger.page.getByRole('heading', { name: 'Dieser Rundbrief wurde zurückgezogen' }).waitFor();
		// Its approvals still hold; it is no work to do all the same.
		const list = await mara.context.newPage();
		await list.goto('/bulletins');
		const card = list.locator('main section', { hasText: 'Aus dem Vorstand' }).last();
		await card.getByText('Zurückgezogen', { exact: true }).waitFor();
		expect(await card.getByText('Zur Freigabe').count()).toBe(0);
		await list.close();
		await press(mara, 'Wieder zeigen');
		await shows(jonas, 'Genau dieser Text ist öffentlich.');
		expect((await stranger.page.goto(page))?.status()).toBe(200);
	});

	test('nobody’s browser complained', () => {
		expect([mara, jonas, stranger].flatMap(({ faults }) => faults)).toEqual([]);
	});
});

test('hostile words in every field run nothing and load nothing in a reader’s browser', async () => {
	const { server, mara: author, jonas: other } = evening;
	await writeDocuments(server, author, [
		{
			name: 'directory:main',
			change: (doc) =>
				addBulletin(doc, { id: 'b2', title: hostileTexts.slice(0, 3).join(' '), date: '2025-01-09', status: 'draft' }),
		},
		{ name: 'bulletin:b2', change: writeHostile },
	]);
	const { body } = await server.ask<IssueAnswer>('GET', '/api/bulletins/b2', { as: author });
	for (const as of [author, other])
		await server.ask('POST', '/api/bulletins/b2/approvals', { as, body: { hash: body.hash } });
	const published = await server.ask<IssueAnswer>('POST', '/api/bulletins/b2/publications', {
		as: author,
		body: { hash: body.hash },
	});
	expect(published.status).toBe(201);
	// A correction's note is a field, too.
	await writeDocuments(server, author, [
		{ name: 'bulletin:b2', change: (doc) => addArticle(doc, { id: 'more', title: 'Nachtrag' }) },
	]);
	const { body: changed } = await server.ask<IssueAnswer>('GET', '/api/bulletins/b2', { as: author });
	for (const as of [author, other])
		await server.ask('POST', '/api/bulletins/b2/approvals', { as, body: { hash: changed.hash } });
	const preview = await server.ask<PreviewAnswer>('GET', '/api/bulletins/b2/preview', { as: author });
	const corrected = await server.ask<IssueAnswer>('POST', '/api/bulletins/b2/publications', {
		as: author,
		body: { hash: changed.hash, page: preview.body.page?.seen, note: hostileTexts.slice(0, 6).join(' ') },
	});
	expect(corrected.status).toBe(201);
	const reader = await openDevice(browser, { server, worker: 'none' });
	const said: string[] = [];
	const asked: string[] = [];
	reader.page.on('console', (message) => said.push(message.text()));
	reader.page.on('request', (request) => asked.push(new URL(request.url()).pathname));
	const name = published.body.page?.name ?? '';
	for (const path of [`/b/${name}`, `/b/${name}/1`, `/b/${name}/2`, '/b/']) {
		await reader.page.goto(path);
		await reader.page.locator('h1').waitFor();
		expect(await reader.page.evaluate(() => 'hit' in window)).toBe(false);
		expect(new URL(reader.page.url()).pathname).toBe(path);
	}
	// The mail's HTML, as a mail program without any policy would show it.
	const mail = await server.ask<{ html: string }>('GET', '/api/bulletins/b2/mail', { as: author });
	const bare = await reader.context.newPage();
	await bare.setContent(mail.body.html);
	expect(await bare.evaluate(() => 'hit' in window)).toBe(false);
	expect(said).toEqual([]);
	expect(asked.filter((path) => !path.startsWith('/b/') && path !== '/icons/mark.svg')).toEqual([]);
	await reader.close();
});

function writeHostile(doc: Y.Doc): void {
	for (const [index, text] of hostileTexts.entries()) {
		addArticle(doc, { id: `h${index}`, title: text.slice(0, 200) });
		const href = hostileAddresses[index % hostileAddresses.length] ?? '';
		const words = new Y.XmlText();
		words.applyDelta([
			{ insert: text || 'leer', attributes: { link: { href }, ...(index % 2 ? { strong: {} } : {}) } },
		]);
		const fact = new Y.XmlElement('fact');
		const kept = { kind: 'meeting', of: 'gone', form: 'de.place', text, was: text };
		for (const [name, value] of Object.entries(kept)) fact.setAttribute(name, value);
		const paragraph = new Y.XmlElement('paragraph');
		paragraph.push([words, fact]);
		doc.getXmlFragment(bodyRoot(`h${index}`)).push([paragraph]);
	}
}
