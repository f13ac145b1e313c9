/**
 * Every route, in both themes and at both sizes, with the example evening in it: no axe finding, nothing that runs out
 * of a phone's screen at twice the text size, and a heading that takes the focus on the way from one to the next.
 */
import type { NewInvitation, PeopleAnswer } from '#lib/protocol/api.ts';
import { globSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAuthenticator } from '../support/authenticator.ts';
import { findingsInBothThemes } from '../support/axe.ts';
import { type Device, launchBrowser, openDevice } from '../support/browser.ts';
import { type Member, startTestServer, type TestServer } from '../support/server.ts';
import { walkTo } from '../support/walk.ts';

const routeFolder = path.resolve(import.meta.dirname, '../../src/routes');

/** Where each route of a signed-in person is found; `[id]` is the example evening's. */
const signedIn: { route: string; from?: string; link?: RegExp; shows: string }[] = [
	{ route: '/', shows: 'main a[href^="/meetings/"]' },
	{ route: '/meetings', shows: 'main a[href^="/meetings/"]' },
	{ route: '/meetings/[id]', from: '/meetings', link: /^\/meetings\/[^/]+$/, shows: 'main a[href$="/agenda"]' },
	{ route: '/meetings/[id]/agenda', from: '/meetings/[id]', link: /\/agenda$/, shows: '[data-sort-handle]' },
	{ route: '/meetings/[id]/minutes', from: '/meetings/[id]', link: /\/minutes$/, shows: 'article h2' },
	{ route: '/history/[name]', from: '/meetings/[id]/agenda', link: /^\/history\/agenda:/, shows: 'main nav' },
	{ route: '/rosters', shows: 'main a[href^="/rosters/"]' },
	{ route: '/rosters/[id]', from: '/rosters', link: /^\/rosters\/[^/]+$/, shows: 'h1' },
	{ route: '/bulletins', shows: 'main a[href^="/bulletins/"]' },
	{ route: '/bulletins/[id]', from: '/bulletins', link: /^\/bulletins\/[^/]+$/, shows: '.ProseMirror' },
	{ route: '/more', shows: 'fieldset' },
	{ route: '/more/people', shows: 'h2' },
	{ route: '/more/offices', shows: 'form' },
	{ route: '/more/device', shows: 'h2' },
	{ route: '/more/devices', shows: 'h2' },
	{ route: '/more/association', shows: 'form' },
	{ route: '/more/audit', shows: 'main li' },
	{ route: '/more/erase', shows: 'main li' },
	{ route: '/more/unsent', shows: 'input' },
];
const outside = ['/setup', '/join'];

let server: TestServer;
let browser: Browser;
let admin: Member;
let device: Device;
/** A route's address with the example's ids in it. */
const addresses = new Map<string, string>();

beforeAll(async () => {
	server = await startTestServer();
	browser = await launchBrowser();
	admin = await server.setUp();
	device = await openDevice(browser, { server, member: admin, worker: 'none' });
	const { page } = device;
	await page.goto('/');
	await page.getByRole('button', { name: 'Beispielabend laden' }).click();
	await page.locator('main a[href^="/meetings/"]').first().waitFor();
	for (const { route, from, link } of signedIn) addresses.set(route, await findAddress(page, route, from, link));
});

afterAll(async () => {
	await device?.close();
	await browser?.close();
	await server?.close();
});

test('the list of routes is whole', () => {
	const pages = globSync('**/+page.svelte', { cwd: routeFolder }).map((file) =>
		`/${path.dirname(file)}`.replace(/\/\.$/, '/'),
	);
	expect(pages.sort()).toEqual([...signedIn.map(({ route }) => route), ...outside].sort());
});

/** Runs in every page: notes what it did that its policies forbid, with scripts, styles, addresses and unvouched HTML. */
function watchPolicies(): void {
	const broken: string[] = [];
	Object.assign(globalThis, { broken });
	document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) =>
		broken.push(`${violatedDirective}: ${blockedURI} ${sample}`),
	);
}
const brokenPolicies = (page: Page) => page.evaluate(() => (globalThis as unknown as { broken: string[] }).broken);

