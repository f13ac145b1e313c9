/** The API under `/api`: every refusal is an `ApiError`, nothing is ever cached. */
import type { DocumentsAnswer, Person } from '#lib/protocol/api.ts';
import { parseDocumentName } from '#lib/protocol/document-name.ts';
import { accessTo } from '#lib/protocol/policy.ts';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { Refusal } from '../accounts/refusal.ts';
import { authorRoutes } from './author-routes.ts';
import { erasureRoutes } from './erasure-routes.ts';
import { deviceRoutes } from './device-routes.ts';
import { auditRoutes } from './audit-routes.ts';
import { bulletinRoutes } from './bulletin-routes.ts';
import { entryRoutes } from './entry-routes.ts';
import type { Environment, Routes, Services } from './environment.ts';
import { guestRoutes } from './guest-routes.ts';
import { bodyFirst, refuse, requireOwnOrigin, requireSession, whenNotRewritten } from './guard.ts';
import { invitationRoutes, peopleRoutes } from './people-routes.ts';
import { passkeyRoutes } from './passkey-routes.ts';
import { bodyBytes } from './requests.ts';
import { settingsRoutes } from './settings-routes.ts';
import { versionRoutes } from './version-routes.ts';

export function createApi(services: Services): Routes {
	const api = new Hono<Environment>();
	api.use(async (context, next) => {
		await next();
		context.header('cache-control', 'no-store');
	});
	api.use(requireOwnOrigin(services.origins));
	api.use(bodyLimit({ maxSize: bodyBytes, onError: (context) => refuse(context, 'too-large') }));
	api.use(bodyFirst);
	api.use(whenNotRewritten(services));
	api.route('/', entryRoutes(services));
	api.route('/people', peopleRoutes(services));
	api.route('/invitations', invitationRoutes(services));
	api.route('/devices', deviceRoutes(services));
	api.route('/passkeys', passkeyRoutes(services));
	api.route('/guests', guestRoutes(services));
	api.route('/settings', settingsRoutes(services));
	api.route('/audit', auditRoutes(services));
	api.get('/documents', requireSession(services), async (context) => {
		const all = await services.documents.list();
		// Who may read what, and has been erased what, is looked at when it is answered.
		const { person } = context.get('admitAgain')();
		const erasures = services.accounts.audit.erasures();
		const documents = all
			.filter(({ name }) => mayRead(person, name))
			.map(({ name, sequence }) => ({ name, version: sequence, ...erasures.get(name) }));
		return context.json({ documents } satisfies DocumentsAnswer);
	});
	api.route('/documents', versionRoutes(services));
	api.route('/documents', authorRoutes(services));
	api.route('/documents', erasureRoutes(services));
	api.route('/bulletins', bulletinRoutes(services));
	return api;
}

function mayRead(person: Person, name: string): boolean {
	const parsed = parseDocumentName(name);
	return parsed !== null && accessTo(person, parsed.name) !== 'none';
}

/** For Hono's `onError`: a refusal is answered by its code, anything else is ours to look into. */
export function answerError(cause: Error, context: Parameters<typeof refuse>[0], services: Pick<Services, 'log'>) {
	if (cause instanceof Refusal) {
		if (cause.retryAfter !== null) context.header('retry-after', String(Math.ceil(cause.retryAfter / 1000)));
		return refuse(context, cause.code);
	}
	services.log('request-failed', { method: context.req.method, message: cause.message });
	return refuse(context, 'server');
}
