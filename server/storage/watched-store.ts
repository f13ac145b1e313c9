import type { UpdateStore } from './contract.ts';

/** @returns the store, with another way in for what is appended; all else is asked of the store itself */
export function watchedStore(store: UpdateStore, append: UpdateStore['append']): UpdateStore {
	return {
		load: (name) => store.load(name),
		compact: (...compacted) => store.compact(...compacted),
		authors: (name) => store.authors(name),
		exists: (name) => store.exists(name),
		list: () => store.list(),
		close: () => store.close(),
		append,
	};
}