describe.each(['laptop', 'phone'] as const)('on a %s', (size) => {
	let here: Device;
	beforeAll(async () => {
		here = await openDevice(browser, { server, member: admin, size, worker: 'none', init: watchPolicies });
	});
	afterAll(() => here?.close());

	test.each(signedIn)('$route has no findings', async ({ route, shows }) => {
		const { page } = here;
		const open = async () => {
			// On the laptop every route is the first that is loaded; on the phone one comes to it from the one before.
			await (size === 'laptop' ? page.goto(addressOf(route)) : walkTo(page, addressOf(route)));
			await page.locator(shows).first().waitFor();
		};
		expect(await findingsInBothThemes(page, open)).toEqual([]);
		if (size === 'phone') {
			expect(await overflowing(page)).toEqual([]);
			// By the object model, which the content security policy lets through.
			await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
			expect(await overflowing(page)).toEqual([]);
			await page.evaluate(() => document.documentElement.style.removeProperty('font-size'));
		}
		expect(here.faults).toEqual([]);
		expect(await brokenPolicies(page)).toEqual([]);
	});

	test('what breaks a policy of the page is noticed, and stopped', async () => {
		const { page } = here;
		await page.goto('/more');
		await page.locator('fieldset').first().waitFor();
		const tries = [
			() => document.body.setAttribute('style', 'outline: 1px'),
			() => (document.createElement('div').innerHTML = '<b>x</b>'),
			() =>
				document.head.append(Object.assign(document.createElement('script'), { textContent: 'globalThis.hit = 1' })),
			() => fetch('https://evil.example/'),
			() => document.body.append(Object.assign(document.createElement('img'), { src: 'https://evil.example/x.png' })),
			() => document.body.append(Object.assign(document.createElement('iframe'), { src: 'https://evil.example/' })),
		];
		for (const attempt of tries) await page.evaluate(attempt).catch(() => {});
		// As text: what is imported here is the test's own otherwise.
		await page.evaluate(`import('data:text/javascript,globalThis.hit = 1')`).catch(() => {});
		const forbids = [
			'connect-src',
			'frame-src',
			'img-src',
			'require-trusted-types-for',
			'script-src-elem',
			'style-src-attr',
		];
		await expect
			.poll(async () => [...new Set((await brokenPolicies(page)).map((line) => line.split(':')[0]))].sort())
			.toEqual(forbids);
		expect(await page.evaluate(() => 'hit' in globalThis)).toBe(false);
		here.faults.length = 0;
	});

	test('the status details and an address that leads nowhere have none either', async () => {
		const { page } = here;
		const getLost = async () => {
			await page.goto('/nowhere');
			await page.getByRole('heading', { level: 1, name: 'Diese Seite gibt es nicht' }).waitFor();
		};
		expect(await findingsInBothThemes(page, getLost)).toEqual([]);
		const openDetails = async () => {
			await page.goto('/');
			await page.locator('[data-status]').click();
			await page.getByRole('dialog', { name: 'Was ist gespeichert?' }).waitFor();
		};
		expect(await findingsInBothThemes(page, openDetails)).toEqual([]);
	});
});

