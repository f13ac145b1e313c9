/**
 * A name must not pass for another's: its letters are of one alphabet, and it does not look like somebody's who is here
 * and is written in other letters, of another alphabet or of the same. Two people may have the very same name; the audit
 * log tells them apart.
 */

/** Those of which whole names look alike. */
const alphabets = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u];

/** Letters, and the Latin ones that they look like. */
const lookalikes: readonly (readonly [letters: string, latin: string])[] = [
	['АВЕЅІЈКМНОРСТУҮХԚԜӀ', 'ABESIJKMHOPCTYYXQWI'],
	['аеѕіјкорсуүхԛԝԁһӏѵ', 'aesijkopcyyxqwdhlv'],
	['ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹͿ', 'ABEZHIKMNOPTYXCJ'],
	['αγικνορτυχϲϳ', 'ayikvoptuxcj'],
];
/** Latin letters and digits that many typefaces draw alike, one or two together. */
const alike: readonly (readonly [written: RegExp, look: string])[] = [
	[/[I1|ı]/g, 'l'],
	[/0/g, 'O'],
	[/rn/g, 'm'],
	[/vv/g, 'w'],
];
const latinOf = new Map(
	lookalikes.flatMap(([letters, latin]) => [...letters].map((each, at) => [each, latin[at] ?? each] as const)),
);

export function mixesAlphabets(name: string): boolean {
	const plain = name.normalize('NFKC');
	return alphabets.filter((alphabet) => alphabet.test(plain)).length > 1;
}

/** Whether one could be taken for the other, although it is not the same. */
export function passesFor(name: string, other: string): boolean {
	return name.normalize() !== other.normalize() && lookOf(name) === lookOf(other);
}

/**
 * Without joiners, which nobody sees. Twice, because taking a letter apart (ї, ά) leaves another one, and some letters are
 * not themselves any more after it.
 */
function lookOf(name: string): string {
	const latin = toLatin(toLatin(name).normalize('NFKD'))
		.normalize()
		.replaceAll(/[\u200c\u200d]/g, '')
		.replaceAll(/\s+/g, ' ');
	return alike.reduce((look, [written, as]) => look.replaceAll(written, as), latin);
}

function toLatin(name: string): string {
	return [...name].map((letter) => latinOf.get(letter) ?? letter).join('');
}
