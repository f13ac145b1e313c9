/** Coming in and going out: set-up, invitations used, the session. */
import type { JoinPreview, SessionAnswer } from '#lib/protocol/api.ts';
import { Hono, type Context } from 'hono';
import { Refusal } from '../accounts/refusal.ts';
import type { NewSession, Session } from '../accounts/sessions.ts';
import type { Environment, Routes, Services } from './environment.ts';
import { requireSession } from './guard.ts';
import { isSecureHost } from './origin.ts';
import { joinRequest, readBody, setUpRequest } from './requests.ts';
import { clearSessionToken, setSessionToken } from './session-cookie.ts';
import { deviceNameOf } from './user-agent.ts';

export function entryRoutes(services: Services): Routes {
	const { accounts, origins, log, disconnect } = services;

	function toAnswer({ person }: Session): SessionAnswer {
		const current = accounts.association.current();
		if (!current) throw new Refusal('not-set-up');
		return { person, ...current };
	}

	function letIn(context: Context, session: NewSession): Response {
		setSessionToken(context, session.token, isSecureHost(context.req.header('host'), origins));
		return context.json(toAnswer(session));
	}

	function signOut(context: Context<Environment>): Response {
		const { id, person } = context.get('session');
		accounts.sessions.end(id);
		disconnect({ sessionId: id });
		clearSessionToken(context, isSecureHost(context.req.header('host'), origins));
		log('signed-out', { person: person.id });
		return context.body(null, 204);
	}

	return new Hono<Environment>()
		.get('/session', requireSession(services), (context) => context.json(toAnswer(context.get('session'))))
		.delete('/session', requireSession(services), signOut)
		.post('/sign-out', requireSession(services), signOut)
		.post('/setup', async (context) => {
			const request = await readBody(context, setUpRequest);
			const session = accounts.association.setUp(request, deviceNameOf(context.req.header('user-agent')));
			log('set-up', { person: session.person.id });
			return letIn(context, session);
		})
		.post('/join/preview', async (context) => {
			const { token } = await readBody(context, joinRequest);
			const { name, role } = accounts.invitations.preview(token);
			const association = accounts.association.current()?.association.name ?? '';
			return context.json({ name, role, association } satisfies JoinPreview);
		})
		.post('/join', async (context) => {
			const { token } = await readBody(context, joinRequest);
			const session = accounts.invitations.redeem(token, deviceNameOf(context.req.header('user-agent')));
			log('joined', { person: session.person.id, role: session.person.role });
			return letIn(context, session);
		});
}
