/**
 * Codes to be read out and typed: Crockford's base 32, which has no letters that look like figures, so that whoever
 * reads an O or an I has read a 0 or a 1. An invitation's has ten characters (50 bits), one for recovery twelve (60).
 */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export type CodeKind = 'invitation' | 'recovery';
const lengths: Record<CodeKind, number> = { invitation: 10, recovery: 12 };
const groups: Record<CodeKind, RegExp> = { invitation: /.{5}/g, recovery: /.{4}/g };

/** @param bytes random ones, as many as the code has characters: of each the lower five bits count */
export function toCode(bytes: Uint8Array): string {
	return [...bytes].map((byte) => alphabet[byte & 31]).join('');
}

export function codeLength(kind: CodeKind): number {
	return lengths[kind];
}

/** What stands between the characters, or unseen; and what it is called, in front, which is no address. */
const between = /[\s\p{Pd}\p{Cf}\u2212./\\_]+/gu;
const label = /^[\s\p{Cf}]*\p{L}[\p{L}\s-]{0,40}:(?!\/\/)/u;

/** Forgives case, width, spaces, dashes, slashes, look-alikes and a "Code:" in front. @returns null for what is no code */
export function readCode(text: string): { kind: CodeKind; code: string } | null {
	const code = text
		.normalize('NFKC')
		.replace(label, '')
		.replace(between, '')
		.toUpperCase()
		.replaceAll('O', '0')
		.replace(/[IL]/g, '1');
	if ([...code].some((letter) => !alphabet.includes(letter))) return null;
	const kind = (['invitation', 'recovery'] as const).find((one) => lengths[one] === code.length);
	return kind ? { kind, code } : null;
}

/** In groups, as it is read out: `7K2QM 9XH4P`. What is no code stays as it is. */
export function formatCode(text: string): string {
	const read = readCode(text);
	return read ? (read.code.match(groups[read.kind]) ?? []).join(' ') : text;
}
