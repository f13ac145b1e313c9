import { personHeader } from '#lib/protocol/api.ts';
import { expect, test, vi } from 'vitest';
import { createApi, nothing } from './api.ts';

test('every request says whose page it is, while it is somebody’s', async () => {
	const sent: Headers[] = [];
	let person: string | undefined = 'p-mara';
	const api = createApi({
		person: () => person,
		fetch: async (_, init) => {
			sent.push(new Headers(init?.headers));
			return Response.json({});
		},
	});
	await api.send('POST', '/api/x', nothing, {});
	await api.send('DELETE', '/api/x', nothing);
	person = undefined;
	await api.send('POST', '/api/x', nothing, {});
	expect(sent.map((headers) => headers.get(personHeader))).toEqual(['p-mara', 'p-mara', null]);
	expect(sent.map((headers) => headers.get('content-type'))).toEqual(['application/json', null, 'application/json']);
});

test('a page whose browser has another person’s session by now is told to look', async () => {
	const strayed = vi.fn();
	const answers = [
		Response.json({ error: 'forbidden' }, { status: 403 }),
		Response.json({ error: 'another-person' }, { status: 409 }),
	];
	const api = createApi({ strayed, fetch: async () => answers.shift() as Response });
	await api.send('POST', '/api/x', nothing);
	expect(strayed).not.toHaveBeenCalled();
	expect(await api.send('POST', '/api/x', nothing)).toEqual({ ok: false, error: 'another-person' });
	expect(strayed).toHaveBeenCalledOnce();
});
