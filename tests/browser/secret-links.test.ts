/** What lets somebody in leaves the page in a request's body and nowhere else: no address, no header that says where from. */
import type { NewInvitation } from '#lib/protocol/api.ts';
import type { Browser, Request } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser, openDevice } from '../support/browser.ts';
import { type Member, startTestServer, type TestServer } from '../support/server.ts';

let browser: Browser;
let server: TestServer;
let admin: Member;

beforeAll(async () => {
	browser = await launchBrowser();
	server = await startTestServer();
	admin = await server.setUp();
});
afterAll(async () => {
	await browser?.close();
	await server?.close();
});

it.each(['token', 'code'] as const)('an invitation’s %s', async (form) => {
	const body = { name: 'Jonas Wirth', role: 'board' };
	const { body: made } = await server.ask<NewInvitation>('POST', '/api/invitations', { as: admin, body });
	const phone = await openDevice(browser, { server, size: 'phone', worker: 'none' });
	const { page } = phone;
	const asked: Request[] = [];
	page.on('request', (request) => asked.push(request));
	if (form === 'token') await page.goto(`/join#${made.token}`);
	else {
		await page.goto('/');
		await page.getByLabel('Code oder Link').fill(made.code);
		await page.getByRole('button', { name: 'Weiter' }).click();
	}
	await page.getByRole('button', { name: 'Ja, ich bin Jonas Wirth' }).click();
	await page.getByRole('navigation').getByRole('link', { name: 'Mehr' }).click();
	await page.getByRole('heading', { name: 'Jonas Wirth', exact: true }).waitFor();

	const secret = made[form];
	const plain = secret.replaceAll(/[^\w-]/g, '');
	expect(asked.some((request) => request.postData()?.includes(plain) || request.postData()?.includes(secret))).toBe(
		true,
	);
	for (const request of asked) {
		// A browser takes the fragment off before it asks.
		const [sent = ''] = request.url().split('#');
		const said = [sent, ...Object.values(request.headers())].join('\n');
		for (const words of [secret, plain, encodeURIComponent(secret)]) expect(said.includes(words), sent).toBe(false);
	}
	// Nor does it stay in the address, for whoever looks over a shoulder or shares it.
	expect(page.url()).not.toContain(plain);
	const left = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
	expect(left).not.toContain(plain);
	expect(phone.faults).toEqual([]);
	await phone.close();
});
