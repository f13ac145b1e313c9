/**
 * Passkeys: one's own, and signing in with one. Whoever needs one and has none may do nothing else, so these routes are
 * open to them too.
 */
import type { PasskeysAnswer, RecoveryCodesAnswer } from '#lib/protocol/api.ts';
import type { Role } from '#lib/protocol/policy.ts';
import type { RegistrationResponseJSON } from '@simplewebauthn/server';
import { Hono } from 'hono';
import type { Environment, Routes, Services } from './environment.ts';
import { requireSession } from './guard.ts';
import { newPasskey, passkeyChange, readBody } from './requests.ts';

/** A guest comes for one meeting, by invitation. */
const isMember = (role: Role) => role !== 'guest';

export function passkeyRoutes(services: Services): Routes {
	const { accounts, log } = services;
	const { passkeys, recovery } = accounts;
	const anyone = requireSession(services, isMember, { withoutPasskey: true });
	return new Hono<Environment>()
		.get('/', anyone, (context) => {
			const { person } = context.get('session');
			const answer = { passkeys: passkeys.list(person.id), codesLeft: recovery.left(person.id), host: passkeys.host };
			return context.json(answer satisfies PasskeysAnswer);
		})
		.post('/options', anyone, async (context) =>
			context.json(await passkeys.optionsToAdd(context.get('session').person)),
		)
		.post('/', anyone, async (context) => {
			const { person } = context.get('session');
			const { name, response } = await readBody(context, newPasskey);
			const passkey = await passkeys.add(person, name, response as unknown as RegistrationResponseJSON);
			accounts.audit.record({ kind: 'passkey-added', by: person.id, about: person.id });
			log('passkey-added', { person: person.id });
			return context.json(passkey, 201);
		})
		.patch('/:id', anyone, async (context) => {
			const { name } = await readBody(context, passkeyChange);
			passkeys.rename(context.req.param('id'), context.get('session').person.id, name);
			return context.body(null, 204);
		})
		.delete('/:id', anyone, (context) => {
			const { person } = context.get('session');
			passkeys.remove(context.req.param('id'), person.id);
			accounts.audit.record({ kind: 'passkey-removed', by: person.id, about: person.id });
			log('passkey-removed', { person: person.id });
			return context.body(null, 204);
		})
		.post('/recovery-codes', requireSession(services, isMember), (context) => {
			const { person } = context.get('session');
			const codes = recovery.create(person.id);
			log('recovery-codes-made', { person: person.id });
			return context.json({ codes } satisfies RecoveryCodesAnswer, 201);
		});
}
