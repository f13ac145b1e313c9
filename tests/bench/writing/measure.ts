/**
 * `npm run bench:writing`: from a real key press to the painted page, in a real Chromium, in an issue of fifty pages in
 * which ten others write over the real relay; our page beside plain y-prosemirror on the same document, and beside a page
 * without any editor, which is the floor, in turns, in one sitting. And how long such an issue takes to open without a
 * network, from a list of others as long; that alone with `npm run bench:writing -- opening`, and the
 * keys alone with `-- keys`.
 *
 * Like with like: the same font, size and width of text, an issue of one's own for each turn, in which the ten have
 * written nothing yet, the same letters at the same place after the same warming up, and our page is installed before. What
 * plain y-prosemirror does not have, and what ours pays for: a store on the device, a page around the text, other tabs.
 *
 * For a key the browser paints as soon as it can: waiting for a screen's next sixtieth of a second would hide what the work
 * takes. What is opened waits for it.
 */
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { setTimeout } from 'node:timers/promises';
import { findChromium } from '../../support/chromium.js';
import { openServerPeer } from '../../support/evening.ts';
import { signIn } from '../../support/browser.ts';
import { startTestServer, type Member, type TestServer } from '../../support/server.ts';
import { othersWrite, writeLongIssue, type LongIssue } from './long-issue.ts';
import { openPlain } from './plain-server.ts';

const keystrokes = Number(process.env['KEYS'] ?? 100);
/** What is written before is not counted: a page that was just opened runs code that the browser has not seen yet. */
const warmUp = 'Zum Warmwerden schreibt sie erst einmal einen Satz. ';
const pace = 60;
const rounds = Number(process.env['ROUNDS'] ?? 2);
/** Of how many articles the issues are: one long one is the dearest. */
const lengths = (process.env['ARTICLES'] ?? '25,1').split(',').map(Number);
const others = 10;
const openings = 9;
/** How long the ten write in the issue that is opened. Milliseconds. */
const writtenBefore = 3000;
const opensOnly = process.argv[2] === 'opening';
const keysOnly = process.argv[2] === 'keys';
/** Issues of fifty pages in the list from which one is opened. */
const listed = 8;
/** Of how many issues a list says how many articles they have: `articleCounts`. */
const counts = 12;
const text = '[role="textbox"].rich';

const places = ['browser', 'plain', 'ours', 'suggesting'] as const;
type Place = (typeof places)[number];
type Pressed = 'when the list is read' | 'at once' | 'while the list is read again';
let issues = 0;

const server = await startTestServer();
const mara = await server.setUp('Mara');
const people: Member[] = [];
for (let at = 0; at < others; at++) people.push(await server.admit(mara, `Person ${at}`, 'board'));
const browser = await launch('--disable-frame-rate-limit', '--disable-gpu-vsync');
/** With the frames of a screen: without a limit whatever moves on the list takes all of a processor from what is opened. */
const onScreen = await launch();
try {
	for (const articles of lengths) await sitting(articles);
} finally {
	await browser.close();
	await onScreen.close();
	await server.close();
}

function launch(...more: string[]): Promise<Browser> {
	// A page that is handed to the browser has no address space; its socket to this machine would be refused.
	const args = ['--no-sandbox', '--disable-gpu', '--disable-features=LocalNetworkAccessChecks', ...more];
	return chromium.launch({ executablePath: findChromium() ?? '', args });
}

async function sitting(articles: number): Promise<void> {
	const taken = new Map<Place, number[]>(places.map((place) => [place, []]));
	const width = await inIssue(server, articles, (issue) => widthOfOurs(browser, server, issue));
	for (let round = 0; round < (opensOnly ? 0 : rounds); round++) {
		// Nobody always comes first.
		for (const place of [...places.slice(round % places.length), ...places.slice(0, round % places.length)]) {
			const times = await inIssue(server, articles, (issue) => typed(browser, server, place, issue, width));
			taken.get(place)?.push(...times);
		}
	}
	if (!keysOnly) {
		while (issues < listed - 1) await inIssue(server, articles, async () => {});
		const issue = await inIssue(server, articles, async (issue) => {
			await setTimeout(writtenBefore);
			return issue;
		});
		for (const pressed of ['when the list is read', 'at once', 'while the list is read again'] as const)
			await measureOpening(onScreen, server, issue, pressed);
	}
	if (opensOnly) return;
	const plain = percentile(taken.get('plain') ?? [], 0.95);
	for (const [name, times] of taken) {
		const p95 = percentile(times, 0.95);
		console.log(
			`${articles} articles, ${name}: keystroke to paint p50 ${percentile(times, 0.5).toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, ${(p95 / plain).toFixed(2)} of plain (${times.length} keystrokes)`,
		);
	}
}

