/** Coming in and going out: set-up, invitations used, the session. */
import type { JoinPreview, SessionAnswer } from '#lib/protocol/api.ts';
import { Hono, type Context } from 'hono';
import { createHash } from 'node:crypto';
import { Refusal } from '../accounts/refusal.ts';
import type { NewSession, Session } from '../accounts/sessions.ts';
import { addressOf } from './address.ts';
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

	/**
	 * Counts wrong secrets against who asks and against the secret itself, which may be asked for from many addresses.
	 * @throws Refusal `too-many-tries`, before anything is looked up
	 */
	function guess<T>(context: Context, secret: string, work: () => T): T {
		const keys = [`address ${addressOf(context)}`, `secret ${createHash('sha256').update(secret).digest('base64')}`];
		const wait = accounts.tries.wait(keys);
		if (wait > 0) throw new Refusal('too-many-tries', wait);
		try {
			return work();
		} catch (cause) {
			if (cause instanceof Refusal && cause.code === 'link-unknown') accounts.tries.failed(keys);
			throw cause;
		}
	}

	return new Hono<Environment>()
		.get('/session', requireSession(services), (context) => context.json(toAnswer(context.get('session'))))
		.delete('/session', requireSession(services), signOut)
		.post('/sign-out', requireSession(services), signOut)
		.post('/setup', async (context) => {
			const request = await readBody(context, setUpRequest);
			const device = deviceNameOf(context.req.header('user-agent'));
			const session = guess(context, request.token, () => accounts.association.setUp(request, device));
			log('set-up', { person: session.person.id });
			return letIn(context, session);
		})
		.post('/join/preview', async (context) => {
			const { token } = await readBody(context, joinRequest);
			const { name, role } = guess(context, token, () => accounts.invitations.preview(token));
			const association = accounts.association.current()?.association.name ?? '';
			return context.json({ name, role, association } satisfies JoinPreview);
		})
		.post('/join', async (context) => {
			const { token } = await readBody(context, joinRequest);
			const device = deviceNameOf(context.req.header('user-agent'));
			const session = guess(context, token, () => accounts.invitations.redeem(token, device));
			// A guest who was at another meeting leaves that one.
			if (session.person.role === 'guest') disconnect({ personId: session.person.id });
			log('joined', { person: session.person.id, role: session.person.role });
			return letIn(context, session);
		});
}