describe('who comes in, with what, and what is taken away again, on a phone', () => {
	let here: Device;
	beforeAll(async () => {
		await giveJonasAPasskey();
		here = await openDevice(browser, { server, member: admin, size: 'phone', worker: 'none' });
	});
	afterAll(() => here?.close());

	const press = (name: string | RegExp) => here.page.getByRole('button', { name }).first().click();
	const choose = async (menu: string, item: string) => {
		await press(menu);
		await here.page.getByRole('menuitem', { name: item }).click();
	};
	const dialogs: [what: string, at: string, open: () => Promise<void>][] = [
		['erasing for good', '/more/erase', () => press(/Protokoll/)],
		['somebody’s passkey', '/more/devices', () => choose('Telefon: was tun?', 'Entfernen')],
		['removing a person', '/more/people', () => choose('Jonas Wirth: was tun?', 'Entfernen')],
		['a new invitation', '/more/people', () => press('Einladen')],
		['another device', '/more/device', () => press('Gerät hinzufügen')],
		['recovery codes', '/more/device', () => press('Codes erstellen')],
		['signing out', '/more/device', () => press('Abmelden')],
	];

	test.each(dialogs)('%s', async (_what, at, open) => {
		const { page } = here;
		const show = async () => {
			await walkTo(page, at);
			await open();
			await page.getByRole('dialog').waitFor();
		};
		expect(await findingsInBothThemes(page, show)).toEqual([]);
		expect(await overflowing(page)).toEqual([]);
	});

	test('where a passkey is needed', async () => {
		const { page } = here;
		// As the server says it when the two weeks are over.
		await page.route('**/api/session', async (route) => {
			const response = await route.fetch();
			await route.fulfill({ response, json: { ...(await response.json()), passkeyBy: '2025-01-01T00:00:00.000Z' } });
		});
		const show = async () => {
			await page.goto('/');
			await page.getByRole('heading', { level: 1, name: 'Jetzt brauchst du einen Passkey' }).waitFor();
		};
		expect(await findingsInBothThemes(page, show)).toEqual([]);
		expect(await overflowing(page)).toEqual([]);
	});
});

test('a link before it is used, and a device that was emptied', async () => {
	const body = { name: 'Nele', role: 'board' };
	const { body: invited } = await server.ask<NewInvitation>('POST', '/api/invitations', { as: admin, body });
	const phone = await openDevice(browser, { server, size: 'phone', worker: 'none' });
	const { page } = phone;
	const expectNone = async (show: () => Promise<void>) => {
		expect(await findingsInBothThemes(page, show)).toEqual([]);
		expect(await overflowing(page)).toEqual([]);
	};
	const yes = page.getByRole('button', { name: 'Ja, ich bin Nele' });
	await expectNone(async () => {
		await page.goto(`/join#${invited.token}`);
		await yes.waitFor();
	});
	await yes.click();
	await page.getByRole('navigation').first().waitFor();
	const { body: all } = await server.ask<PeopleAnswer>('GET', '/api/people', { as: admin });
	const id = all.people.find(({ name }) => name === 'Nele')?.id ?? '';
	await server.ask('DELETE', `/api/people/${id}`, { as: admin });
	await expectNone(async () => {
		await page.goto('/');
		await page.getByRole('heading', { name: 'Dieses Gerät ist abgemeldet' }).waitFor();
	});
	await phone.close();
});

async function giveJonasAPasskey(): Promise<void> {
	const jonas = await server.admit(admin, 'Jonas Wirth', 'board');
	const toAdd = await server.ask<{ challenge: string }>('POST', '/api/passkeys/options', { as: jonas });
	const response = createAuthenticator(server.origin).create(toAdd.body);
	const added = await server.ask('POST', '/api/passkeys', { as: jonas, body: { name: 'Telefon', response } });
	expect(added.status).toBe(201);
}

test.each([...outside, '/'])('a stranger at %s meets no findings', async (route) => {
	const stranger = await openDevice(browser, { server, size: 'phone', worker: 'none' });
	const open = async () => {
		await stranger.page.goto(route);
		await stranger.page.locator('h1').waitFor();
	};
	expect(await findingsInBothThemes(stranger.page, open)).toEqual([]);
	expect(await stranger.page.locator('nav').count()).toBe(0);
	expect(await overflowing(stranger.page)).toEqual([]);
	await stranger.close();
});

test('the skip link leads into the page, and a place’s heading takes the focus', async () => {
	const { page } = device;
	await page.goto('/meetings');
	await page.locator('h1').waitFor();
	await page.keyboard.press('Tab');
	expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Zum Inhalt');
	await page.keyboard.press('Enter');
	expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
	await page.getByRole('link', { name: 'Schichten', exact: true }).click();
	await page.waitForFunction(() => document.activeElement?.matches('h1'));
	expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Schichten');
	expect(await page.title()).toBe('Schichten · Mitschrift');
	expect(await page.getByRole('link', { name: 'Schichten', exact: true }).getAttribute('aria-current')).toBe('page');
});

