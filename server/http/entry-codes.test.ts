/** Codes to type, over HTTP: used once in whichever form, forgiving to people, and not to be guessed. */
import type { NewInvitation } from '#lib/protocol/api.ts';
import { formatCode } from '#lib/protocol/entry-code.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type HttpApp, openHttpApp } from '../../tests/support/http-app.ts';
import { triesLimits } from '../accounts/tries.ts';
import { strangerLimits } from './stranger-limits.ts';

const hour = 3_600_000;
let app: HttpApp;
beforeEach(async () => {
	app = await openHttpApp();
});
afterEach(() => app.close());

const invite = (): NewInvitation => app.accounts.invitations.invite({ name: 'Berta', role: 'member' }, null);
const join = (token: string) => app.outcome('POST', '/api/join', { body: { token } });
const preview = (token: string) => app.outcome('POST', '/api/join/preview', { body: { token } });

describe('an invitation’s code', () => {
	test('lets in as its link does, however it is typed', async () => {
		const { code } = invite();
		const typed = ` ${formatCode(code).toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l').replace(' ', '–')}`;
		const looked = await app.ask('POST', '/api/join/preview', { body: { token: typed } });
		expect(await looked.json()).toMatchObject({ name: 'Berta', role: 'member' });
		expect(await join(typed)).toBe('200');
	});

	test('and the link are one invitation: using either uses both', async () => {
		const [first, second] = [invite(), invite()];
		expect(await join(first.code)).toBe('200');
		expect(await join(first.token)).toBe('410 link-used');
		expect(await join(second.token)).toBe('200');
		expect(await join(second.code)).toBe('410 link-used');
		expect(app.accounts.people.list()).toHaveLength(3);
	});

	test('used twice at once gives exactly one device', async () => {
		const { code, token } = invite();
		const outcomes = await Promise.all([join(code), join(token), join(code.toLowerCase()), join(code)]);
		expect(outcomes.filter((outcome) => outcome === '200')).toHaveLength(1);
		expect(app.accounts.sessions.devices(null, '')).toHaveLength(2);
	});

	test('expires with its link, and withdrawn is unknown', async () => {
		const [late, withdrawn] = [invite(), invite()];
		app.accounts.invitations.withdraw(withdrawn.id);
		expect(await join(withdrawn.code)).toBe('404 link-unknown');
		app.time += 120 * hour;
		invite();
		expect(await join(late.code)).toBe('410 link-expired');
	});

	test('is neither in the list of invitations nor in the log', async () => {
		const made = await app.ask('POST', '/api/invitations', { as: app.admin, body: { name: 'Cem', role: 'board' } });
		const { code, token } = (await made.json()) as NewInvitation;
		const listed = await (await app.ask('GET', '/api/invitations', { as: app.admin })).text();
		await join(code);
		for (const secret of [code, formatCode(code), token]) {
			expect(listed).not.toContain(secret);
			expect(app.logged.join()).not.toContain(secret);
		}
	});
});

describe('guessing', () => {
	const guesses = ['00000 00000', '11111 11111', '22222 22222', '33333 33333', '44444 44444', '55555 55555'];

	test('slows down after a few, from whichever page, and the right code waits like the wrong ones', async () => {
		const { code } = invite();
		for (const guess of guesses) expect(await preview(guess)).toBe('404 link-unknown');
		const refused = await app.ask('POST', '/api/join', { body: { token: code } });
		expect(refused.status).toBe(429);
		expect(refused.headers.get('retry-after')).toBe('2');
		expect(await preview(code)).toBe('429 too-many-tries');
		expect(await app.outcome('POST', '/api/setup', { body: { token: guesses[0], association: 'x', name: 'x' } })).toBe(
			'429 too-many-tries',
		);
		app.time += 2000;
		expect(await join(code)).toBe('200');
	});

	test('of codes makes no link wait that cannot be guessed, and wrong links make no code wait', async () => {
		const [first, second] = [invite(), invite()];
		for (const guess of guesses) await preview(guess);
		expect(await preview(first.code)).toBe('429 too-many-tries');
		expect(await join(first.token)).toBe('200');
		app.time += hour;
		for (const guess of guesses) await preview(`einFalscherLink${guess.charCodeAt(0)}`);
		expect(await join(second.code)).toBe('200');
	});

	test('of links makes wrong ones wait and no good one, whoever tries beside it', async () => {
		const { token } = invite();
		const wrong = (at: number) => preview(`einFalscherLinkNummer${at}`);
		for (let at = 0; at <= triesLimits.free; at++) expect(await wrong(at)).toBe('404 link-unknown');
		expect(await wrong(99)).toBe('429 too-many-tries');
		expect(await preview(token)).toBe('200');
		expect(await join(token)).toBe('200');
		app.time += 2000;
		expect(await wrong(99)).toBe('404 link-unknown');
	});

	test('with codes that were good once is guessing; a used link that many open again is not', async () => {
		const [used, open] = [invite(), invite()];
		await join(used.code);
		for (let at = 0; at <= triesLimits.free; at++) expect(await join(used.token)).toBe('410 link-used');
		for (let at = 0; at <= triesLimits.free; at++) expect(await join(used.code)).toBe('410 link-used');
		expect(await join(used.code)).toBe('429 too-many-tries');
		expect(await preview(open.code)).toBe('429 too-many-tries');
		expect(await join(open.token)).toBe('200');
	});

	test('is in the log, by its way and its reason, and no code is', async () => {
		await preview('00000 00000');
		await preview('einFalscherLinkOhneSinn');
		const refused = app.logged.filter((line) => line.includes('entry-refused'));
		expect(refused).toEqual([
			'{"event":"entry-refused","way":"code","reason":"link-unknown"}',
			'{"event":"entry-refused","way":"link","reason":"link-unknown"}',
		]);
	});

	test('ends in a lock of a quarter of an hour', async () => {
		const { code } = invite();
		for (let at = 0; at < triesLimits.free + 10; at++) {
			expect(await preview(`${guesses[0]?.slice(0, -1)}${at % 10}`)).toBe('404 link-unknown');
			app.time += triesLimits.longest - 1000;
		}
		expect(await join(code)).toBe('429 too-many-tries');
		app.time += 1000;
		expect(await join(code)).toBe('200');
	});

	test('one code from many addresses is slowed down too, and another one is not', async () => {
		const guess = (token: string, from: string) => app.outcome('POST', '/api/join/preview', { body: { token }, from });
		for (let at = 0; at <= triesLimits.free; at++)
			expect(await guess('00000 00000', `203.0.113.${at}`)).toBe('404 link-unknown');
		expect(await guess('00000 00000', '203.0.113.99')).toBe('429 too-many-tries');
		expect(await guess('11111 11111', '203.0.113.99')).toBe('404 link-unknown');
	});

	test('whoever asks without end is paced, also with what is right, and pays with nobody else’s time', async () => {
		const { token } = invite();
		const from = '203.0.113.9';
		const look = (address: string) => app.outcome('POST', '/api/join/preview', { body: { token }, from: address });
		for (let count = 0; count < strangerLimits.burst; count++) expect(await look(from)).toBe('200');
		expect(await look(from)).toBe('429 too-many-tries');
		expect(await look('203.0.113.10')).toBe('200');
	});

	test('many who join at one table with good codes are no guessers', async () => {
		for (let at = 0; at < 12; at++) expect(await join(invite().code)).toBe('200');
	});
});
