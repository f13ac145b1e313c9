import type { ErrorCode } from '#lib/protocol/api.ts';

/** What the accounts decline to do, with the code that the interface has a sentence for. Nothing was changed. */
export class Refusal extends Error {
	readonly code: ErrorCode;
	constructor(code: ErrorCode) {
		super(code);
		this.name = 'Refusal';
		this.code = code;
	}
}
