import { describe, expect, test } from 'vitest';
import { checkText } from './check-text.ts';
import { clubs } from './corpus/clubs.ts';
import { clubPages } from './ordinary-clubs.ts';

/** Characters of a typed page. */
const page = 1800;

describe.each(Object.entries(clubs))('%s', (name, { calendar, findings, quiet }) => {
	test.each(findings)('%s: %s', (kinds, line) => {
		const [marked = '', first] = line.split(' → ');
		const text = marked.replace(/[⟦⟧]/g, '');
		const found = checkText(text, calendar);
		let [seen, at] = ['', 0];
		for (const { from, to } of found) {
			seen += `${text.slice(at, from)}⟦${text.slice(from, to)}⟧`;
			at = to;
		}
		expect([found.map(({ says }) => says.kind).join(', '), seen + text.slice(at), found[0]?.mends[0]?.text]).toEqual([
			kinds,
			marked,
			first,
		]);
	});

	test.each(quiet)('nothing: %s', (text) => {
		expect(checkText(text, calendar)).toEqual([]);
	});

	test('its pages alarm less than once in two', () => {
		const text = (clubPages[name] ?? []).join('\n');
		const found = text
			.split('\n')
			.flatMap((line) =>
				checkText(line, calendar).map(({ says, from, to }) => `${says.kind}: ${line.slice(from, to)}`),
			);
		expect(text.length / page).toBeGreaterThan(2);
		expect(found.length / (text.length / page), found.join('\n')).toBeLessThan(1 / 2);
	});
});
