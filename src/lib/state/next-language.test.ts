import type { BulletinEntry } from '#lib/domain/bulletin.ts';
import { overwriteGetLocale } from '#lib/i18n/paraglide/runtime.js';
import { afterEach, expect, test } from 'vitest';
import type { App } from './app.svelte.ts';
import { Bulletins } from './bulletin.svelte.ts';

const languageAfter = (...bulletins: Partial<BulletinEntry>[]) =>
	new Bulletins({ directory: { bulletins } } as unknown as App).language;

afterEach(() => overwriteGetLocale(() => 'de'));

test('a new issue is written in what the last one was written in, the first in what its writer reads', () => {
	overwriteGetLocale(() => 'en');
	expect(languageAfter()).toBe('en');
	expect(languageAfter({ language: 'de' }, { language: 'en' })).toBe('de');
	overwriteGetLocale(() => 'de');
	expect(languageAfter()).toBe('de');
	expect(languageAfter({ language: 'en' }, { language: 'de' })).toBe('en');
});
