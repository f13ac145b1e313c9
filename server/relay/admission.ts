/**
 * Everything that is decided before a WebSocket exists: that the name is one, that the session may open it, and that the
 * document is there. A refusal is an HTTP answer, and has no effect.
 */
import { type DocumentName, parseDocumentName } from '#lib/protocol/document-name.ts';
import { ackParameter, personParameter, syncPath } from '#lib/protocol/messages.ts';
import type { IncomingMessage } from 'node:http';
import type { UpdateStore } from '../storage/contract.ts';

export type Admitted = { ok: true; personId: string; sessionId: string; access: 'read' | 'write' };
export type Refused = { ok: false; status: 401 | 403 | 404 | 429 | 503 };

/** Checks origin, session, policy and rate. What it answers holds at the moment it answers. */
export type Admit = (request: IncomingMessage, name: DocumentName) => Promise<Admitted | Refused>;

export type Address = {
	name: DocumentName;
	acknowledges: boolean;
	/** Whose page asks; null where it does not say, as stock clients do not. */
	person: string | null;
};

/** @returns what a request asks to sync, or null when it names no document */
export function parseAddress(target: string | undefined): Address | null {
	const [path = '', query = ''] = (target ?? '').split('?', 2);
	if (!path.startsWith(syncPath)) return null;
	try {
		const parsed = parseDocumentName(decodeURIComponent(path.slice(syncPath.length)));
		const parameters = new URLSearchParams(query);
		const person = parameters.get(personParameter);
		return parsed && { name: parsed.name, acknowledges: parameters.get(ackParameter) === '1', person };
	} catch {
		return null;
	}
}

/** Says whether somebody lost an access since `count` was read: what was admitted meanwhile is asked about again. */
export type Revocations = { count: number };

/** A document comes into being by a writer's first update; a reader's naming it does not make it. */
export async function decideAdmission(
	request: IncomingMessage,
	{ name, person }: Pick<Address, 'name' | 'person'>,
	{ admit, store, revocations }: { admit: Admit; store: UpdateStore; revocations: Revocations },
): Promise<Admitted | Refused> {
	for (;;) {
		const seen = revocations.count;
		const answer = await admit(request, name);
		if (!answer.ok) return answer;
		if (person !== null && person !== answer.personId) return { ok: false, status: 401 };
		if (answer.access === 'read' && !(await store.exists(name))) return { ok: false, status: 404 };
		if (seen === revocations.count) return answer;
	}
}
