/**
 * An authenticator in software (WebAuthn Level 3, "none" attestation, ES256), which also lies on demand: what a real one
 * would never sign is what the server has to refuse.
 */
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { isoCBOR } from '@simplewebauthn/server/helpers';
import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto';

export type Lie = { origin?: string; site?: string; verified?: boolean; counter?: number; type?: string };

const flags = { present: 1, verified: 4, hasKey: 64 };
const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest();
const base64url = (data: Uint8Array) => Buffer.from(data).toString('base64url');

export function createAuthenticator(origin = 'http://localhost:3000', site = 'localhost') {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const { x, y } = publicKey.export({ format: 'jwk' });
	const coordinate = (text: string | undefined) => new Uint8Array(Buffer.from(text ?? '', 'base64url'));
	const id = randomBytes(16);
	let counter = 0;

	/** COSE_Key of RFC 9052: EC2, ES256, P-256. */
	function coseKey(): Uint8Array {
		const key = new Map<number, number | Uint8Array>([
			[1, 2],
			[3, -7],
			[-1, 1],
			[-2, coordinate(x)],
			[-3, coordinate(y)],
		]);
		return isoCBOR.encode(key);
	}

	function authenticatorData(lie: Lie, key: Uint8Array | null): Buffer {
		const verified = lie.verified === false ? 0 : flags.verified;
		const head = Buffer.alloc(5);
		head[0] = flags.present | verified | (key ? flags.hasKey : 0);
		head.writeUInt32BE(lie.counter ?? ++counter, 1);
		const credential = key ? [Buffer.alloc(16), Buffer.from([0, id.length]), id, key] : [];
		return Buffer.concat([sha256(lie.site ?? site), head, ...credential]);
	}

	function clientData(type: string, challenge: string, lie: Lie): Buffer {
		return Buffer.from(JSON.stringify({ type: lie.type ?? type, challenge, origin: lie.origin ?? origin }));
	}

	return {
		id: base64url(id),

		create({ challenge }: { challenge: string }, lie: Lie = {}): RegistrationResponseJSON {
			const attestation = isoCBOR.encode(
				new Map<string, unknown>([
					['fmt', 'none'],
					['attStmt', new Map()],
					['authData', new Uint8Array(authenticatorData(lie, coseKey()))],
				]) as Parameters<typeof isoCBOR.encode>[0],
			);
			const response = {
				clientDataJSON: base64url(clientData('webauthn.create', challenge, lie)),
				attestationObject: base64url(attestation),
			};
			return { id: base64url(id), rawId: base64url(id), type: 'public-key', clientExtensionResults: {}, response };
		},

		get({ challenge }: { challenge: string }, lie: Lie = {}): AuthenticationResponseJSON {
			const data = authenticatorData(lie, null);
			const client = clientData('webauthn.get', challenge, lie);
			const signature = createSign('sha256').update(Buffer.concat([data, sha256(client)]));
			const response = {
				clientDataJSON: base64url(client),
				authenticatorData: base64url(data),
				signature: base64url(signature.sign(privateKey)),
			};
			return { id: base64url(id), rawId: base64url(id), type: 'public-key', clientExtensionResults: {}, response };
		},
	};
}
