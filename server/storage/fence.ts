import type { DocumentName } from '#lib/protocol/document-name.ts';

export type Fence = { allows(name: DocumentName, token: number): boolean };

/**
 * Lets no one do under an older lease what somebody has begun under a newer one. In memory: of a store that only this process can open, and
 * leases that end with it.
 */
export function createFence(): Fence {
	const newest = new Map<DocumentName, number>();
	return {
		allows(name, token) {
			if (token < (newest.get(name) ?? 0)) return false;
			newest.set(name, token);
			return true;
		},
	};
}
