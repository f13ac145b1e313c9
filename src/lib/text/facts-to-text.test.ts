import { paragraph, type RichNode } from '#lib/documents/rich-body.ts';
import type { FactSources } from '#lib/domain/facts/fact.ts';
import { expect, test } from 'vitest';
import { factsToText } from './facts-to-text.ts';

const sources: FactSources = {
	meeting: () => ({ start: '2025-01-16T18:00', end: null, place: '', status: 'planned' }),
	action: () => null,
	shift: () => undefined,
	resolution: () => ({ text: 'Es werden Plakate bestellt.', vote: null, status: 'adopted' }),
	office: () => ({ title: 'Vorsitz', personId: 'mara' }),
	personName: () => 'Mara Sander',
};

function fact(kind: string, form: string, more: Record<string, string> = {}): RichNode {
	const attrs = { kind, of: 'x/y', form, text: 'wie zuletzt', was: '2025-01-09T18:00', ...more };
	return { name: 'fact', attrs, content: [] };
}

test('a file has what a fact reads now, a name too, and what it read last where nothing can be known', () => {
	const [line] = factsToText(
		[
			paragraph({}, [
				{ text: 'Wir tagen ', marks: [] },
				fact('meeting', 'de.when'),
				{ text: ', es grüßt ', marks: [] },
				fact('office', 'de.holder'),
				{ text: '. Schicht: ', marks: [] },
				fact('shift', 'de.span', { was: '10:00/12:00' }),
				{ text: '. ', marks: [] },
				fact('action', 'de.place', { was: 'Markt' }),
			]),
		],
		sources,
	);
	expect(line?.content).toEqual([
		{
			text: 'Wir tagen Do., 16. Januar 2025, 18 Uhr, es grüßt Mara Sander. Schicht: 10 bis 12 Uhr. wie zuletzt',
			marks: [],
		},
	]);
});

test('what is said about a fact is said about its words', () => {
	const [line] = factsToText([paragraph({}, [fact('meeting', 'de.day', { comments: 'c1 c2' })])], sources);
	const marks = ['c1', 'c2'].map((id) => ({ type: 'comment', attrs: { id } }));
	expect(line?.content).toEqual([{ text: '16. Januar 2025', marks: expect.arrayContaining(marks) as unknown }]);
});

test('a fact that is suggested, or to go, is so as a text, in a table, too', () => {
	const said = { by: 'jonas', at: 1, id: 's' };
	const cell = {
		name: 'cell',
		attrs: {},
		content: [paragraph({}, [fact('resolution', 'de.text', { ins: JSON.stringify(said) })])],
	};
	const table = { name: 'table', attrs: {}, content: [{ name: 'row', attrs: {}, content: [cell] }] };
	const struck = paragraph({}, [fact('meeting', 'de.day', { del: JSON.stringify(said) })]);
	const text = JSON.stringify(factsToText([table, struck], sources));
	expect(text).toContain(
		`{"text":"Es werden Plakate bestellt.","marks":[{"type":"ins","attrs":${JSON.stringify(said)}}]}`,
	);
	expect(text).toContain(`{"text":"16. Januar 2025","marks":[{"type":"del","attrs":${JSON.stringify(said)}}]}`);
});
