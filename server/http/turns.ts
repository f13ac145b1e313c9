/**
 * Who asks for what takes the server a while is answered one request after another, and between two of them everybody else
 * is heard: one person's many requests make that person wait. Invariant: of one person at most one is worked on.
 */
import type { MiddlewareHandler } from 'hono';
import { Refusal } from '../accounts/refusal.ts';
import type { Environment } from './environment.ts';

/** Of one person. Whoever opens all their pages at once does not come near it. */
export const turnLimits = { waiting: 32 } as const;

/** How soon who found the line full may ask again. Milliseconds. */
const again = 1000;

/** Waits until it is this person's next turn; call what it answers when the work is done. */
export type Turns = (personId: string) => Promise<() => void>;

/** @throws Refusal `too-many-tries` where too many wait already */
export function createTurns(): Turns {
	/** A person is in it while one of theirs is worked on; those that wait stand behind. */
	const lines = new Map<string, (() => void)[]>();

	function pass(personId: string): void {
		const next = lines.get(personId)?.shift();
		if (next) next();
		else lines.delete(personId);
	}

	return (personId) => {
		const line = lines.get(personId);
		if (line && line.length >= turnLimits.waiting) return Promise.reject(new Refusal('too-many-tries', again));
		return new Promise((resolve) => {
			// What came in meanwhile is heard before the next turn.
			const begin = () => resolve(() => void setImmediate(pass, personId));
			if (line) line.push(begin);
			else {
				lines.set(personId, []);
				begin();
			}
		});
	};
}

/** Behind `requireSession`. Nothing is begun for who went, or lost what they asked with, while they waited. */
export function inTurn(turns: Turns): MiddlewareHandler<Environment> {
	return async (context, next) => {
		const done = await turns(context.get('session').person.id);
		try {
			if (context.req.raw.signal.aborted) throw new Refusal('too-many-tries', again);
			context.get('admitAgain')();
			await next();
		} finally {
			done();
		}
	};
}
