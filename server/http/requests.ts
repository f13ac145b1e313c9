/** The forms of what people send. Whatever has another form is a `bad-request`, and nothing happens. */
import { limits } from '#lib/protocol/limits.ts';
import type { Context } from 'hono';
import * as v from 'valibot';
import { Refusal } from '../accounts/refusal.ts';

/** Above anything that the forms below let through. */
export const bodyBytes = 16 * 1024;

/** Control characters, what turns the direction of reading, and what nobody sees: a name made of them looks like another. */
const unseen = /[\p{Cc}\p{Cs}\u2028\u2029\u2800]|(?![\u200c\u200d])\p{Default_Ignorable_Code_Point}/u;
/** More signs upon one letter than any language has: they would cover the lines around it. */
const piled = /\p{M}{6}/u;
const text = v.pipe(
	v.string(),
	v.trim(),
	v.maxLength(limits.titleLength),
	v.check((words) => !unseen.test(words) && !piled.test(words)),
);
/** Between two letters of a script in which it changes how they are written, or between two pictures; nobody sees another. */
const joining =
	/((?<=[\p{L}\p{M}])(?<![\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}])[\u200c\u200d](?=[\p{L}\p{M}]))|((?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}])\u200d(?=\p{Extended_Pictographic}))/gu;
const name = v.pipe(
	text,
	v.regex(/[\p{L}\p{N}]/u),
	v.check((words) => !/[\u200c\u200d]/.test(words.replaceAll(joining, ''))),
);
const token = v.pipe(v.string(), v.nonEmpty(), v.maxLength(100));

export const setUpRequest = v.strictObject({ token, association: name, name });
export const joinRequest = v.strictObject({ token });
export const versionRequest = v.strictObject({ name });
const id = v.pipe(v.string(), v.regex(/^[a-z0-9]{1,40}$/));
const contentHash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
export const approvalRequest = v.strictObject({ hash: contentHash });
export const correctionNote = v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(limits.correctionLength));
export const publicationRequest = v.strictObject({
	hash: contentHash,
	note: v.exactOptional(correctionNote),
	page: v.exactOptional(v.nullable(v.pipe(v.string(), v.maxLength(60)))),
});
/** A `guest` is invited as somebody who is on a list already, to a meeting. */
export const invitationRequest = v.union([
	v.strictObject({ name, role: v.picklist(['admin', 'board', 'member']) }),
	v.strictObject({ personId: v.pipe(v.string(), v.maxLength(40)) }),
	v.strictObject({ personId: id, guestOf: v.strictObject({ meetingId: id, minutes: v.boolean() }) }),
]);
export const deviceChange = v.strictObject({ name });
/** What a browser makes of a passkey: its parts are judged by whoever verifies them, within the size of a body. */
const credential = v.looseObject({
	id: v.pipe(v.string(), v.nonEmpty(), v.maxLength(1400)),
	response: v.looseObject({ clientDataJSON: v.string() }),
});
export const newPasskey = v.strictObject({ name, response: credential });
export const passkeyChange = v.strictObject({ name });
export const signInRequest = v.strictObject({ response: credential });
export const newPersonRequest = v.strictObject({
	name,
	role: v.optional(v.picklist(['board', 'member', 'guest']), 'guest'),
	/** Drawn ids have no `x`: a request can name an invented person, and never bring back one who was removed. */
	id: v.exactOptional(v.pipe(v.string(), v.regex(/^example[a-z0-9]{1,24}$/))),
});
export const personChange = v.strictObject({
	name: v.exactOptional(name),
	role: v.exactOptional(v.picklist(['admin', 'board', 'member', 'guest'])),
	contact: v.exactOptional(text),
});

/** @throws Refusal `bad-request` */
export async function readBody<T>(context: Context, shape: v.GenericSchema<unknown, T>): Promise<T> {
	const body: unknown = await context.req.json().catch(() => undefined);
	const read = v.safeParse(shape, body);
	if (!read.success) throw new Refusal('bad-request');
	return read.output;
}
