/** Who may open a socket on a document: asked before the upgrade, so that a stranger never has a WebSocket at all. */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import { accessTo } from '#lib/protocol/policy.ts';
import type { IncomingMessage } from 'node:http';
import type { Accounts } from '../accounts/accounts.ts';
import type { Admit } from '../relay/admission.ts';
import type { Services } from './environment.ts';
import type { MeetingReader } from '../meetings/meeting-reader.ts';
import { goneMeetingOf } from './guest-meeting.ts';
import { isOwnOrigin } from './origin.ts';
import { readSessionToken } from './session-cookie.ts';

export function createAdmission(
	{ sessions, passkeys }: Pick<Accounts, 'sessions' | 'passkeys'>,
	origins: readonly string[],
	{ addressOf, pace }: Pick<Services['strangers'], 'addressOf' | 'pace'>,
	meetings: MeetingReader,
): Admit {
	return async (request: IncomingMessage, name: DocumentName) => {
		const { headers } = request;
		if (!isOwnOrigin({ origin: headers.origin, host: headers.host }, origins)) return { ok: false, status: 403 };
		const sent = readSessionToken({ cookie: headers.cookie, host: headers.host }, origins);
		const asked = sent && sessions.find(sent.token);
		if (asked && (await goneMeetingOf(asked.person, meetings)) !== null) return { ok: false, status: 403 };
		// Looking for a guest's meeting took its time.
		const session = sent && sessions.find(sent.token);
		if (!session) return { ok: false, status: pace.take(addressOf(request)) > 0 ? 429 : 401 };
		if (passkeys.shutsOut(session.person)) return { ok: false, status: 403 };
		const access = accessTo(session.person, name);
		if (access === 'none') return { ok: false, status: 403 };
		return { ok: true, personId: session.person.id, sessionId: session.id, access };
	};
}
