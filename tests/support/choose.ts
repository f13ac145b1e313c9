/** Chooses one of several, as a person does: presses its words once they stand still and nothing lies over them. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

export async function choose(page: Page, name: string): Promise<void> {
	const radio = page.getByRole('radio', { name });
	await page.locator('label', { has: radio }).click();
	expect(await radio.isChecked()).toBe(true);
}
