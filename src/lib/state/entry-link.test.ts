import { describe, expect, it } from 'vitest';
import { isCode, readEntry, readSecret, toEntryLink } from './entry-link.ts';

const token = 'dXNlLW9uY2UtdG9rZW4x_w';

describe('a link by which a person gets in', () => {
	it('is read out of what a messenger makes of it', () => {
		const link = toEntryLink('https://brett.example', { place: 'join', token });
		for (const text of [link, ` ${link}\n`, `Hier dein Link: ${link}.`, `<${link}>`])
			expect(readEntry(text)).toEqual({ place: 'join', token });
	});

	it('tells the set-up link from an invitation, and takes a bare token for an invitation', () => {
		expect(readEntry(`http://localhost:3000/setup#${token}`)).toEqual({ place: 'setup', token });
		expect(readEntry(token)).toEqual({ place: 'join', token });
	});

	it('is nothing where there is no token', () => {
		for (const text of ['', 'hallo', 'https://brett.example/join', 'https://brett.example/join#', '/join#kurz'])
			expect(readEntry(text)).toBeNull();
		expect(readSecret('#<script>alert(1)</script>')).toBeNull();
	});
});

describe('a code by which a person gets in', () => {
	it('is read as people type it, and out of an address', () => {
		for (const text of ['7K2QM 9XH4P', '7k2qm-9xh4p', '#7K2QM9XH4P', 'https://brett.example/join#7K2QM9XH4P'])
			expect(readEntry(text)).toEqual({ place: 'join', token: '7K2QM9XH4P' });
	});

	it('for recovery has twelve characters', () => {
		expect(readEntry('0123 4567 89ab')).toEqual({ place: 'join', token: '0123456789AB' });
	});

	it('is told from a link, of which nobody compares the signs', () => {
		for (const code of ['7K2QM9XH4P', '0123456789AB']) expect(isCode(code)).toBe(true);
		expect(isCode(token)).toBe(false);
	});

	it('too short or too long is none', () => {
		for (const text of ['7K2QM 9XH4', '7K2QM 9XH4P 1']) expect(readEntry(text)).toBeNull();
	});
});
