// @vitest-environment jsdom
import { orderedMarks, paragraph, type Attributes, type RichMark, type RichNode } from '#lib/documents/rich-body.ts';
import { expect, test } from 'vitest';
import { hostileAddresses, hostileTexts } from '../../../tests/support/hostile-texts.ts';
import { sectionsToHtml, sectionsToText } from './to-html.ts';

const line = (text: string, attrs: Attributes = {}, ...marks: RichMark[]): RichNode =>
	paragraph(attrs, text === '' ? [] : [{ text, marks: orderedMarks(marks) }]);
const strong: RichMark = { type: 'strong', attrs: {} };
const link = (href: string): RichMark => ({ type: 'link', attrs: { href } });
const cell = (text: string, header = false): RichNode => ({
	name: 'cell',
	attrs: header ? { header } : {},
	content: [line(text)],
});
const row = (...content: RichNode[]): RichNode => ({ name: 'row', attrs: {}, content });

const blocks = [
	line('Wann', { level: 1 }),
	line('Das Wahlbüro', {}, strong),
	line('eins', { list: 'ordered' }),
	line('innen', { list: 'bullet', indent: 1 }),
	line('zwei', { list: 'ordered' }),
	line('getan', { list: 'check', checked: true }),
	{ name: 'rule', attrs: {}, content: [] },
	line('mehr', {}, link('https://example.org/')),
	{ name: 'table', attrs: {}, content: [row(cell('Wer', true), cell('Wann', true)), row(cell('Nord'), cell('10'))] },
];

test('a page of HTML has its lists, headings, links and tables as such', () => {
	const html = sectionsToHtml('Aus dem Vorstand', [{ title: 'Wahlbüro', blocks }], 'de');
	const page = new DOMParser().parseFromString(html, 'text/html');
	const texts = (selector: string) => [...page.querySelectorAll(selector)].map((each) => each.textContent?.trim());
	expect(page.documentElement.lang).toBe('de');
	expect(page.title).toBe('Aus dem Vorstand');
	expect([texts('h1'), texts('article > h2'), texts('h3')]).toEqual([['Aus dem Vorstand'], ['Wahlbüro'], ['Wann']]);
	expect(texts('strong')).toEqual(['Das Wahlbüro']);
	expect(page.querySelectorAll('ol > li')).toHaveLength(2);
	expect(texts('ol > li > ul > li')).toEqual(['innen']);
	expect(page.querySelector<HTMLInputElement>('li input')?.checked).toBe(true);
	expect(page.querySelectorAll('hr')).toHaveLength(1);
	expect(page.querySelector('a')?.getAttribute('href')).toBe('https://example.org/');
	expect([texts('th'), texts('td')]).toEqual([
		['Wer', 'Wann'],
		['Nord', '10'],
	]);
});

test('as plain text, one line a paragraph, lists with their signs', () => {
	const text = sectionsToText('Aus dem Vorstand', [
		{ title: 'Wahlbüro', blocks },
		{ title: '', blocks: [line('Ende')] },
	]);
	expect(text).toMatch(/^Aus dem Vorstand\n\n\nWahlbüro\n\nWann\nDas Wahlbüro\n1\. eins\n\t[•–*-] innen\n2\. zwei\n/);
	expect(text).toContain('Wer\tWann\nNord\t10');
	expect(text.endsWith('\n\n\nEnde\n')).toBe(true);
});

test('hostile words stay words in every field of the page', () => {
	for (const [index, words] of hostileTexts.entries()) {
		const href = hostileAddresses[index % hostileAddresses.length] ?? '';
		const hostile = [line(words), line(words, { level: 2 }, link(href)), line(words, { list: 'bullet' }, strong)];
		const page = new DOMParser().parseFromString(
			sectionsToHtml(words, [{ title: words, blocks: hostile }], 'de'),
			'text/html',
		);
		expect(page.querySelectorAll('script, iframe, img, svg, form, base, link, style, meta[http-equiv]')).toHaveLength(
			0,
		);
		for (const element of page.querySelectorAll('*'))
			for (const { name, value } of element.attributes) {
				expect(name).not.toMatch(/^on/);
				if (name === 'href') expect(value).toMatch(/^(https?|mailto):/);
			}
	}
});
