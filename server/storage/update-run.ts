/** Updates in one piece of bytes, each with its length (4 bytes) before it. */

export function encodeRun(updates: readonly Uint8Array[]): Uint8Array {
	const bytes = new Uint8Array(updates.reduce((sum, { length }) => sum + 4 + length, 0));
	const view = new DataView(bytes.buffer);
	let at = 0;
	for (const update of updates) {
		view.setUint32(at, update.length, true);
		bytes.set(update, at + 4);
		at += 4 + update.length;
	}
	return bytes;
}

export function decodeRun(bytes: Uint8Array): Uint8Array[] {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const updates: Uint8Array[] = [];
	for (let at = 0; at < bytes.length;) {
		const end = at + 4 + view.getUint32(at, true);
		updates.push(bytes.subarray(at + 4, end));
		at = end;
	}
	return updates;
}
