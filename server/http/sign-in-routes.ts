/** Signing in with a passkey: for a device that nobody is signed in on. */
import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import { Hono } from 'hono';
import type { EntryDesk } from './entry-desk.ts';
import type { Environment, Routes, Services } from './environment.ts';
import { paceStranger } from './guard.ts';
import { readBody, signInRequest } from './requests.ts';
import { deviceNameOf } from './user-agent.ts';

export function signInRoutes(services: Services, desk: EntryDesk): Routes {
	const { accounts, log } = services;
	return new Hono<Environment>()
		.post('/options', async (context) => {
			paceStranger(services, context);
			return context.json(await accounts.passkeys.optionsToSignIn());
		})
		.post('/', async (context) => {
			const { response } = await readBody(context, signInRequest);
			const device = deviceNameOf(context.req.header('user-agent'));
			const session = await desk.guess(context, null, async () => {
				const begin = await accounts.passkeys.judgeSignIn(response as unknown as AuthenticationResponseJSON);
				return desk.enter(
					context,
					() => begin(device),
					({ id: session, person: { id, role } }) => ({
						kind: 'joined',
						by: id,
						about: id,
						detail: { device: session, role },
					}),
				);
			});
			const { id } = session.person;
			log('signed-in', { person: id });
			return desk.letIn(context, session);
		});
}
