// @vitest-environment jsdom
import type { Block, Span, TextBlock } from '#lib/documents/body.ts';
import { languages } from '#lib/domain/bulletin.ts';
import { safeHref } from '#lib/domain/href.ts';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hostileAddresses, hostileTexts } from '../../tests/support/hostile-texts.ts';
import { feedOf } from './feed.ts';
import { absentPage, indexPage } from './index-page.ts';
import { cleanText, type IssueContent } from './issue-content.ts';
import { mailBody, mailDocument } from './mail-html.ts';
import { mailDraft, mailOf } from './mail.ts';
import { issuePage, previewPage } from './page.ts';
import { issueText, plainText } from './plain-text.ts';
import type { PublishedIssue, Setting } from './publication.ts';

const setting: Setting = {
	publisher: 'Stadtverband',
	timeZone: 'Europe/Berlin',
	origin: 'https://notizen.example.org',
};
const uid = '6f1c1c2e-0000-4000-8000-000000000001';
const at = Date.parse('2025-01-09T20:00:00Z');

function span(text: string, more: Partial<Span> = {}): Span {
	return { text, strong: false, em: false, href: null, ins: false, del: false, ...more };
}
function text(spans: Span[], more: Partial<TextBlock> = {}): TextBlock {
	return { kind: 'text', level: null, list: null, indent: 0, checked: false, spans, ...more };
}
function issue(content: Partial<IssueContent>, notes: string[] = []): PublishedIssue {
	const whole: IssueContent = { title: 'Rundbrief', date: '2025-01-09', language: 'de', articles: [], ...content };
	const versions = [null, ...notes].map((note, index) => ({ number: index + 1, content: whole, note, at: at + index }));
	return { name: '2025-01-09-rundbrief', uid, versions };
}
function latest({ versions }: PublishedIssue) {
	const version = versions.at(-1);
	if (!version) throw new Error('no version');
	return version;
}
const pageOf = (given: PublishedIssue, inSetting = setting) => issuePage(given, latest(given), inSetting);
const domOf = (html: string) => new DOMParser().parseFromString(html, 'text/html');

const rich = issue(
	{
		title: 'Aus dem Vorstand',
		articles: [
			{
				title: 'Wahlbüro',
				blocks: [
					text([span('Das '), span('Wahlbüro', { strong: true }), span(' tagt', { em: true }), span('.\nNeue Zeile')]),
					text([span('Wann')], { level: 1 }),
					text([span('früh')], { list: 'bullet' }),
					text([span('sehr früh')], { list: 'bullet', indent: 1 }),
					text([span('eins')], { list: 'ordered' }),
					text([span('zwei')], { list: 'ordered' }),
					text([span('getan')], { list: 'check', checked: true }),
					{ kind: 'rule' },
					text([span('Mehr '), span('dort', { href: 'https://example.org/a' })], { indent: 2 }),
					{
						kind: 'table',
						rows: [
							[{ header: true, colspan: 2, rowspan: 1, blocks: [text([span('Kopf')])] }],
							[
								{ header: false, colspan: 1, rowspan: 1, blocks: [text([span('a')]), text([span('b')])] },
								{ header: false, colspan: 1, rowspan: 1, blocks: [] },
							],
						],
					},
				],
			},
			{ title: 'Plakate', blocks: [text([span('1.400 Stück.')])] },
			{ title: 'Haushalt', blocks: [text([span('Schwerpunkte.')])] },
		],
	},
	['Das Wahlbüro tagt später.'],
);

