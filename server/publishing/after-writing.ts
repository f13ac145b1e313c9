/** A store that tells of one document when something was written into it: soon, and once for all that came meanwhile. */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import type { UpdateStore } from '../storage/contract.ts';
import { watchedStore } from '../storage/watched-store.ts';

/** Milliseconds. */
export const soon = 1000;

export type AfterWriting = {
	/** @param work when something came into this document; must not throw */
	tell(name: DocumentName, work: () => void): void;
	close(): void;
};

/** @returns the store to write to, and who is told */
export function tellingStore(store: UpdateStore): { store: UpdateStore } & AfterWriting {
	let told: { name: DocumentName; work: () => void } | null = null;
	let timer: ReturnType<typeof setTimeout> | undefined;
	const telling = watchedStore(store, (batch) => {
		const appending = store.append(batch);
		if (told && batch.some(({ name }) => name === told?.name)) void appending.written.then(wait, () => {});
		return appending;
	});
	function wait() {
		if (!told) return;
		timer ??= setTimeout(() => {
			timer = undefined;
			told?.work();
		}, soon);
		timer.unref();
	}
	return {
		store: telling,
		tell: (name, work) => void (told = { name, work }),
		close() {
			told = null;
			clearTimeout(timer);
		},
	};
}
