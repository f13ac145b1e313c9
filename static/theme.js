// Runs before the first paint, so that a chosen theme never flashes the other one. Kept in step with src/lib/ui/theme.svelte.ts.
(() => {
	try {
		const choice = localStorage.getItem('mitschrift.theme');
		if (choice === 'light' || choice === 'dark') document.documentElement.dataset.theme = choice;
	} catch {
		// Without storage the device's own theme stands.
	}
})();
