import type { ErrorCode } from '#lib/protocol/api.ts';

/** What the accounts decline to do, with the code that the interface has a sentence for. Nothing was changed. */
export class Refusal extends Error {
	readonly code: ErrorCode;
	/** Milliseconds after which asking again makes sense. */
	readonly retryAfter: number | null;
	constructor(code: ErrorCode, retryAfter: number | null = null) {
		super(code);
		this.name = 'Refusal';
		this.code = code;
		this.retryAfter = retryAfter;
	}
}
