import { toBase64 } from 'lib0/buffer';
import { digest } from 'lib0/hash/sha256';

/** By which an update is known again without being kept. */
export function digestOf(update: Uint8Array): string {
	return toBase64(digest(update));
}
