import { expect, test } from 'vitest';
import { hrefFromInput, safeHref } from './href.ts';

test.each([
	['example.org', 'https://example.org/'],
	['example.org/a?b=1#c', 'https://example.org/a?b=1#c'],
	['http://example.org', 'http://example.org/'],
	[' https://example.org/ ', 'https://example.org/'],
	['müller.de', 'https://xn--mller-kva.de/'],
	['a@example.org', 'mailto:a@example.org'],
	['mailto:a@example.org', 'mailto:a@example.org'],
])('%s leads to %s', (input, href) => {
	expect(hrefFromInput(input)).toBe(href);
});

test.each([
	'',
	'word',
	'two words',
	'javascript:alert(1)',
	'data:text/html,x',
	'file:///etc',
	'ftp://example.org',
	'https://',
])('“%s” leads nowhere', (input) => {
	expect(hrefFromInput(input)).toBeNull();
});

test.each([
	'javascript:alert(1)',
	'java\nscript:alert(1)',
	'/relative',
	'#hash',
	7,
	null,
	{ href: 'https://example.org' },
])('%o is no safe address', (value) => {
	expect(safeHref(value)).toBeNull();
});
