/** Whether a name is meant by what was typed so far: every word of it begins a word of the name, accents and case aside. */
export function matchesName(name: string, typed: string): boolean {
	const words = plain(name).split(/[\s-]+/);
	return plain(typed)
		.split(/[\s-]+/)
		.filter(Boolean)
		.every((start) => words.some((word) => word.startsWith(start)));
}

/** `Öztürk` is found by `ozturk` as well as by `öztürk`, and `Groß` by `gross`. */
function plain(text: string): string {
	return text
		.toLocaleLowerCase('de')
		.replaceAll('ß', 'ss')
		.replaceAll('ı', 'i')
		.replaceAll('ø', 'o')
		.replaceAll('ł', 'l')
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.trim();
}
