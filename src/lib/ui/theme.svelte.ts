/** Light, dark, or as the device has it. The choice is kept on this device; `static/theme.js` reads it before the first paint. */
export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const key = 'mitschrift.theme';

let choice = $state<Theme>(kept());

export const theme = {
	get choice(): Theme {
		return choice;
	},
	set choice(next: Theme) {
		choice = next;
		const { dataset } = document.documentElement;
		if (next === 'system') delete dataset.theme;
		else dataset.theme = next;
		try {
			if (next === 'system') localStorage.removeItem(key);
			else localStorage.setItem(key, next);
		} catch {
			// A device that keeps nothing forgets the choice with the page.
		}
	},
};

function kept(): Theme {
	const stands = globalThis.document?.documentElement.dataset.theme;
	return stands === 'light' || stands === 'dark' ? stands : 'system';
}
