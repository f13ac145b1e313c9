/**
 * What a passkey is asked to sign: drawn for one purpose, spent once, and void after five minutes. Nothing is kept of
 * those that are drawn, so whoever draws thousands takes none from others: a challenge tells when it was drawn, and a
 * code over that and its purpose shows that it was drawn here. Only spent ones are remembered, until they would be void.
 * The key is in memory only: a restart asks people to press the button again.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const lifetime = 5 * 60_000;
/** Bytes of a challenge: chance, the moment (milliseconds since 1970, big-endian), the code. */
const nonceLength = 16;
const momentLength = 8;
const length = nonceLength + momentLength + 32;

export type Challenges = ReturnType<typeof createChallenges>;

/** @param now milliseconds since 1970 */
export function createChallenges(now: () => number) {
	const key = randomBytes(32);
	/** Until when, by when they were spent. */
	const spent = new Map<string, number>();

	const codeOf = (drawn: Uint8Array, purpose: string) =>
		createHmac('sha256', key).update(drawn).update(purpose).digest();

	function isGood(challenge: string, purpose: string): boolean {
		const bytes = Buffer.from(challenge, 'base64url');
		if (bytes.length !== length || spent.has(bytes.toString('base64url'))) return false;
		const drawn = bytes.subarray(0, nonceLength + momentLength);
		if (!timingSafeEqual(bytes.subarray(nonceLength + momentLength), codeOf(drawn, purpose))) return false;
		const age = now() - Number(drawn.readBigUInt64BE(nonceLength));
		// A clock that is put right meanwhile makes nobody press again.
		return Math.abs(age) <= lifetime;
	}

	return {
		/** @param purpose what it is good for, and for whom */
		draw(purpose: string): Uint8Array<ArrayBuffer> {
			const drawn = Buffer.alloc(nonceLength + momentLength);
			randomBytes(nonceLength).copy(drawn);
			drawn.writeBigUInt64BE(BigInt(Math.floor(now())), nonceLength);
			return new Uint8Array([...drawn, ...codeOf(drawn, purpose)]);
		},

		/** @param challenge base64url */
		isGood,

		/** Uses it up. @returns false when it is good no more: somebody was quicker */
		spend(challenge: string, purpose: string): boolean {
			for (const [old, until] of spent) {
				if (until >= now()) break;
				spent.delete(old);
			}
			if (!isGood(challenge, purpose)) return false;
			spent.set(Buffer.from(challenge, 'base64url').toString('base64url'), now() + lifetime);
			return true;
		},
	};
}
