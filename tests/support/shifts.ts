/**
 * How much a page moves by itself once its text is there. What one is about to press or reads must not be somewhere else by
 * then, however slow the device is and however late the server answers.
 */
import type { BrowserContext, Page } from 'playwright-core';

type Shift = { at: number; value: number; moved: string[] };
type Watched = Window & { shifts: Shift[]; textAt: number | null };

/** @param text what counts as the text of the page */
export async function watchShifts(context: BrowserContext, text: string): Promise<void> {
	await context.addInitScript(watch, text);
}

/** Each movement since the text was painted, in words; and the sum, as the browser counts it. */
export async function shiftsSinceText(page: Page): Promise<{ sum: number; shifts: Shift[] }> {
	await page.evaluate(twoFrames);
	const shifts = await page.evaluate(() => {
		const { shifts, textAt } = window as unknown as Watched;
		return shifts.filter(({ at }) => textAt !== null && at > textAt);
	});
	return { sum: shifts.reduce((sum, { value }) => sum + value, 0), shifts };
}

/** Settles when the text has been painted. */
export async function textPainted(page: Page): Promise<void> {
	await page.waitForFunction(() => (window as unknown as Watched).textAt !== null);
}

/** Makes this page's device as many times slower. */
export async function slowDown(page: Page, rate: number): Promise<void> {
	const session = await page.context().newCDPSession(page);
	await session.send('Emulation.setCPUThrottlingRate', { rate });
}

/** Runs in every page. */
function watch(text: string): void {
	const watched = window as unknown as Watched;
	watched.shifts = [];
	watched.textAt = null;
	type Source = { node: Node | null; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly };
	type Entry = PerformanceEntry & { value: number; sources: Source[] };
	const said = ({ node, previousRect, currentRect }: Source) => {
		const element = node instanceof Element ? node : node?.parentElement;
		return `${element?.tagName} ${element?.className} „${node?.textContent?.trim().slice(0, 24)}“ ${previousRect.top} → ${currentRect.top}`;
	};
	new PerformanceObserver((list) => {
		for (const entry of list.getEntries() as Entry[])
			watched.shifts.push({ at: entry.startTime, value: entry.value, moved: entry.sources.map(said) });
	}).observe({ type: 'layout-shift', buffered: true });
	const look = () => {
		if ([...document.querySelectorAll(text)].some((element) => element.textContent && element.clientHeight > 0))
			// What came together with it is painted with it.
			requestAnimationFrame(() => (watched.textAt = performance.now()));
		else requestAnimationFrame(look);
	};
	requestAnimationFrame(look);
}

/** Runs in the page: settles when all that is due has been painted. */
export function twoFrames(): Promise<void> {
	return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve))));
}
