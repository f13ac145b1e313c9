/** What axe finds on a page, in the light and in the dark. */
import type { AxeResults } from 'axe-core';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const themes = ['light', 'dark'] as const;

/** Runs in the page: ends when it is drawn in the theme, and nothing fades any more. */
async function arrived(theme: string): Promise<void> {
	const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
	// A change of theme begins its transitions only when it is drawn.
	while (!matchMedia(`(prefers-color-scheme: ${theme})`).matches) await frame();
	await frame();
	await frame();
	while (document.getAnimations().length > 0) {
		for (const animation of document.getAnimations()) animation.finish();
		await frame();
	}
}

/** @returns a line for each element that something was found about */
export async function findingsInBothThemes(page: Page, open: () => Promise<void>): Promise<string[]> {
	const found: string[] = [];
	await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
	await open();
	// It is there still when one came here without loading the app anew.
	if (!(await page.evaluate('"axe" in globalThis'))) await page.evaluate(axe);
	for (const colorScheme of themes) {
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		await page.evaluate(arrived, colorScheme);
		const results = await page.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
		for (const { id, nodes } of results.violations)
			found.push(...nodes.map((node) => `${colorScheme}: ${id}: ${node.target.join(' ')}: ${node.failureSummary}`));
	}
	return found;
}
