import { describe, expect, test } from 'vitest';
import { documentKinds, type DocumentName } from './document-name.ts';
import { accessOf, accessTo, roles } from './policy.ts';

const names = documentKinds.map((kind): [(typeof documentKinds)[number], DocumentName] => [
	kind,
	`${kind}:${kind === 'directory' || kind === 'register' ? 'main' : 'm1'}`,
]);

describe('what a person may with one document', () => {
	test.each(names)('%s: goes by the kind for everyone but guests', (kind, name) => {
		for (const role of roles.filter((one) => one !== 'guest'))
			expect(accessTo({ role }, name)).toBe(accessOf(role, kind));
		const guestOf = { meetingId: 'm1', minutes: true };
		expect(accessTo({ role: 'member', guestOf }, name), 'a grant of before gives nothing').toBe(
			accessOf('member', kind),
		);
	});

	test('a guest reads the agenda of their meeting, and writes its minutes when let in to them', () => {
		const of = (minutes: boolean) =>
			names
				.map(([, name]) => [name, accessTo({ role: 'guest', guestOf: { meetingId: 'm1', minutes } }, name)])
				.filter(([, access]) => access !== 'none');
		expect(of(false)).toEqual([['agenda:m1', 'read']]);
		expect(of(true)).toEqual([
			['agenda:m1', 'read'],
			['minutes:m1', 'write'],
		]);
	});

	test('a guest has nothing of another meeting, nor without one, nor under a name that is none', () => {
		const guestOf = { meetingId: 'main', minutes: true };
		for (const [, name] of names) expect(accessTo({ role: 'guest' }, name)).toBe('none');
		expect(accessTo({ role: 'guest', guestOf: { meetingId: 'm2', minutes: true } }, 'agenda:m1')).toBe('none');
		expect(accessTo({ role: 'guest', guestOf }, 'directory:main')).toBe('none');
		expect(accessTo({ role: 'guest', guestOf }, 'register:main')).toBe('none');
		expect(accessTo({ role: 'admin' }, 'agenda:../x' as DocumentName)).toBe('none');
	});
});
