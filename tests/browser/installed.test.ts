/** What a browser needs to put the app on a home screen. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser, openDevice, type Device } from '../support/browser.ts';
import { startTestServer, type Member, type TestServer } from '../support/server.ts';

type Picture = { src: string; sizes: string; type?: string; purpose?: string; form_factor?: string };
type Manifest = {
	name: string;
	lang: string;
	start_url: string;
	display: string;
	icons: Picture[];
	screenshots: Picture[];
	shortcuts: { name: string; url: string; icons: Picture[] }[];
};

let browser: Browser;
let server: TestServer;
let member: Member;
let phone: Device;
let manifest: Manifest;

beforeAll(async () => {
	browser = await launchBrowser();
	server = await startTestServer();
	member = await server.setUp('Mara Lindner');
	phone = await openDevice(browser, { server, member, size: 'phone' });
	await phone.page.goto('/');
	await phone.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
	const href = await phone.page.locator('link[rel=manifest]').getAttribute('href');
	const answer = await phone.page.request.get(String(href));
	expect(answer.headers()['content-type']).toMatch(/^application\/manifest\+json/);
	manifest = (await answer.json()) as Manifest;
});
afterAll(async () => {
	await phone.close();
	await server.close();
	await browser.close();
});

it('the browser finds no reason against installing', async () => {
	const devtools = await phone.context.newCDPSession(phone.page);
	const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
	// A window that keeps nothing (this test's) is never installed to; nothing else may stand in the way.
	expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
	const { errors } = await devtools.send('Page.getAppManifest');
	expect(errors).toEqual([]);
});

it('the manifest is German and opens at Start in a window of its own', () => {
	expect(manifest).toMatchObject({ name: 'Mitschrift', lang: 'de', start_url: '/', display: 'standalone' });
	const purposes = manifest.icons.map(({ sizes, purpose }) => `${sizes} ${purpose}`);
	expect(purposes).toEqual(
		expect.arrayContaining(['192x192 any', '512x512 any', '192x192 maskable', '512x512 maskable']),
	);
	expect(manifest.screenshots.map(({ form_factor }) => form_factor)).toEqual(
		expect.arrayContaining(['narrow', 'wide']),
	);
});

it('every picture is there, in the size that it claims', async () => {
	const pictures = [...manifest.icons, ...manifest.screenshots, ...manifest.shortcuts.flatMap(({ icons }) => icons)];
	for (const { src, sizes } of pictures) {
		const size = await phone.page.evaluate(async (address) => {
			const image = new Image();
			image.src = address;
			await image.decode();
			return `${image.naturalWidth}x${image.naturalHeight}`;
		}, src);
		if (sizes !== 'any') expect(size, src).toBe(sizes);
	}
	const apple = await phone.page.locator('link[rel=apple-touch-icon]').getAttribute('href');
	expect((await phone.page.request.get(String(apple))).headers()['content-type']).toBe('image/png');
});

it('every shortcut leads to a place', async () => {
	for (const { name, url } of manifest.shortcuts) {
		await phone.page.goto(url);
		await phone.page.getByRole('heading', { level: 1, name }).waitFor();
	}
	expect(phone.faults).toEqual([]);
});

it('offers the browser’s own prompt where there is one, and explains the share sheet on an iPhone', async () => {
	const { page } = phone;
	await page.goto('/more/device');
	await page.getByRole('heading', { level: 1, name: 'Dieses Gerät' }).waitFor();
	await page.evaluate(() => {
		const prompt = Object.assign(new Event('beforeinstallprompt', { cancelable: true }), {
			prompt: () => {
				document.documentElement.dataset.prompted = 'yes';
				return Promise.resolve({ outcome: 'accepted' });
			},
		});
		window.dispatchEvent(prompt);
	});
	await page.getByRole('button', { name: 'Installieren' }).click();
	await expect.poll(() => page.evaluate(() => document.documentElement.dataset.prompted)).toBe('yes');

	const iPhone = await openDevice(browser, {
		server,
		member,
		size: 'phone',
		context: {
			userAgent:
				'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
		},
	});
	await iPhone.page.goto('/more/device');
	await iPhone.page.getByText('Tippe in Safari auf „Teilen“').waitFor();
	expect(await iPhone.page.getByRole('button', { name: 'Installieren' }).count()).toBe(0);
	await iPhone.close();
});
