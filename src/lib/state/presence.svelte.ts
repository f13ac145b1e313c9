/** Who has a document open right now. The relay vouches for the ids; names come from the people directory. */
import type { DocumentHandle } from '#lib/sync/contract.ts';
import { createSubscriber } from 'svelte/reactivity';
import type { View } from './document-view.svelte.ts';

/** Says that this person is here, and reads who is: person ids, each once, sorted. */
export function attachPresence(handle: Pick<DocumentHandle, 'awareness'>, personId: string): View<string[]> {
	const { awareness } = handle;
	awareness.setLocalStateField('user', { id: personId });
	const subscribe = createSubscriber((update) => {
		// An editor that leaves the page says so in the middle of a rendering: readers hear of it after that.
		// And only of who comes and goes, not of every move of a caret.
		let known = peopleIn(awareness).join(' ');
		const changed = () => {
			const now = peopleIn(awareness).join(' ');
			if (now === known) return;
			known = now;
			queueMicrotask(update);
		};
		awareness.on('change', changed);
		return () => awareness.off('change', changed);
	});
	return {
		get current() {
			subscribe();
			return peopleIn(awareness);
		},
	};
}

function peopleIn({ states }: DocumentHandle['awareness']): string[] {
	const ids = [...states.values()].map(readPersonId).filter((id) => id !== null);
	return [...new Set(ids)].sort();
}

/** What others say of themselves is untrusted: anything may stand there. */
function readPersonId(state: unknown): string | null {
	const user: unknown = typeof state === 'object' && state !== null && 'user' in state ? state.user : null;
	const id: unknown = typeof user === 'object' && user !== null && 'id' in user ? user.id : null;
	return typeof id === 'string' && id !== '' ? id : null;
}