/** A new issue, in which the ten write meanwhile. */
async function inIssue<T>(server: TestServer, articles: number, work: (issue: LongIssue) => Promise<T>): Promise<T> {
	const peer = openServerPeer(server, mara);
	const issue = await writeLongIssue(peer, `b${articles}x${issues++}`, articles);
	await peer.close();
	const stop = await othersWrite(server, people, issue);
	const outcome = await work(issue);
	await stop();
	return outcome;
}

async function openContext(browser: Browser, server: TestServer, installs: boolean): Promise<BrowserContext> {
	const context = await browser.newContext({
		viewport: { width: 1280, height: 800 },
		baseURL: server.origin,
		locale: 'de-DE',
		...(installs ? {} : { serviceWorkers: 'block' }),
	});
	await signIn(context, server.origin, mara);
	return context;
}

/** Our page as it is from the second visit on: installed, and with all that is fetched in the background. */
async function openOurs(page: Page, { id }: LongIssue): Promise<void> {
	let moved = performance.now();
	page.on('websocket', (socket) => {
		moved = performance.now();
		socket.on('close', () => (moved = performance.now()));
	});
	await page.goto(`/bulletins/${id}`);
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
	await page.waitForFunction(async () => (await navigator.serviceWorker.ready).active?.state === 'activated');
	await page.reload();
	await page.locator(text).first().waitFor();
	await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
	await page.waitForLoadState('networkidle');
	// All other documents are fetched one after the other, each over a socket of its own.
	while (performance.now() - moved < 1500) await setTimeout(100);
}

/** How wide a text is there, in pixels. */
async function widthOfOurs(browser: Browser, server: TestServer, issue: LongIssue): Promise<number> {
	const context = await openContext(browser, server, true);
	const page = await context.newPage();
	await openOurs(page, issue);
	const width = await page
		.locator(text)
		.first()
		.evaluate(({ clientWidth }) => clientWidth);
	await context.close();
	return width;
}

async function typed(browser: Browser, server: TestServer, place: Place, issue: LongIssue, width: number) {
	const context = await openContext(browser, server, place === 'ours' || place === 'suggesting');
	await context.addInitScript(noteTimes);
	if (place === 'suggesting')
		await context.addInitScript(() => localStorage.setItem('mitschrift-writing-mode', 'suggest'));
	const page = await context.newPage();
	if (place === 'ours' || place === 'suggesting') await openOurs(page, issue);
	else await openPlain(page, issue, width, place === 'plain');
	await putCaret(page);
	await page.keyboard.type(warmUp, { delay: pace });
	await page.evaluate(() => ((globalThis as unknown as { times: number[] }).times.length = 0));
	const sentence = 'Eingeladen waren auch die Vorsitzenden der Fraktion. ';
	const words = sentence.repeat(Math.ceil(keystrokes / sentence.length)).slice(0, keystrokes);
	await page.keyboard.type(words, { delay: pace });
	const times = await page.evaluate(() => (globalThis as unknown as { times: number[] }).times);
	await context.close();
	return times;
}

/**
 * From the press on the issue in the list to its painted text, without a network; the device has it.
 * @param pressed _read_: when the list says of all how many articles they have; _again_: at some moments of the seconds in
 * which it reads them anew
 */
async function measureOpening(browser: Browser, server: TestServer, issue: LongIssue, pressed: Pressed): Promise<void> {
	const context = await openContext(browser, server, true);
	await context.addInitScript(noteOpening);
	const page = await context.newPage();
	await openOurs(page, issue);
	await goOffline(context, server);
	const times: number[] = [];
	for (let time = 0; time < openings; time++) {
		await page.locator('a[href="/bulletins"]').first().click();
		await page.locator('main a[href^="/bulletins/"]').first().waitFor();
		const all = await page.locator('main a[href^="/bulletins/"]').count();
		if (pressed === 'while the list is read again') await setTimeout(400 + time * 550);
		if (pressed === 'when the list is read')
			await page
				.getByText(/^\d+ Artikel$/)
				.nth(Math.min(all, counts) - 1)
				.waitFor();
		await page.locator(`a[href="/bulletins/${issue.id}"]`).first().click();
		await page.locator(text).first().waitFor();
		times.push(await page.evaluate(() => (globalThis as unknown as { opened: Promise<number> }).opened));
	}
	await server.start();
	await context.close();
	console.log(
		`opening it offline ${pressed}, from the press to the painted text: median ${percentile(times, 0.5).toFixed(0)}, longest ${Math.max(...times).toFixed(0)} ms (at most 400)`,
	);
}

/**
 * Without the server first: a socket that is still open when Chromium is told to be offline, and that something comes in on,
 * takes most of a processor until it is closed, in the process in which the browser has its network. On a device without a
 * network nothing comes in.
 */
async function goOffline(context: BrowserContext, server: TestServer): Promise<void> {
	await server.stop();
	await setTimeout(1000);
	await context.setOffline(true);
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
					// This frame paints it, as `noteTimes` counts a key's.
					return painted.port2.postMessage(null);
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
