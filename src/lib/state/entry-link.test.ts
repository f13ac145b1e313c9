import { describe, expect, it } from 'vitest';
import { readEntryLink, readToken, toEntryLink } from './entry-link.ts';

const token = 'dXNlLW9uY2UtdG9rZW4x_w';

describe('a link by which a person gets in', () => {
	it('is read out of what a messenger makes of it', () => {
		const link = toEntryLink('https://brett.example', { place: 'join', token });
		for (const text of [link, ` ${link}\n`, `Hier dein Link: ${link}.`, `<${link}>`])
			expect(readEntryLink(text)).toEqual({ place: 'join', token });
	});

	it('tells the set-up link from an invitation, and takes a bare token for an invitation', () => {
		expect(readEntryLink(`http://localhost:3000/setup#${token}`)).toEqual({ place: 'setup', token });
		expect(readEntryLink(token)).toEqual({ place: 'join', token });
	});

	it('is nothing where there is no token', () => {
		for (const text of ['', 'hallo', 'https://brett.example/join', 'https://brett.example/join#', '/join#kurz'])
			expect(readEntryLink(text)).toBeNull();
		expect(readToken('#<script>alert(1)</script>')).toBeNull();
	});
});
