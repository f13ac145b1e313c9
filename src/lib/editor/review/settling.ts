/**
 * Carries out what was accepted, on one device: of those that are connected and may write, the one with the lowest client
 * id. It waits a moment first, so that a device that has just come back has heard of the others.
 */
import { bodyRoots, bodyRoot } from '#lib/documents/body.ts';
import { settleBody } from '#lib/documents/settle.ts';
import type { BodyHandle } from '../body-handle.ts';

const afterMs = 1500;

/** @returns a function that stops it */
export function attachSettling(handle: BodyHandle): () => void {
	const { doc, awareness, access } = handle;
	if (access !== 'write') return () => undefined;
	awareness.setLocalStateField('settles', true);
	let timer: ReturnType<typeof setTimeout> | undefined;
	const settle = () => {
		timer = undefined;
		if (handle.status?.connection !== 'online' || !isFirst(awareness.getStates(), doc.clientID)) return;
		for (const id of bodyRoots(doc)) settleBody(doc, bodyRoot(id));
	};
	const later = () => {
		timer ??= setTimeout(settle, afterMs);
	};
	later();
	doc.on('update', later);
	awareness.on('change', later);
	return () => {
		clearTimeout(timer);
		doc.off('update', later);
		awareness.off('change', later);
		awareness.setLocalStateField('settles', null);
	};
}

/** Whether no other device that settles comes before this one. */
export function isFirst(states: ReadonlyMap<number, unknown>, clientId: number): boolean {
	const others = [...states].filter(([, state]) => (state as { settles?: unknown } | null)?.settles === true);
	return others.every(([id]) => id >= clientId);
}
