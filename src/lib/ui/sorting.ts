/** Where a row goes when it is moved by hand or by key. Rows are described by their place in the list, in pixels from its top. */
export type Row = { id: string; top: number; height: number };

/**
 * The row before which the dragged one would be dropped; null for the end.
 * @param rows in order, at the places where they stand without the drag
 * @param centre middle of the dragged row as it hangs at the pointer
 */
export function dropBefore(rows: readonly Row[], dragged: string, centre: number): string | null {
	const from = rows.findIndex((row) => row.id === dragged);
	for (const [index, row] of rows.entries()) {
		if (index === from) continue;
		const middle = row.top + row.height / 2;
		if (centre < middle || (index > from && centre === middle)) return row.id;
	}
	return null;
}

/** How far each other row moves aside, so that a gap opens where the dragged one would be dropped. Pixels by id. */
export function shiftsFor(rows: readonly Row[], dragged: string, before: string | null): Map<string, number> {
	const from = rows.findIndex((row) => row.id === dragged);
	const row = rows[from];
	const shifts = new Map<string, number>();
	if (!row) return shifts;
	const neighbour = rows[from + 1] ?? row;
	const gap = neighbour === row ? gapAbove(rows, from) : neighbour.top - row.top - row.height;
	const to = before === null ? rows.length : rows.findIndex((one) => one.id === before);
	for (const [index, other] of rows.entries()) {
		if (index > from && index < to) shifts.set(other.id, -(row.height + gap));
		else if (index < from && index >= to) shifts.set(other.id, row.height + gap);
	}
	return shifts;
}

function gapAbove(rows: readonly Row[], index: number): number {
	const [above, row] = [rows[index - 1], rows[index]];
	return above && row ? row.top - above.top - above.height : 0;
}

/** Where a row would come to stand: `before` whom, and at which place, counted from 1. */
export type Move = { before: string | null; place: number };

/** @returns null when the key moves nothing, or the row is at that end already */
export function moveByKey(ids: readonly string[], id: string, key: string): Move | null {
	const at = ids.indexOf(id);
	if (at < 0) return null;
	const last = ids.length - 1;
	const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: last }[key];
	if (to === undefined || to === at || to < 0 || to > last) return null;
	return { before: ids.filter((one) => one !== id)[to] ?? null, place: to + 1 };
}

/** The place, counted from 1, that a row takes when it is put before another. Null when it would stay where it is. */
export function placeBefore(ids: readonly string[], id: string, before: string | null): number | null {
	const others = ids.filter((one) => one !== id);
	const found = before === null ? others.length : others.indexOf(before);
	const place = found < 0 ? others.length : found;
	return place === ids.indexOf(id) ? null : place + 1;
}

/** Pixels to scroll in one frame while a row is held near the window's edge: faster the nearer. */
export function scrollStep(pointer: number, top: number, bottom: number): number {
	const zone = 72;
	const fastest = 18;
	if (pointer < top + zone) return -Math.ceil((fastest * Math.min(zone, top + zone - pointer)) / zone);
	if (pointer > bottom - zone) return Math.ceil((fastest * Math.min(zone, pointer - bottom + zone)) / zone);
	return 0;
}
