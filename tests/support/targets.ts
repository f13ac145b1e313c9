/** What a thumb can press on a page. */
import type { Page } from 'playwright-core';

/** Runs in the page: half of what the house gives a thumb, as `--target` says, in each direction from the middle. */
function findLow(): string[] {
	const half = parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--target')) / 2 - 1;
	const pressed = 'a[href], button, summary, select, input, [role="button"]';
	const found: string[] = [];
	// As high as its line: WCAG 2.5.8 asks nothing else of a link in running text.
	const isInSentence = (one: HTMLElement) =>
		one.matches('p a') && getComputedStyle(one).display === 'inline' && one.closest('p')?.innerText !== one.innerText;
	const layerOf = (element: Element) => element.closest('dialog, :popover-open');
	for (const one of document.querySelectorAll<HTMLElement>(pressed)) {
		if (one.closest('.ProseMirror') || one.matches(':disabled') || isInSentence(one)) continue;
		one.scrollIntoView({ block: 'center', behavior: 'instant' });
		const { left, top, width, height } = one.getBoundingClientRect();
		const takes = (distance: number) => {
			const hit = document.elementFromPoint(left + width / 2, top + height / 2 + distance);
			if (hit === null) return false;
			// What is open above the page lies over it where it must; that makes nothing smaller.
			if (layerOf(hit) !== layerOf(one)) return distance !== 0;
			return one.contains(hit) || hit.closest('label')?.contains(one) === true;
		};
		// What something lies over cannot be pressed at all.
		if (!takes(0)) continue;
		if (!takes(-half) || !takes(half)) found.push(`${one.ariaLabel ?? one.innerText}: ${Math.round(height)} px`);
	}
	return found;
}

/** @returns a line for each link, button or field that takes no press as far from its middle as a thumb may come */
export function lowTargets(page: Page): Promise<string[]> {
	return page.evaluate(findLow);
}
