/**
 * `npm run bench:writing`: from a real key press to the painted page, in a real Chromium, in an issue of fifty pages in
 * which ten others write over the real relay; our page beside plain y-prosemirror on the same document, in turns, in one
 * sitting. And how long such an issue takes to open without a network.
 *
 * The browser paints as soon as it can: waiting for a screen's next sixtieth of a second would hide what the work takes.
 */
import { chromium, type Browser, type Page } from 'playwright-core';
import { findChromium } from '../../support/chromium.js';
import { openServerPeer } from '../../support/evening.ts';
import { signIn } from '../../support/browser.ts';
import { startTestServer, type Member, type TestServer } from '../../support/server.ts';
import { othersWrite, writeLongIssue, type LongIssue } from './long-issue.ts';
import { plainPath, servePlainPage } from './plain-server.ts';

const keystrokes = Number(process.env['KEYS'] ?? 100);
const pace = 60;
const rounds = Number(process.env['ROUNDS'] ?? 2);
const others = 10;
const openings = 5;
const text = '[role="textbox"].rich';

type Place = { name: 'ours' | 'suggesting' | 'plain'; path: string };

const server = await startTestServer();
const mara = await server.setUp('Mara');
const people: Member[] = [];
for (let at = 0; at < others; at++) people.push(await server.admit(mara, `Person ${at}`, 'board'));
const browser = await chromium.launch({
	executablePath: findChromium() ?? '',
	args: [
		'--no-sandbox',
		'--disable-gpu',
		'--disable-frame-rate-limit',
		'--disable-gpu-vsync',
		// A page that is handed to the browser has no address space; its socket to this machine would be refused.
		'--disable-features=LocalNetworkAccessChecks',
	],
});
try {
	for (const articles of [25, 1]) await sitting(browser, server, articles);
} finally {
	await browser.close();
	await server.close();
}

async function sitting(browser: Browser, server: TestServer, articles: number): Promise<void> {
	const peer = openServerPeer(server, mara);
	const issue = await writeLongIssue(peer, `b${articles}`, articles);
	await peer.close();
	const stop = await othersWrite(server, people, issue);
	const taken = new Map<Place['name'], number[]>();
	for (let round = 0; round < rounds; round++) {
		for (const place of placesOf(issue)) {
			const times = await typed(browser, server, place);
			taken.set(place.name, [...(taken.get(place.name) ?? []), ...times]);
		}
	}
	await stop();
	await measureOpening(browser, server, issue);
	const plain = percentile(taken.get('plain') ?? [], 0.95);
	for (const [name, times] of taken) {
		const p95 = percentile(times, 0.95);
		console.log(
			`${articles} articles, ${name}: keystroke to paint p50 ${percentile(times, 0.5).toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, ${(p95 / plain).toFixed(2)} of plain (${times.length} keystrokes)`,
		);
	}
}

function placesOf({ id, name, roots }: LongIssue): Place[] {
	return [
		{ name: 'plain', path: `${plainPath}?document=${name}&roots=${roots.join(',')}` },
		{ name: 'ours', path: `/bulletins/${id}` },
		{ name: 'suggesting', path: `/bulletins/${id}` },
	];
}

async function typed(browser: Browser, server: TestServer, { name, path }: Place): Promise<number[]> {
	const context = await browser.newContext({
		viewport: { width: 1280, height: 800 },
		baseURL: server.origin,
		locale: 'de-DE',
		...(name === 'plain' ? { serviceWorkers: 'block' } : {}),
	});
	await context.addInitScript(noteTimes);
	if (name === 'suggesting')
		await context.addInitScript(() => localStorage.setItem('mitschrift-writing-mode', 'suggest'));
	await signIn(context, server.origin, mara);
	if (name === 'plain') await servePlainPage(context);
	const page = await context.newPage();
	await page.goto(path);
	await putCaret(page);
	await page.keyboard.type('Zum Warmwerden. ', { delay: pace });
	await page.evaluate(() => ((globalThis as unknown as { times: number[] }).times.length = 0));
	const sentence = 'Eingeladen waren auch die Vorsitzenden der Fraktion. ';
	const words = sentence.repeat(Math.ceil(keystrokes / sentence.length)).slice(0, keystrokes);
	await page.keyboard.type(words, { delay: pace });
	const times = await page.evaluate(() => (globalThis as unknown as { times: number[] }).times);
	await context.close();
	return times;
}

/** From the press on the issue in the list to its painted text, without a network; the device has it. */
async function measureOpening(browser: Browser, server: TestServer, { id }: LongIssue): Promise<void> {
	const context = await browser.newContext({
		viewport: { width: 1280, height: 800 },
		baseURL: server.origin,
		locale: 'de-DE',
	});
	await context.addInitScript(noteOpening);
	await signIn(context, server.origin, mara);
	const page = await context.newPage();
	await page.goto(`/bulletins/${id}`);
	await page.locator(text).first().waitFor();
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
	await page.reload();
	await page.locator(text).first().waitFor();
	await context.setOffline(true);
	const times: number[] = [];
	for (let time = 0; time < openings; time++) {
		await page.locator('a[href="/bulletins"]').first().click();
		await page.locator(`a[href="/bulletins/${id}"]`).first().click();
		await page.locator(text).first().waitFor();
		times.push(await page.evaluate(() => (globalThis as unknown as { opened: Promise<number> }).opened));
	}
	await context.close();
	console.log(
		`opening it offline, from the press to the painted text: median ${percentile(times, 0.5).toFixed(0)} ms (at most 400)`,
	);
}

function noteOpening(): void {
	addEventListener(
		'click',
		({ timeStamp }) => {
			const opened = new Promise<number>((resolve) => {
				const look = () => {
					if (!document.querySelector('[role="textbox"].rich p')) return requestAnimationFrame(look);
					const painted = new MessageChannel();
					painted.port1.onmessage = () => resolve(performance.now() - timeStamp);
					return requestAnimationFrame(() => painted.port2.postMessage(null));
				};
				// What is still shown of the page before is not what was opened.
				requestAnimationFrame(look);
			});
			Object.assign(globalThis, { opened });
		},
		{ capture: true },
	);
}

/** At the end of a paragraph in the first text. */
async function putCaret(page: Page): Promise<void> {
	const first = page.locator(text).first();
	await first.waitFor();
	await first.locator('p').nth(3).click();
	await page.keyboard.press('End');
}

function noteTimes(): void {
	const times: number[] = [];
	Object.assign(globalThis, { times });
	addEventListener(
		'keydown',
		({ timeStamp }) => {
			requestAnimationFrame(() => {
				const painted = new MessageChannel();
				painted.port1.onmessage = () => times.push(performance.now() - timeStamp);
				painted.port2.postMessage(null);
			});
		},
		{ capture: true },
	);
}

function percentile(times: readonly number[], share: number): number {
	return times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? Number.NaN;
}
