import type { PeopleAnswer, PersonExport } from '#lib/protocol/api.ts';
import type { AuditAnswer } from '#lib/protocol/audit.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { type Guest, type HttpApp, openHttpApp } from '../../tests/support/http-app.ts';

let app: HttpApp;
let berta: Guest;

beforeEach(async () => {
	app = await openHttpApp();
	berta = await app.join('board');
	await app.ask('PATCH', `/api/people/${berta.id}`, {
		as: berta,
		body: { name: 'Berta Beispiel', contact: '0151 2345678' },
	});
});
afterEach(() => app.close());

const askFor = async <T>(...asked: Parameters<HttpApp['ask']>) => (await (await app.ask(...asked)).json()) as T;
const erase = (id: string, as = app.admin) => app.outcome('POST', `/api/people/${id}/erase`, { as });

/** Berta was there, has a shift and a task, and wrote a suggestion. */
async function mentionBerta(): Promise<void> {
	const doc = new Y.Doc();
	doc.getMap('attendance').set(`${berta.id}:state`, 'present');
	const task = new Y.Map<unknown>();
	doc.getMap('tasks').set('t1', task);
	task.set('personId', berta.id);
	task.set('title', 'Saal buchen');
	const other = new Y.Map<unknown>();
	doc.getMap('tasks').set('t2', other);
	other.set('personId', 'jemand');
	const body = doc.getXmlFragment('body:i1');
	const text = new Y.XmlText('Wir treffen uns ');
	const paragraph = new Y.XmlElement('paragraph');
	paragraph.insert(0, [text]);
	body.insert(0, [paragraph]);
	text.insert(text.length, 'morgen', { 'ins--a': { by: berta.id, at: 1, id: 's1' } });
	text.insert(text.length, '.', { 'ins--a': null });
	await app.store.append([
		{ name: 'minutes:m1', updates: [Y.encodeStateAsUpdate(doc)], authors: [[doc.clientID, berta.id]] },
	]).durable;
}

describe('erasing a person', () => {
	test('takes name and contact away at once, removes them, and makes every device look again', async () => {
		expect(await erase(berta.id)).toBe('204');
		const answer = await askFor<PeopleAnswer>('GET', '/api/people', { as: app.admin });
		expect(answer.people.map(({ id }) => id)).toEqual([app.admin.id]);
		expect(answer.former).toEqual([{ id: berta.id, name: '' }]);
		expect(await app.outcome('GET', '/api/session', { as: berta })).toBe('401 revoked');
		expect(app.disconnected).toEqual([{ personId: berta.id }, 'everyone looks again']);
	});

	test('works for who was removed before, whose name stayed until then', async () => {
		await app.ask('DELETE', `/api/people/${berta.id}`, { as: app.admin });
		const before = await askFor<PeopleAnswer>('GET', '/api/people', { as: app.admin });
		expect(before.former).toEqual([{ id: berta.id, name: 'Berta Beispiel' }]);
		expect(await erase(berta.id)).toBe('204');
		const after = await askFor<PeopleAnswer>('GET', '/api/people', { as: app.admin });
		expect(after.former).toEqual([{ id: berta.id, name: '' }]);
	});

	test('leaves no name in the audit log, in the log, or with an invitation', async () => {
		const { token } = app.accounts.invitations.invite({ name: 'Cem Beispiel', role: 'member' }, app.admin.id);
		const cem = await app.enter('/api/join', { token });
		await erase(cem.id);
		await erase(berta.id);
		const audit = await askFor<AuditAnswer>('GET', '/api/audit', { as: app.admin });
		expect(audit.entries[0]).toMatchObject({ kind: 'person-erased', by: app.admin.id, about: berta.id });
		const invitations = await askFor('GET', '/api/invitations', { as: app.admin });
		for (const said of [audit, invitations, app.logged]) expect(JSON.stringify(said)).not.toContain('Beispiel');
	});

	test('is an admin’s to do, not to the last admin, and not to nobody', async () => {
		expect(await erase(app.admin.id, berta)).toBe('403 forbidden');
		expect(await erase(app.admin.id)).toBe('409 last-admin');
		expect(await erase('nobody')).toBe('404 not-found');
	});
});

