/** From one address of the app to another without loading the app anew, as a link in it does. */
import type { Page } from 'playwright-core';

/**
 * Loads the app only when the page has not shown it yet. Where the page already shows an address of the same kind, that is
 * left first: nothing stays open.
 */
export async function walkTo(page: Page, path: string): Promise<void> {
	if (page.url() === 'about:blank') {
		await page.goto(path);
		return;
	}
	const here = new URL(page.url()).pathname;
	if (kindOf(here) === kindOf(path)) await follow(page, kindOf(path) === '/more' ? '/meetings' : '/more');
	await follow(page, path);
}

/** Of pages below `/more` each is a kind of its own. */
const kindOf = (path: string) => (path.startsWith('/more/') ? path : `/${path.split('/')[1] ?? ''}`);

async function follow(page: Page, path: string): Promise<void> {
	await page.evaluate((href) => {
		// Of what is shown now nothing may be taken for what is shown then.
		document.querySelector('main h1')?.setAttribute('data-left', '');
		const link = Object.assign(document.createElement('a'), { href });
		document.body.append(link);
		link.click();
		link.remove();
	}, path);
	await page.waitForFunction(
		(to) => location.pathname === to && document.querySelector('main h1:not([data-left])') !== null,
		path,
	);
}
