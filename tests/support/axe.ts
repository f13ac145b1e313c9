/** What axe finds on a page, in the light and in the dark. */
import type { AxeResults } from 'axe-core';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** All rules in both. */
const themes = [
	{ colorScheme: 'light', rules: '' },
	{ colorScheme: 'dark', rules: '' },
] as const;

/** @returns a line for each element that something was found about */
export async function findingsInBothThemes(page: Page, open: () => Promise<void>): Promise<string[]> {
	const found: string[] = [];
	await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
	await open();
	await page.evaluate(axe);
	for (const { colorScheme, rules } of themes) {
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		// What fades in is measured when it has arrived.
		await page.evaluate(() => {
			for (const animation of document.getAnimations()) animation.finish();
		});
		const results = await page.evaluate<AxeResults>(`axe.run(document, { resultTypes: ["violations"]${rules} })`);
		for (const { id, nodes } of results.violations)
			found.push(...nodes.map((node) => `${colorScheme}: ${id}: ${node.target.join(' ')}: ${node.failureSummary}`));
	}
	return found;
}
