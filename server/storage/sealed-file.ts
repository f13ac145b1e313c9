/**
 * A file that opens with a passphrase only, in the format of age (https://age-encryption.org/v1), which other programs open
 * too. What is written stands whole, or nowhere.
 */
import { Decrypter, Encrypter } from 'age-encryption';
import { closeSync, createReadStream, createWriteStream, openSync, readSync, rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { StorageError } from './contract.ts';

const head = 'age-encryption.org/v1';

export function isSealed(file: string): boolean {
	const descriptor = openSync(file, 'r');
	try {
		const begin = Buffer.alloc(head.length);
		readSync(descriptor, begin);
		return begin.equals(Buffer.from(head));
	} finally {
		closeSync(descriptor);
	}
}

/** @param target must not exist; for its owner's eyes only */
export async function sealFile(source: string, target: string, passphrase: string): Promise<void> {
	const encrypter = new Encrypter();
	encrypter.setPassphrase(passphrase);
	await write(target, await encrypter.encrypt(streamOf(source)));
}

/**
 * @param target must not exist; for its owner's eyes only
 * @throws StorageError for another passphrase, and for a file that is not whole
 */
export async function unsealFile(source: string, target: string, passphrase: string): Promise<void> {
	const decrypter = new Decrypter();
	decrypter.addPassphrase(passphrase);
	try {
		await write(target, await decrypter.decrypt(streamOf(source)));
	} catch (cause) {
		if (cause instanceof Error && 'code' in cause) throw cause;
		const isOther = cause instanceof Error && cause.message.includes('no identity matched');
		const reason = isOther ? 'does not open with this passphrase' : 'is damaged or not whole';
		throw new StorageError('failed', `${source} ${reason}`, { cause });
	}
}

type Bytes = globalThis.ReadableStream<Uint8Array>;

function streamOf(file: string): Bytes {
	return Readable.toWeb(createReadStream(file)) as Bytes;
}

async function write(target: string, content: Bytes): Promise<void> {
	// First: what is there already is somebody else's, and stays.
	closeSync(openSync(target, 'wx', 0o600));
	try {
		await pipeline(Readable.fromWeb(content as ReadableStream), createWriteStream(target));
	} catch (cause) {
		rmSync(target);
		throw cause;
	}
}