describe('the page', () => {
	test('says in HTML what the text says', () => {
		const page = domOf(pageOf(rich));
		expect(page.documentElement.lang).toBe('de');
		expect(page.title).toBe('Aus dem Vorstand · Stadtverband');
		expect([...page.querySelectorAll('h1, h2, h3')].map((one) => one.textContent)).toEqual([
			'Aus dem Vorstand',
			'In diesem Rundbrief',
			'Wahlbüro',
			'Wann',
			'Plakate',
			'Haushalt',
		]);
		const article = page.querySelector('article');
		expect(article?.querySelector('p')?.innerHTML).toBe('Das <strong>Wahlbüro</strong><em> tagt</em>.<br>Neue Zeile');
		expect(article?.querySelector('ul > li > ul > li')?.textContent).toBe('sehr früh');
		expect(article?.querySelectorAll('ol > li')).toHaveLength(2);
		expect(article?.querySelector('[role=img]')?.getAttribute('aria-label')).toBe('erledigt');
		expect(article?.querySelector('a')?.outerHTML).toBe(
			'<a href="https://example.org/a" rel="noopener noreferrer">dort</a>',
		);
		expect(article?.querySelector('th')?.getAttribute('colspan')).toBe('2');
		expect(article?.querySelector('td')?.innerHTML).toBe('a<br>b');
		expect(page.querySelector('.note')?.textContent).toContain(
			'Berichtigt am 9. Januar 2025: Das Wahlbüro tagt später.',
		);
	});

	test('tells others what it is', () => {
		const page = domOf(pageOf(rich));
		const meta = (name: string) => page.querySelector(`meta[property="${name}"]`)?.getAttribute('content');
		expect(meta('og:title')).toBe('Aus dem Vorstand');
		expect(meta('og:url')).toBe('https://notizen.example.org/b/2025-01-09-rundbrief');
		expect(meta('og:locale')).toBe('de_DE');
		expect(meta('og:description')).toMatch(
			/^Wahlbüro: Das Wahlbüro tagt\. Neue Zeile\. Wann: früh; sehr früh; eins; zwei; getan\. Mehr dort\. Kopf; a b; Plakate: 1\.400 Stück\. Haushalt: Schwerpunkte\.$/,
		);
		expect(meta('article:published_time')).toBe('2025-01-09T20:00:00.000Z');
		expect(page.querySelector('link[rel=canonical]')?.getAttribute('href')).toBe(meta('og:url'));
	});

	test('speaks the issue’s language', () => {
		const page = domOf(pageOf(issue({ ...rich.versions[0]?.content, language: 'en' })));
		expect(page.documentElement.lang).toBe('en');
		expect(page.body.textContent).toContain('In this bulletin');
		expect(page.body.textContent).toContain('Thursday');
		expect(page.body.textContent).not.toMatch(/Veröffentlicht|Rundbriefe/);
	});

	test('fits into 14 kB uncompressed, style and all, for an issue of three articles', () => {
		expect(Buffer.byteLength(pageOf(rich))).toBeLessThan(14_000);
	});
});

describe('the feed', () => {
	test('is Atom that a parser takes, with stable ids, newer after a correction', () => {
		const feed = xmlOf(feedOf([rich, issue({ title: 'A & B <c>', language: 'en' })], uid, setting, 0));
		expect(feed.documentElement.namespaceURI).toBe('http://www.w3.org/2005/Atom');
		expect(feed.querySelector('feed > id')?.textContent).toBe(`urn:uuid:${uid}`);
		const entries = [...feed.querySelectorAll('entry')];
		expect(entries.map((entry) => entry.querySelector('title')?.textContent)).toEqual([
			'Aus dem Vorstand',
			'A & B <c>',
		]);
		const [first] = entries;
		expect(first?.querySelector('published')?.textContent).toBe('2025-01-09T20:00:00.000Z');
		expect(first?.querySelector('updated')?.textContent).toBe('2025-01-09T20:00:00.001Z');
		expect(feed.querySelector('feed > updated')?.textContent).toBe('2025-01-09T20:00:00.001Z');
		const content = domOf(first?.querySelector('content')?.textContent ?? '');
		expect(content.querySelector('strong')?.textContent).toBe('Wahlbüro');
	});

	test('without an issue is a feed, too', () => {
		const feed = xmlOf(feedOf([], uid, setting, 0));
		expect(feed.querySelector('updated')?.textContent).toBe('1970-01-01T00:00:00.000Z');
	});
});