describe('the export of a person', () => {
	test('has all that is stored about them, and where in documents their id stands', async () => {
		await mentionBerta();
		const version = { label: 'Vor der Wahl', madeAt: 1, sequence: 1 };
		await app.store.keepVersion('minutes:m1', { ...version, id: 'v1', personId: berta.id }, new Uint8Array([0, 0]));
		await app.store.keepVersion('minutes:m1', { ...version, id: 'v2', personId: 'jemand' }, new Uint8Array([0, 0]));
		app.accounts.approvals.approve('b1', berta.id, { hash: 'h', outline: '{}' });
		app.accounts.approvals.approve('b2', 'jemand', { hash: 'h', outline: '{}' });
		app.accounts.recovery.create(berta.id);
		const all = await askFor<PersonExport>('GET', `/api/people/${berta.id}/export`, { as: berta });
		expect(all.person).toMatchObject({ id: berta.id, name: 'Berta Beispiel', contact: '0151 2345678', role: 'board' });
		expect(all.devices).toHaveLength(1);
		expect([all.recoveryCodesLeft, all.passkeys]).toEqual([10, []]);
		expect(all.approvals).toEqual([{ name: 'bulletin:b1', at: new Date(app.time).toISOString() }]);
		expect(all.audit.map(({ kind }) => kind)).toEqual(['joined', 'name-changed']);
		expect(all.documents).toEqual([
			{
				name: 'minutes:m1',
				wrote: true,
				versions: ['Vor der Wahl'],
				mentions: expect.arrayContaining([
					{ path: `attendance/${berta.id}:state`, value: '"present"' },
					{ path: 'tasks/t1/personId', value: `"${berta.id}"` },
					{ path: 'body:i1/0/0', value: 'morgen' },
				]) as unknown,
			},
		]);
		expect(all.documents[0]?.mentions).toHaveLength(3);
	});

	test('names nobody else: not who invited or changed them, and not whom they invited', async () => {
		const { id } = app.accounts.people.add('Gustav', 'guest');
		const guestOf = { meetingId: 'm1', minutes: false };
		app.accounts.audit.recording(
			() => app.accounts.invitations.invite({ personId: id, guestOf }, berta.id),
			() => ({ kind: 'invited', by: berta.id, about: id }),
		);
		await app.ask('PATCH', `/api/people/${berta.id}`, { as: app.admin, body: { name: 'Berta B.' } });
		const all = await askFor<PersonExport>('GET', `/api/people/${berta.id}/export`, { as: berta });
		expect(all.invitations).toMatchObject([{ by: berta.id, for: '…' }]);
		expect(all.audit.slice(-2)).toMatchObject([
			{ kind: 'invited', by: berta.id, about: '…' },
			{ kind: 'name-changed', by: '…', about: berta.id },
		]);
		for (const other of [id, app.admin.id]) expect(JSON.stringify(all)).not.toContain(other);
	});

	test('is for themselves and for admins, and is noted', async () => {
		const cem = await app.join('board');
		const path = `/api/people/${berta.id}/export`;
		expect(await app.outcome('GET', path, { as: cem })).toBe('403 forbidden');
		expect(await app.outcome('GET', path)).toBe('401 unauthorized');
		expect(await app.outcome('GET', path, { as: app.admin })).toBe('200');
		expect(await app.outcome('GET', '/api/people/nobody/export', { as: app.admin })).toBe('404 not-found');
		const { entries } = await askFor<AuditAnswer>('GET', '/api/audit', { as: app.admin });
		expect(entries.filter(({ kind }) => kind === 'person-exported')).toMatchObject([
			{ by: app.admin.id, about: berta.id },
		]);
	});
});

test('a text is erased by who is an admin still when it was found', async () => {
	await app.store.append([{ name: 'minutes:m1', updates: [Y.encodeStateAsUpdate(new Y.Doc())] }]);
	app.accounts.people.change(berta.id, { role: 'admin' });
	const exists = app.store.exists.bind(app.store);
	const looking = vi.spyOn(app.store, 'exists').mockImplementationOnce(async (name) => {
		app.accounts.people.change(berta.id, { role: 'board' });
		return exists(name);
	});
	expect(await app.outcome('POST', '/api/documents/minutes:m1/erase', { as: berta })).toBe('403 forbidden');
	expect(looking).toHaveBeenCalled();
	looking.mockRestore();
	const audit = await askFor<AuditAnswer>('GET', '/api/audit', { as: app.admin });
	expect(audit.entries.map(({ kind }) => kind)).not.toContain('text-erased');
});
