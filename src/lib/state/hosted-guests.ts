/** The guests who are in by somebody's invitation: asked for before that person goes. */
import { listOf, record, text, type Shape } from '#lib/protocol/answer-shape.ts';
import type { GuestsAnswer } from '#lib/protocol/api.ts';
import type { ApiResult } from './api.ts';
import type { Session } from './session.svelte.ts';

const answer: Shape<GuestsAnswer> = record({
	guests: listOf(record({ id: text, name: text, meetingId: text, until: text })),
});

export function guestsOf({ api }: Session, hostId: string): Promise<ApiResult<GuestsAnswer>> {
	return api.send('GET', `/api/people/${encodeURIComponent(hostId)}/guests`, answer);
}