describe('the mail', () => {
	test('loads nothing, and carries its own style', () => {
		const body = domOf(mailDocument(rich, setting));
		expect(body.querySelectorAll('img, link, style, script, [class]')).toHaveLength(0);
		for (const element of body.querySelectorAll('p, h1, h2, h3, li, td, th'))
			expect(element.getAttribute('style')).not.toBeNull();
		expect(body.body.textContent).toContain('Im Browser lesen: https://notizen.example.org/b/2025-01-09-rundbrief');
	});

	test('as plain text has the addresses of links, and lists as lists', () => {
		const plain = issueText(latest(rich).content);
		expect(plain).toContain('Aus dem Vorstand\n================');
		expect(plain).toContain('- früh\n\t- sehr früh\n1. eins\n2. zwei\n[x] getan');
		expect(plain).toContain('dort (https://example.org/a)');
		expect(mailOf(rich, setting).text).toContain('Berichtigt am 9. Januar 2025');
	});

	test('as plain text has no address that could run something', () => {
		for (const href of hostileAddresses.filter((each) => safeHref(each) === null))
			expect(plainText([text([span('hier', { href })])]), href).toBe('hier');
	});

	test('is a draft of 7-bit lines no longer than 76 characters, with no date and no sender', () => {
		const draft = mailDraft(rich, setting);
		const lines = draft.split('\r\n');
		for (const line of lines.slice(6)) expect(line.length).toBeLessThanOrEqual(76);
		expect(draft).toMatch(/^[\t\x20-\x7e\r\n]*$/);
		expect(draft.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
		const head = lines.slice(0, lines.indexOf(''));
		expect(head.map((line) => line.split(':')[0])).not.toContain('Date');
		expect(head).toContain('X-Unsent: 1');
	});
});

describe('what is hostile stays text', () => {
	const spans = fc.record({
		text: fc.oneof(fc.constantFrom(...hostileTexts), fc.string({ unit: 'binary' })),
		strong: fc.boolean(),
		em: fc.boolean(),
		href: fc.oneof(fc.constant(null), fc.constantFrom(...hostileAddresses), fc.string()),
	});
	const textBlocks = fc.record({
		level: fc.constantFrom(null, 1 as const, 2 as const, 3 as const),
		list: fc.constantFrom(null, 'bullet' as const, 'ordered' as const, 'check' as const),
		indent: fc.nat({ max: 8 }),
		checked: fc.boolean(),
		spans: fc.array(spans, { maxLength: 4 }),
	});
	function toBlock({ spans: given, ...block }: typeof textBlocks extends fc.Arbitrary<infer T> ? T : never): Block {
		const made = text(
			given.map((one) => span(cleanText(one.text), { strong: one.strong, em: one.em, href: one.href })),
			block,
		);
		if (block.indent !== 7) return made;
		return { kind: 'table', rows: [[{ header: block.checked, colspan: 1, rowspan: 1, blocks: [made] }]] };
	}
	const anyText = fc.oneof(fc.constantFrom(...hostileTexts), fc.string({ unit: 'binary' })).map(cleanText);
	const issues = fc
		.record({
			title: anyText,
			publisher: anyText,
			note: anyText,
			language: fc.constantFrom(...languages),
			articles: fc.array(fc.record({ title: anyText, blocks: fc.array(textBlocks, { maxLength: 4 }) }), {
				maxLength: 4,
			}),
		})
		.map(({ publisher, note, articles, ...rest }) => ({
			publisher,
			given: issue(
				{
					...rest,
					articles: articles.map(({ title, blocks }) => ({
						title,
						blocks: blocks.map(toBlock),
					})),
				},
				[note],
			),
		}));

	/** Elements and attributes that a rendering may have; anything else came out of a text. */
	const elements = new Set(
		'html head meta title link style body a header div time main nav h1 h2 h3 h4 h5 ol ul li p br strong em hr table tbody tr th td article footer span'.split(
			' ',
		),
	);
	const attributes = new Set(
		'lang charset name content property rel href type title class id tabindex datetime aria-labelledby aria-label role colspan rowspan style'.split(
			' ',
		),
	);

	function expectHarmless(html: string): void {
		const document = domOf(html);
		const strange: string[] = [];
		for (const element of document.querySelectorAll('*')) {
			if (!elements.has(element.localName)) strange.push(element.outerHTML.slice(0, 200));
			for (const { name, value } of element.attributes) {
				if (!attributes.has(name)) strange.push(`${element.localName} ${name}`);
				if (name === 'href' && !/^(https?:|mailto:|\/b\/|\/icons\/mark\.svg$|#)/.test(value)) strange.push(value);
				if (name === 'rel' && !/^(icon|alternate|canonical|noopener noreferrer)$/.test(value)) strange.push(value);
			}
		}
		const once = ['title', 'style'].filter((name) => document.querySelectorAll(name).length > 1);
		const never = document.querySelectorAll('meta[http-equiv], base, script').length;
		expect([...strange, ...once, never]).toEqual([0]);
	}

	test('on every page, in the feed, and in the mail, for the corpus and at random', () => {
		fc.assert(
			fc.property(issues, ({ given, publisher }) => {
				const inSetting = { ...setting, publisher };
				const pages = [
					pageOf(given, inSetting),
					previewPage(given, inSetting),
					indexPage([given], inSetting),
					absentPage('withdrawn', given.versions[0]?.content.language ?? 'de', inSetting),
					mailBody(given, inSetting),
					mailDocument(given, inSetting),
				];
				for (const page of pages) expectHarmless(page);
				const feed = xmlOf(feedOf([given], uid, inSetting, 0));
				expect(feed.querySelectorAll('entry')).toHaveLength(1);
				for (const content of feed.querySelectorAll('content')) expectHarmless(content.textContent ?? '');
				const draft = mailDraft(given, inSetting);
				const head = draft.slice(0, draft.indexOf('\r\n\r\n'));
				expect(head.match(/^[\w-]+:/gm)).toEqual([
					'Subject:',
					'X-Unsent:',
					'MIME-Version:',
					'Content-Language:',
					'Content-Type:',
				]);
				expect(draft).toMatch(/^[\t\x20-\x7e\r\n]*$/);
			}),
			{ numRuns: 60 },
		);
	}, 60_000);
});

/** @throws for what is not well-formed */
function xmlOf(text: string): Document {
	const document = new DOMParser().parseFromString(text, 'application/xml');
	const fault = document.querySelector('parsererror');
	if (fault) throw new Error(`${fault.textContent}: ${text.slice(0, 500)}`);
	return document;
}