test('the page speaks the device’s language and says so', async () => {
	const english = await openDevice(browser, { server, member: admin, worker: 'none', context: { locale: 'en-GB' } });
	await english.page.goto('/meetings');
	await english.page.getByRole('heading', { level: 1, name: 'Meetings' }).waitFor();
	expect(await english.page.evaluate(() => document.documentElement.lang)).toBe('en');
	await english.close();
	expect(await device.page.evaluate(() => document.documentElement.lang)).toBe('de');
});

async function findAddress(page: Page, route: string, from?: string, link?: RegExp): Promise<string> {
	if (!from || !link) return route;
	await page.goto(addressOf(from));
	const found = await page.waitForFunction(
		(pattern) =>
			[...document.querySelectorAll('main a')]
				.map((a) => a.getAttribute('href') ?? '')
				.find((href) => new RegExp(pattern).test(href)),
		link.source,
	);
	return String(await found.jsonValue());
}

function addressOf(route: string): string {
	const address = addresses.get(route);
	if (!address) throw new Error(`no address is known for ${route}`);
	return address;
}

/** What reaches beyond the right edge of the screen: it makes the page scroll sideways, or nobody can press it. */
function overflowing(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const width = document.documentElement.clientWidth;
		// What stands fixed, or is cut off by what it stands in, makes no page wider and is out of reach all the same.
		const wide = document.documentElement.scrollWidth > width;
		return [...document.querySelectorAll(wide ? 'body *' : 'a, button, input, select, textarea, h1, h2, h3')]
			.filter((element) => element.checkVisibility() && !element.closest('[tabindex="0"]'))
			.filter((element) => element.getBoundingClientRect().right > width + 1)
			.map(
				(element) =>
					`${element.tagName.toLowerCase()}.${element.className}: ${element.textContent?.trim().slice(0, 40)}`,
			);
	});
}

/** Runs in a page that has nothing but the policy: tries what no page of ours does. @returns what was forbidden */
async function tryWhatIsForbidden(): Promise<string[]> {
	const forbidden = new Set<string>();
	document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => forbidden.add(effectiveDirective));
	const { trustedTypes } = globalThis as unknown as { trustedTypes: { createPolicy: (...of: unknown[]) => Vouched } };
	type Vouched = { createScriptURL(address: string): string };
	const vouch = trustedTypes.createPolicy('mitschrift-worker', { createScriptURL: (address: string) => address });
	const add = <T extends object>(name: string, fields: T) =>
		document.body.appendChild(Object.assign(document.createElement(name), fields));
	add('object', { data: vouch.createScriptURL('/icons/mark.svg') });
	add('base', { href: 'https://evil.example/' });
	(
		add('form', { action: 'https://evil.example/', target: 'elsewhere' }) as HTMLElement as HTMLFormElement
	).requestSubmit();
	new Worker(vouch.createScriptURL(URL.createObjectURL(new Blob(['1'], { type: 'text/javascript' }))));
	const until = performance.now() + 5000;
	while (forbidden.size < 4 && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 10));
	return [...forbidden].sort();
}

test('the page’s policy forbids objects, another base, forms to elsewhere, and workers and manifests that are not ours', async () => {
	const { page, context } = device;
	const policy = (await page.goto('/'))?.headers()['content-security-policy'] ?? '';
	const manifestOf = async (address: string) => {
		const body = `<!doctype html><link rel="manifest" href="${address}">`;
		const headers = { 'content-security-policy': policy };
		await page.route('**/bare', (route) => route.fulfill({ contentType: 'text/html', headers, body }));
		await page.goto('/bare');
		const inspector = await context.newCDPSession(page);
		const { url } = await inspector.send('Page.getAppManifest');
		await page.unroute('**/bare');
		return url;
	};
	expect(await manifestOf('/manifest.webmanifest')).toContain('/manifest.webmanifest');
	expect(await manifestOf('data:application/manifest+json,{}')).toBe('');
	expect(await page.evaluate(tryWhatIsForbidden)).toEqual(['base-uri', 'form-action', 'object-src', 'worker-src']);
});
