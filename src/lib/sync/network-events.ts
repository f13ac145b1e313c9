/** What the browser tells of the network and of the person's coming back, where there is a browser. */
export type NetworkEvents = { online: () => void; offline: () => void; returned: () => void };

/** @returns a function that stops listening */
export function watchNetwork({ online, offline, returned }: NetworkEvents): () => void {
	if (typeof window === 'undefined') return () => {};
	const visible = () => document.visibilityState === 'visible' && returned();
	window.addEventListener('online', online);
	window.addEventListener('offline', offline);
	window.addEventListener('pageshow', visible);
	document.addEventListener('visibilitychange', visible);
	return () => {
		window.removeEventListener('online', online);
		window.removeEventListener('offline', offline);
		window.removeEventListener('pageshow', visible);
		document.removeEventListener('visibilitychange', visible);
	};
}
