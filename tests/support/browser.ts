/**
 * People at their devices: real Chromium, each device with storage, a session and a cable of its own. A device with a
 * profile folder can be switched off and on again; what it stored is still there.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { layCable } from './cable.ts';
import { findChromium } from './chromium.js';
import type { Member, TestServer } from './server.ts';

/** Chromium reads only the last such list, which is ours: in it stands what Playwright wants, too. */
const playwrightDisables = [
	'AvoidUnnecessaryBeforeUnloadCheckSync',
	'DestroyProfileOnBrowserClose',
	'HttpsUpgrades',
	'HttpsFirstBalancedModeAutoEnable',
	'LensOverlay',
	'MediaRouter',
	'PaintHolding',
	'ThirdPartyStoragePartitioning',
	'AvoidCorsURLLoaderRestartOnRedirect',
	'TcpPortRandomizationWin',
	'OptimizationHints',
	'NetworkTimeServiceQuerying',
	'AimEnabled',
	'PreconnectToSearch',
	'msForceBrowserSignIn',
	'msEdgeUpdateLaunchServicesPreferredVersion',
];

/** Chromium's own suggestions below its address bar: two pages of its own for each new window, a second of the processor. */
const nobodySees = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup'];

const args = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	`--disable-features=${[...playwrightDisables, ...nobodySees].join()}`,
];

/**
 * Read by Playwright when a worker appears: it need not tell us of the worker's own requests, a hundred and thirty for each
 * new device, for which nobody asks. Offline they end at the cut cable, as all others do.
 */
process.env['PLAYWRIGHT_DISABLE_SERVICE_WORKER_NETWORK'] = '1';

const sizes = {
	phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
	laptop: { viewport: { width: 1280, height: 800 } },
} satisfies Record<string, BrowserContextOptions>;

export type Device = {
	/** Where this device finds the server: at the near end of its own cable. Pages open relative addresses. */
	origin: string;
	/** The first page; the one of now after `restart`. */
	readonly page: Page;
	readonly context: BrowserContext;
	/** What pages threw and did not catch. A test that expects none asserts that it is empty. */
	faults: string[];
	/** No network, as in a cellar: the browser knows, and every connection breaks. */
	goOffline(): Promise<void>;
	goOnline(): Promise<void>;
	/** Connections break and none succeeds, but the browser believes in its network: a dead server, a captive router. */
	cutCable(): void;
	mendCable(): void;
	/** Switches the device off and on; the network stays as it was. Only with `keeps`. */
	restart(): Promise<void>;
	close(): Promise<void>;
};

export type DeviceOptions = {
	server: Pick<TestServer, 'port'>;
	/** Whose device it is; without, a stranger's. */
	member?: Member;
	size?: keyof typeof sizes;
	/** A profile on disk, so that `restart` works. */
	keeps?: boolean;
	context?: BrowserContextOptions;
	/** Runs in every page before its own scripts. */
	init?: () => void;
	/**
	 * `none`: a browser without service workers, for what needs no network cut. Putting the whole app aside costs each new
	 * device seconds of the processor.
	 */
	worker?: 'none';
};

/** One Chromium for many devices. Close it in `afterAll`. */
export function launchBrowser(): Promise<Browser> {
	return chromium.launch({ executablePath: chromiumPath(), args });
}

/** @param browser not needed for a device that keeps its profile: it has a Chromium of its own */
export async function openDevice(browser: Browser | null, options: DeviceOptions): Promise<Device> {
	const cable = await layCable(options.server.port);
	const profile = options.keeps ? mkdtempSync(path.join(tmpdir(), 'mitschrift-device-')) : null;
	const settings: BrowserContextOptions = {
		...sizes[options.size ?? 'laptop'],
		baseURL: cable.origin,
		locale: 'de-DE',
		timezoneId: 'Europe/Berlin',
		...options.context,
	};
	const faults: string[] = [];
	let offline = false;
	let opened = await open();

	async function open(): Promise<{ context: BrowserContext; page: Page }> {
		const context = profile
			? await chromium.launchPersistentContext(profile, { ...settings, executablePath: chromiumPath(), args })
			: await contextOf(browser, settings);
		context.on('weberror', (error) => faults.push(String(error.error())));
		if (options.init) await context.addInitScript(options.init);
		if (options.worker === 'none') await context.addInitScript(withoutWorkers);
		if (offline) await context.setOffline(true);
		return { context, page: context.pages()[0] ?? (await context.newPage()) };
	}

	if (options.member) await signIn(opened.context, cable.origin, options.member);

	return {
		origin: cable.origin,
		faults,
		get page() {
			return opened.page;
		},
		get context() {
			return opened.context;
		},
		async goOffline() {
			offline = true;
			cable.cut();
			await opened.context.setOffline(true);
		},
		async goOnline() {
			offline = false;
			cable.mend();
			await opened.context.setOffline(false);
		},
		cutCable: () => cable.cut(),
		mendCable: () => cable.mend(),
		async restart() {
			if (!profile) throw new Error('only a device that keeps its profile can be restarted');
			await opened.context.close();
			opened = await open();
		},
		async close() {
			await opened.context.close();
			await cable.close();
			if (profile) rmSync(profile, { recursive: true, force: true });
		},
	};
}

/** Runs in every page. */
function withoutWorkers(): void {
	Reflect.deleteProperty(Navigator.prototype, 'serviceWorker');
}

/** Puts a member's session into a browser, as joining would. The cookie outlives a restart. */
export async function signIn(context: BrowserContext, origin: string, { cookie }: Member): Promise<void> {
	const expires = Math.floor(Date.now() / 1000) + 90 * 24 * 3600;
	await context.addCookies([{ ...cookie, url: origin, httpOnly: true, sameSite: 'Lax', expires }]);
}

function contextOf(browser: Browser | null, settings: BrowserContextOptions): Promise<BrowserContext> {
	if (!browser) throw new Error('a device without a profile needs a browser');
	return browser.newContext(settings);
}

function chromiumPath(): string {
	const found = findChromium();
	if (!found) throw new Error('there is no Chromium here: npm test installs one, or set CHROMIUM_PATH');
	return found;
}
