/** How a person looks where there is no picture: a colour by id, the same on every device, and two letters of the name. */
const colours = 8;

/** A CSS colour with 4.5:1 to white text. */
export function personColour(id: string): string {
	let sum = 0;
	for (const letter of id) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_003;
	return `var(--p${sum % colours})`;
}

/** First letters of the first and the last word of a name; of one word its first two letters. What is in brackets is no name. */
export function initialsOf(name: string): string {
	const words = name
		.replace(/\([^)]*\)?/g, ' ')
		.trim()
		.split(/\s+/)
		.filter(Boolean);
	const first = words[0] ?? '';
	const last = words.length > 1 ? (words.at(-1) ?? '') : '';
	const letters = last ? [...first].slice(0, 1).concat([...last].slice(0, 1)) : [...first].slice(0, 2);
	return letters.join('').toLocaleUpperCase();
}
