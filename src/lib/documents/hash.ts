/** FNV-1a, 32 bits (draft-eastlake-fnv): the Yjs client of a content that is the same wherever it is made. */
export function hashOf(bytes: Uint8Array): number {
	let hash = 0x811c9dc5;
	for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
	return hash >>> 0;
}
