const alphabet = '0123456789abcdefghijklmnopqrstuv';

/**
 * A fresh identifier: 16 characters of `[0-9a-v]`, 80 random bits, usable in a document's name.
 * @param random fills an array with random bytes; a test passes its own
 */
export function newId(
	random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array = (bytes) => crypto.getRandomValues(bytes),
): string {
	let id = '';
	for (const byte of random(new Uint8Array(16))) id += alphabet[byte & 31];
	return id;
}
