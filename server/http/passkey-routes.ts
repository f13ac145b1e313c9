/**
 * Passkeys: one's own, for an admin everyone's, to take a lost one away. Whoever needs one and has none may do nothing else
 * than add one, so these routes are open to them too.
 */
import type { AllPasskeysAnswer, PasskeysAnswer, RecoveryCodesAnswer } from '#lib/protocol/api.ts';
import { managesPeople, type Role } from '#lib/protocol/policy.ts';
import type { RegistrationResponseJSON } from '@simplewebauthn/server';
import { Hono } from 'hono';
import { Refusal } from '../accounts/refusal.ts';
import type { Session } from '../accounts/sessions.ts';
import type { Environment, Routes, Services } from './environment.ts';
import { paceEffort, requireSession } from './guard.ts';
import { disconnectShutOut } from './overdue.ts';
import { newPasskey, passkeyChange, readBody } from './requests.ts';

/** A guest comes for one meeting, by invitation. */
const isMember = (role: Role) => role !== 'guest';

/** @throws Refusal `not-found`: another's passkey is not there for whoever may not know of it; `passkey-needed` */
function requireManager({ accounts }: Services, person: Session['person']): void {
	if (!managesPeople(person.role)) throw new Refusal('not-found');
	if (accounts.passkeys.shutsOut(person)) throw new Refusal('passkey-needed');
}

export function passkeyRoutes(services: Services): Routes {
	const { accounts, log } = services;
	const { passkeys, recovery } = accounts;
	const anyone = requireSession(services, isMember, { withoutPasskey: true });
	return new Hono<Environment>()
		.get('/', anyone, (context) => {
			const { person } = context.get('session');
			return context.json({
				passkeys: passkeys.list(person.id),
				codesLeft: recovery.left(person.id),
				codesSince: recovery.since(person.id),
				host: passkeys.host,
			} satisfies PasskeysAnswer);
		})
		.get('/all', requireSession(services, managesPeople), (context) =>
			context.json({ passkeys: passkeys.all() } satisfies AllPasskeysAnswer),
		)
		.post('/options', anyone, async (context) => {
			const { person } = context.get('session');
			paceEffort(services, 'passkey', person.id);
			const options = await passkeys.optionsToAdd(person);
			context.get('admitAgain')();
			return context.json(options);
		})
		.post('/', anyone, async (context) => {
			const { person } = context.get('session');
			const { name, response } = await readBody(context, newPasskey);
			const add = await passkeys.judgeNew(person, { name, response: response as unknown as RegistrationResponseJSON });
			// The person may have been removed, or their device, while this thought.
			const { id: device } = context.get('admitAgain')();
			const passkey = accounts.audit.recording(
				() => add(device),
				() => ({ kind: 'passkey-added', by: person.id, about: person.id }),
			);
			log('passkey-added', { person: person.id });
			return context.json(passkey, 201);
		})
		.patch('/:id', anyone, async (context) => {
			const { name } = await readBody(context, passkeyChange);
			passkeys.rename(context.req.param('id'), context.get('session').person.id, name);
			return context.body(null, 204);
		})
		.delete('/:id', requireSession(services, isMember, { withoutPasskey: true, unpaced: true }), (context) => {
			const { person } = context.get('session');
			const id = context.req.param('id');
			const owner = passkeys.ownerOf(id);
			if (owner !== person.id) requireManager(services, person);
			accounts.audit.revoking(
				() => passkeys.remove(id, owner, { lost: owner !== person.id }),
				() => ({ kind: 'passkey-removed', by: person.id, about: owner }),
			);
			disconnectShutOut(services, owner);
			log('passkey-removed', { by: person.id, person: owner });
			return context.body(null, 204);
		})
		.post('/recovery-codes', requireSession(services, isMember), (context) => {
			const { id: device, person } = context.get('session');
			paceEffort(services, 'codes', person.id);
			const codes = accounts.audit.recording(
				() => recovery.create(person.id, device),
				() => ({ kind: 'codes-made', by: person.id, about: person.id }),
			);
			log('recovery-codes-made', { person: person.id });
			return context.json({ codes, since: recovery.since(person.id) ?? '' } satisfies RecoveryCodesAnswer, 201);
		});
}
