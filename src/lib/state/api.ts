/**
 * Asking the server over HTTP. Every answer is a value, never an exception: either what was asked for, checked against
 * its shape, or one code that the interface has a sentence for.
 *
 * `offline` means that our server was not reached: no network, no answer in time, or an answer that is not ours, as
 * from a café's login page. Only a refusal in our own form is believed, so that no such page can sign anybody out.
 */
import { anything, oneOf, record, type Shape } from '#lib/protocol/answer-shape.ts';
import { errorCodes, personHeader, type ErrorCode } from '#lib/protocol/api.ts';

export type Failure = ErrorCode | 'offline';
export type ApiResult<T> = { ok: true; value: T } | { ok: false; error: Failure };

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

export interface Api {
	/** @param shape of the answer's body; `nothing` where there is none to speak of */
	send<T>(method: Method, path: string, shape: Shape<T>, body?: unknown): Promise<ApiResult<T>>;
	/** What is no JSON, such as a version of a document. */
	fetchBytes(path: string): Promise<ApiResult<Uint8Array>>;
}

/** For answers whose body does not matter. */
export const nothing = anything;

const refusal = record({ error: oneOf(errorCodes) });

export type ApiOptions = {
	fetch: typeof fetch;
	timeLimitMs: number;
	/** Whose page this is. */
	person?: () => string | undefined;
	/** The browser's session is another person's. */
	strayed?: () => void;
};

const usual: ApiOptions = { fetch: (...args) => fetch(...args), timeLimitMs: 10_000 };

export function createApi(chosen: Partial<ApiOptions> = {}): Api {
	const options = { ...usual, ...chosen };
	return {
		async send(method, path, shape, body) {
			const headers: Record<string, string> = { accept: 'application/json' };
			const person = options.person?.();
			if (person !== undefined) headers[personHeader] = person;
			const request: RequestInit = {
				method,
				credentials: 'same-origin',
				cache: 'no-store',
				headers,
				signal: AbortSignal.timeout(options.timeLimitMs),
			};
			if (body !== undefined) {
				headers['content-type'] = 'application/json';
				request.body = JSON.stringify(body);
			}
			try {
				const response = await options.fetch(path, request);
				const result = toResult(response, shape, await readJson(response));
				if (!result.ok && result.error === 'another-person') options.strayed?.();
				return result;
			} catch {
				return { ok: false, error: 'offline' };
			}
		},
		async fetchBytes(path) {
			const signal = AbortSignal.timeout(options.timeLimitMs);
			try {
				const response = await options.fetch(path, { credentials: 'same-origin', cache: 'no-store', signal });
				// A login page of somebody else's is no version either.
				if (response.ok && response.headers.get('content-type') === 'application/octet-stream') {
					return { ok: true, value: new Uint8Array(await response.arrayBuffer()) };
				}
				const body = await readJson(response);
				return { ok: false, error: refusal(body) ? body.error : 'offline' };
			} catch {
				return { ok: false, error: 'offline' };
			}
		},
	};
}

/** @throws when a body is there and is not JSON */
async function readJson(response: Response): Promise<unknown> {
	const text = await response.text();
	return text === '' ? null : JSON.parse(text);
}

function toResult<T>(response: Response, shape: Shape<T>, body: unknown): ApiResult<T> {
	if (response.ok) return shape(body) ? { ok: true, value: body } : { ok: false, error: 'offline' };
	return { ok: false, error: refusal(body) ? body.error : 'offline' };
}
