/** In which language the public reads what stands around the issues, and that there is nothing to read. */
import type { Language } from '#lib/domain/bulletin.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Accounts, openAccounts } from '../accounts/accounts.ts';
import { createPublicSite, type PublicSite } from './public-site.ts';

let accounts: Accounts;
let site: PublicSite;
let issues: number;

beforeEach(() => {
	issues = 0;
	accounts = openAccounts(':memory:', () => 1);
	site = createPublicSite({ accounts, now: () => 1, timeZone: () => 'Europe/Berlin' });
	const token = accounts.association.setUpToken() ?? '';
	accounts.association.setUp({ token, association: 'Stadtverband', name: 'Mara' }, '');
});
afterEach(() => accounts.close());

/** Each is a day later than the one before. @returns its name */
function publish(language: Language): string {
	const day = String(++issues).padStart(2, '0');
	const content = { title: 'Brief', date: `2025-01-${day}`, language, articles: [] };
	const by = accounts.people.list()[0]?.id ?? '';
	const publication = { hash: day, outline: '[]', content: JSON.stringify(content), note: null, by };
	accounts.publications.publish(day, publication, () => `brief-${day}`);
	return `brief-${day}`;
}

const languageOf = (text: string) => /<html lang="(\w+)"/.exec(text)?.[1];
const around = () => [site.index(null), site.missing(null)].map(({ text }) => languageOf(text));

test('the list is in the language of most of the latest issues, not of the one that came last', () => {
	expect(around()).toEqual(['de', 'de']);
	for (const language of ['de', 'de', 'en'] as const) publish(language);
	expect(around()).toEqual(['de', 'de']);
	publish('en');
	expect(around()).toEqual(['de', 'de']);
	publish('en');
	expect(around()).toEqual(['en', 'en']);
	for (let at = 0; at < 3; at++) publish('de');
	expect(around()).toEqual(['de', 'de']);
});

test('that an issue was withdrawn is said in its language, and when nothing of it is kept in that of the others', () => {
	publish('de');
	const name = publish('en');
	accounts.publications.withdraw('02');
	const { status, text } = site.page(null, name, null);
	expect([status, languageOf(text)]).toEqual([410, 'en']);
	expect(text).toContain('This bulletin has been withdrawn');
	accounts.publications.forgetWithdrawn('02');
	expect(languageOf(site.page(null, name, null).text)).toBe('de');
});

test('what was withdrawn before a correction stays so where a restore brings back the one and not the other', () => {
	const name = publish('de');
	expect(site.page(null, name, null).status).toBe(200);
	const by = accounts.people.list()[0]?.id ?? '';
	accounts.audit.record({ kind: 'page-withdrawn', by, about: '01' });
	accounts.audit.record({ kind: 'published', by, about: '01', detail: { version: 2 } });
	const restored = publish('de');
	expect([null, 1].map((version) => site.page(null, name, version).status)).toEqual([410, 410]);
	expect(site.index(null).text).not.toContain(name);
	expect(site.index(null).text).toContain(restored);
});
