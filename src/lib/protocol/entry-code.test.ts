import { describe, expect, test } from 'vitest';
import { codeLength, formatCode, readCode, toCode } from './entry-code.ts';

const code = '7K2QM9XH4P';

describe('a code that somebody types', () => {
	test.each([
		['as it is shown', '7K2QM 9XH4P'],
		['small', '7k2qm9xh4p'],
		['with a dash', '7K2QM-9XH4P'],
		['with a dash that a phone made', '7K2QM–9XH4P'],
		['with a minus', '7K2QM\u22129XH4P'],
		['with a slash', '7K2QM/9XH4P'],
		['with what nobody sees', '\ufeff7K2QM\u200b9XH\u00ad4P'],
		['in wide letters', '７Ｋ２ＱＭ　９ＸＨ４Ｐ'],
		['with its name before it', 'Code: 7K2QM 9XH4P'],
		['with a longer name before it', 'Dein Code für Mitschrift:\n7K2QM 9XH4P'],
		['in other groups, with a line end', ' 7K2 QM9\u00a0XH4P\n'],
	])('%s', (_how, text) => {
		expect(readCode(text)).toEqual({ kind: 'invitation', code });
	});

	test('an O is a zero, an I or an L is a one', () => {
		expect(readCode('oOiIl 23456')).toEqual({ kind: 'invitation', code: '0011123456' });
	});

	test('twelve characters are one for recovery', () => {
		expect(readCode('0123-4567-89ab')).toEqual({ kind: 'recovery', code: '0123456789AB' });
	});

	test.each(['', code.slice(1), `${code}1`, '7K2QM9XH4U', '7K2QM9XH4Ä', 'https://example.org/', `/join#${code}`])(
		'%j is none',
		(text) => {
			expect(readCode(text)).toBeNull();
		},
	);
});

test('a code is made of bytes, without letters that look like figures, and read again as itself', () => {
	const all = toCode(Uint8Array.from({ length: 256 }, (_, at) => at));
	expect(new Set(all).size).toBe(32);
	expect(all).not.toMatch(/[ILOU]/);
	for (const kind of ['invitation', 'recovery'] as const) {
		const made = toCode(Uint8Array.from({ length: codeLength(kind) }, (_, at) => at * 37));
		expect(readCode(formatCode(made))).toEqual({ kind, code: made });
	}
	expect(formatCode(code)).toBe('7K2QM 9XH4P');
	expect(formatCode('0123456789AB')).toBe('0123 4567 89AB');
});
