/** Getting in: what the set-up and the invitation page ask of the server. */
import { oneOf, orMissing, record, text, type Shape } from '#lib/protocol/answer-shape.ts';
import type { JoinPreview, SetUpRequest } from '#lib/protocol/api.ts';
import { limits } from '#lib/protocol/limits.ts';
import { roles } from '#lib/protocol/policy.ts';
import type { Api, ApiResult } from './api.ts';
import { sessionAnswer } from './identity.ts';
import type { Session } from './session.svelte.ts';

export const nameLength = limits.titleLength;

const preview: Shape<JoinPreview> = record({
	name: text,
	role: oneOf(roles),
	association: text,
	meeting: orMissing(record({ title: text, start: text })),
});

/** Whom an invitation is for; does not use it up. */
export function lookAtInvitation(api: Api, token: string): Promise<ApiResult<JoinPreview>> {
	return api.send('POST', '/api/join/preview', preview, { token });
}

/** Uses the invitation up: this device belongs to the invited person from then on. */
export async function join(session: Session, token: string): Promise<ApiResult<unknown>> {
	const result = await session.api.send('POST', '/api/join', sessionAnswer, { token });
	if (result.ok) await session.accept(result.value);
	return result;
}

/** Names the association and its first administrator, who is signed in on this device from then on. */
export async function setUp(session: Session, request: SetUpRequest): Promise<ApiResult<unknown>> {
	const result = await session.api.send('POST', '/api/setup', sessionAnswer, request);
	if (result.ok) await session.accept(result.value);
	return result;
}
