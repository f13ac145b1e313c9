/** Coming in and going out: set-up, invitations and recovery codes used, the session. */
import type { JoinPreview } from '#lib/protocol/api.ts';
import { readCode } from '#lib/protocol/entry-code.ts';
import type { Grant } from '#lib/protocol/policy.ts';
import { Hono, type Context } from 'hono';
import { Refusal } from '../accounts/refusal.ts';
import type { NewSession } from '../accounts/sessions.ts';
import type { MeetingFacts } from '../meetings/meeting-reader.ts';
import { createEntryDesk, signedOut } from './entry-desk.ts';
import type { Environment, Routes, Services } from './environment.ts';
import { requireSession } from './guard.ts';
import { joinRequest, readBody, setUpRequest } from './requests.ts';
import { clearSessionToken } from './session-cookie.ts';
import { signInRoutes } from './sign-in-routes.ts';
import { deviceNameOf } from './user-agent.ts';

export function entryRoutes(services: Services): Routes {
	const { accounts, log, disconnect } = services;
	const desk = createEntryDesk(services);
	const session = requireSession(services, () => true, { withoutPasskey: true, unpaced: true });

	/** A code for recovery is typed where an invitation's is: its length tells them apart. */
	function entrance(secret: string) {
		return readCode(secret)?.kind === 'recovery' ? accounts.recovery : accounts.invitations;
	}

	/**
	 * Nothing is used up: a meeting that is put back lets its guests in again.
	 * @throws Refusal `meeting-gone`
	 */
	async function meetingOf(grant: Grant | null): Promise<MeetingFacts | null> {
		const meeting = grant && (await services.meetings.find(grant.meetingId));
		if (grant && !meeting) throw new Refusal('meeting-gone');
		return meeting;
	}

	function signOut(context: Context<Environment>): Response {
		const current = context.get('session');
		const { id, person } = current;
		accounts.audit.revoking(
			() => accounts.sessions.end(id),
			() => signedOut(current),
		);
		disconnect({ sessionId: id });
		clearSessionToken(context);
		log('signed-out', { person: person.id });
		return context.body(null, 204);
	}

	return new Hono<Environment>()
		.get('/session', session, (context) => context.json(desk.toAnswer(context.get('session'))))
		.delete('/session', session, signOut)
		.post('/sign-out', session, signOut)
		.post('/setup', async (context) => {
			const request = await readBody(context, setUpRequest);
			const device = deviceNameOf(context.req.header('user-agent'));
			const made = await desk.guess(context, request.token, () =>
				accounts.audit.recording(
					() => accounts.association.setUp(request, device),
					({ id, person }) => ({ kind: 'set-up', by: person.id, detail: { device: id } }),
				),
			);
			services.onSetUp?.();
			log('set-up', { person: made.person.id });
			return desk.letIn(context, made);
		})
		.post('/join/preview', async (context) => {
			const { token } = await readBody(context, joinRequest);
			const look = () => entrance(token).preview(token);
			const { name, role, grant } = await desk.guess(context, token, look);
			const association = accounts.association.current()?.association.name ?? '';
			const meeting = await meetingOf(grant);
			// Looking for it took its time: the link may be used, or void, by now.
			if (grant) look();
			const shown = meeting && { title: meeting.title || meeting.body, start: meeting.start };
			return context.json({ name, role, association, ...(shown && { meeting: shown }) } satisfies JoinPreview);
		})
		.post('/join', async (context) => {
			const { token } = await readBody(context, joinRequest);
			const device = deviceNameOf(context.req.header('user-agent'));
			const made = await desk.guess(context, token, async () => {
				await meetingOf(entrance(token).preview(token).grant);
				return desk.enter<NewSession & { invitation?: string }>(
					context,
					() => entrance(token).redeem(token, device),
					({ id, person, invitation }) => ({
						kind: invitation === undefined ? 'recovery-used' : 'joined',
						by: person.id,
						about: person.id,
						// Who made the invitation stands in the entry of its making.
						detail: { device: id, role: person.role, ...(invitation !== undefined && { invitation }) },
					}),
				);
			});
			// A guest who was at another meeting leaves that one.
			if (made.person.role === 'guest') disconnect({ personId: made.person.id });
			log('joined', { person: made.person.id, role: made.person.role });
			return desk.letIn(context, made);
		})
		.route('/sign-in', signInRoutes(services, desk));
}
