try {
	const theme = localStorage.getItem('mitschrift.theme');
	if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
	// none
}
