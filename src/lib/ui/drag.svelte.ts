/**
 * One row being dragged. Nothing is remembered of the list but the pointer and the row in hand: where the rows stand is
 * measured anew in every frame, so a list that others reorder meanwhile stays right.
 */
import { dropBefore, scrollStep, shiftsFor, type Row } from './sorting.ts';

export type Drag = {
	/** The row in hand, or null. */
	readonly id: string | null;
	/** Pixels by which a row is moved from where it stands. */
	offsetOf(id: string): number;
	start(id: string, event: PointerEvent): void;
	/** Measures again; call after the list changed. */
	refresh(): void;
};

/**
 * @param list the element whose children carry `data-sort-row`
 * @param ondrop asked once, when the row is let go
 */
export function createDrag(list: () => HTMLElement | null, ondrop: (id: string, before: string | null) => void): Drag {
	let id = $state<string | null>(null);
	let offset = $state(0);
	let shifts = $state.raw<ReadonlyMap<string, number>>(new Map());
	let before: string | null = null;
	/** From the row's top to where it was taken, and the pointer's place in the window. */
	let grip = 0;
	let pointer = 0;
	let pointerId = -1;
	let frame = 0;

	function rows(element: HTMLElement): Row[] {
		return [...element.children].flatMap((row) =>
			row instanceof HTMLElement && row.dataset.sortRow !== undefined
				? [{ id: row.dataset.sortRow, top: row.offsetTop, height: row.offsetHeight }]
				: [],
		);
	}
	function refresh() {
		const element = list();
		if (id === null || !element) return;
		const all = rows(element);
		const row = all.find((one) => one.id === id);
		if (!row) return stop();
		const top = pointer - grip - element.getBoundingClientRect().top;
		offset = top - row.top;
		before = dropBefore(all, id, top + row.height / 2);
		shifts = shiftsFor(all, id, before);
	}
	function everyFrame() {
		if (id === null) return;
		const step = scrollStep(pointer, 0, innerHeight);
		if (step !== 0) scrollerOf(list())?.scrollBy({ top: step, behavior: 'instant' });
		refresh();
		frame = requestAnimationFrame(everyFrame);
	}
	function moved(event: PointerEvent) {
		if (event.pointerId === pointerId) pointer = event.clientY;
	}
	function dropped(event: PointerEvent) {
		if (event.pointerId !== pointerId) return;
		refresh();
		const done = id;
		const target = before;
		stop();
		if (done !== null) ondrop(done, target);
	}
	function cancelled(event: PointerEvent | KeyboardEvent) {
		if (event instanceof KeyboardEvent ? event.key === 'Escape' : event.pointerId === pointerId) stop();
	}
	function stop() {
		id = null;
		offset = 0;
		shifts = new Map();
		cancelAnimationFrame(frame);
		// On the window, not on the handle: a row that changes its place would lose a captured pointer.
		removeEventListener('pointermove', moved);
		removeEventListener('pointerup', dropped);
		removeEventListener('pointercancel', cancelled);
		removeEventListener('keydown', cancelled);
	}
	function start(rowId: string, event: PointerEvent) {
		const row = list()?.querySelector(`[data-sort-row="${CSS.escape(rowId)}"]`);
		if (event.button !== 0 || !row || id !== null) return;
		event.preventDefault();
		if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus({ preventScroll: true });
		pointer = event.clientY;
		pointerId = event.pointerId;
		grip = event.clientY - row.getBoundingClientRect().top;
		id = rowId;
		addEventListener('pointermove', moved);
		addEventListener('pointerup', dropped);
		addEventListener('pointercancel', cancelled);
		addEventListener('keydown', cancelled);
		everyFrame();
	}

	return {
		get id() {
			return id;
		},
		offsetOf: (rowId) => (rowId === id ? offset : (shifts.get(rowId) ?? 0)),
		start,
		refresh,
	};
}

/** What scrolls when the list is longer than the window: the nearest box that can, or the page. */
function scrollerOf(element: HTMLElement | null): Element | null {
	for (let box = element?.parentElement; box; box = box.parentElement) {
		const { overflowY } = getComputedStyle(box);
		if ((overflowY === 'auto' || overflowY === 'scroll') && box.scrollHeight > box.clientHeight) return box;
	}
	return document.scrollingElement;
}
