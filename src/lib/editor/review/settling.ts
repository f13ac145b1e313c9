/**
 * Carries out what was accepted, on one device: of those that are connected and may write, the one with the lowest client
 * id. A device that has come, or come back, waits a moment first, so that it has heard of the others. One that is there
 * carries out an accepted join at once: until then nothing of it is to be seen, unlike an accepted break.
 */
import { bodyRoots, bodyRoot } from '#lib/documents/body.ts';
import { settleBody } from '#lib/documents/settle.ts';
import type * as Y from 'yjs';
import type { BodyHandle } from '../body-handle.ts';

const afterMs = 1500;
/** Whoever accepts several accepts them together. Milliseconds. */
const togetherMs = 30;

/** @returns a function that stops it */
export function attachSettling(handle: BodyHandle): () => void {
	const { doc, awareness, access } = handle;
	if (access !== 'write') return () => undefined;
	awareness.setLocalStateField('settles', true);
	const isOnline = () => handle.status?.connection === 'online';
	let timer: ReturnType<typeof setTimeout> | undefined;
	let [online, since] = [isOnline(), performance.now()];
	const settle = () => {
		timer = undefined;
		if (!isOnline() || !isFirst(awareness.getStates(), doc.clientID)) return;
		for (const id of bodyRoots(doc)) settleBody(doc, bodyRoot(id));
	};
	const begin = (wait: number) => {
		clearTimeout(timer);
		timer = setTimeout(settle, Math.max(wait, since + afterMs - performance.now()));
	};
	const later = () => {
		if (timer === undefined) begin(afterMs);
	};
	// To look through all of the text with every letter that is typed would be too much.
	const changed = ({ changed }: Y.Transaction) => {
		if ([...changed.values()].some((keys) => keys.has('join'))) begin(togetherMs);
	};
	const turned = () => {
		if (online === isOnline()) return;
		[online, since] = [!online, performance.now()];
		begin(afterMs);
	};
	later();
	doc.on('update', later);
	doc.on('afterTransaction', changed);
	awareness.on('change', later);
	const off = handle.onStatus?.(turned);
	return () => {
		clearTimeout(timer);
		off?.();
		doc.off('update', later);
		doc.off('afterTransaction', changed);
		awareness.off('change', later);
		awareness.setLocalStateField('settles', null);
	};
}

/** Whether no other device that settles comes before this one. */
export function isFirst(states: ReadonlyMap<number, unknown>, clientId: number): boolean {
	const others = [...states].filter(([, state]) => (state as { settles?: unknown } | null)?.settles === true);
	return others.every(([id]) => id >= clientId);
}
