import type { BodyHandle } from '#lib/editor/body-handle.ts';
import { loadLater } from '#lib/state/load-later.ts';

/** Whoever has come waits anyway before carrying out what was accepted. @returns a function that stops it */
export function settleLater(handle: BodyHandle): () => void {
	let left = false;
	let stop = (): void => {};
	void loadLater(() => import('#lib/editor/review/settling.ts')).then(({ attachSettling }) => {
		if (!left) stop = attachSettling(handle);
	});
	return () => {
		left = true;
		stop();
	};
}
