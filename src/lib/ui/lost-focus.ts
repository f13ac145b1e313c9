/**
 * What has the focus may go: because it was pressed, or because somebody else did what it was for. The browser then gives the
 * focus to nothing, and who works by keyboard starts at the top again, unheard by a screen reader. Here one goes on in what
 * it stood in: in the row that took its row's place, else in the nearest group that is left, else at the page's heading. Not at
 * another button: whoever holds the key down would press that too. One that is only blocked while the server answers has the
 * focus back when it is there again.
 */

/** What one can go on in: named, or one among others. */
const groups =
	':is(section, article, nav, form, fieldset, table, ul, ol, li, details, dialog, [role="group"], [role="region"], [tabindex="-1"]):not(main)';
/** What lies above the page or beside it for a while: when it has gone, one is where one was before. */
const overlays = 'dialog, [popover], aside';

type Place = {
	element: HTMLElement;
	/** What it stands in, from the inside, each with its place among its siblings. */
	around: { element: Element; at: number }[];
	overlay: Element | null;
	before: Place | null;
	/** What the focus was taken from, and goes back to. */
	blocked: HTMLElement | null;
};

/** @returns what ends it */
export function catchLostFocus(): () => void {
	let place: Place | null = null;
	let frame = 0;
	const observer = new MutationObserver(() => {
		frame ||= requestAnimationFrame(look);
	});

	function look() {
		frame = 0;
		if (!place) return;
		const { element, blocked } = place;
		const now = document.activeElement;
		if (now !== element && now !== document.body && now !== null) return;
		if (blocked && isUsable(blocked)) blocked.focus({ preventScroll: true });
		else if (!isUsable(element)) goOn(element, whereFrom(place));
	}
	function goOn(lost: HTMLElement, group: HTMLElement | null) {
		if (!group) return;
		if (group.tabIndex < 0 && !group.hasAttribute('tabindex')) {
			group.tabIndex = -1;
			group.addEventListener('blur', () => group.removeAttribute('tabindex'), { once: true });
		}
		const blocked = lost.isConnected ? lost : null;
		group.focus({ preventScroll: true });
		if (place?.element === group) place.blocked = blocked;
	}
	/** Where one writes, editors keep the place themselves; nothing is to be done there with each letter. */
	function come() {
		const element = document.activeElement;
		observer.disconnect();
		place = element instanceof HTMLElement && isFollowed(element) ? placeOf(element, place) : null;
		if (!place) return;
		const attributeFilter = ['disabled', 'hidden', 'open'];
		observer.observe(document.body, { subtree: true, childList: true, attributeFilter });
	}

	come();
	document.addEventListener('focusin', come);
	// Pressing beside everything takes the focus away as well, and is meant.
	document.addEventListener('click', come, true);
	return () => {
		observer.disconnect();
		cancelAnimationFrame(frame);
		document.removeEventListener('focusin', come);
		document.removeEventListener('click', come, true);
	};
}

function isFollowed(element: HTMLElement): boolean {
	return element !== document.body && !element.isContentEditable;
}

function isUsable(element: HTMLElement): boolean {
	return element.isConnected && !element.matches(':disabled') && element.checkVisibility();
}

function placeOf(element: HTMLElement, last: Place | null): Place {
	const around: Place['around'] = [];
	for (let at: Element | null = element; at; at = at.parentElement) {
		around.push({ element: at, at: [...(at.parentElement?.children ?? [])].indexOf(at) });
	}
	const overlay = element.closest(overlays);
	const before = last && overlay && last.overlay === overlay ? last.before : overlay ? last : null;
	return { element, around, overlay, before, blocked: null };
}

function whereFrom(place: Place): HTMLElement | null {
	const { around, overlay, before } = place;
	if (overlay && before && !(overlay.isConnected && overlay.checkVisibility())) {
		return isUsable(before.element) ? before.element : whereFrom(before);
	}
	const left = around.findIndex(({ element }, index) => index > 0 && element.isConnected && element.checkVisibility());
	const parent = around[left]?.element;
	const gone = around[left - 1];
	const row = parent && gone && !gone.element.isConnected ? rowNear(parent, gone) : null;
	return (row ?? parent?.closest(groups) ?? document.querySelector('h1')) as HTMLElement | null;
}

/** What took its place; where that is nothing of the kind, as behind the last, what stands before. */
function rowNear({ children }: Element, { element, at }: Place['around'][number]): Element | undefined {
	const near = [...children].slice(0, at + 1);
	return near.findLast((row) => row.matches(groups) && row.tagName === element.tagName);
}
