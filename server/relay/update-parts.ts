/** How much an update is to judge and to apply, whatever its length in bytes says. */
import * as Y from 'yjs';

/** A struct, or a deleted range, takes no less. Bytes. */
const leastBytes = 2;

class Enough extends Error {}

/** Whether the update has more structs and deleted ranges than that. Reads no further than it needs for the answer. */
export function hasMoreParts(update: Uint8Array, most: number): boolean {
	if (update.length <= most * leastBytes) return false;
	let parts = 0;
	const count = () => {
		if (++parts > most) throw new Enough();
	};
	class Counting extends Y.UpdateDecoderV1 {
		override readInfo(): number {
			count();
			return super.readInfo();
		}
		override readDsClock(): number {
			count();
			return super.readDsClock();
		}
	}
	try {
		Y.decodeUpdateV2(update, Counting);
		return false;
	} catch (error) {
		// What cannot be read at all is for others to refuse.
		return error instanceof Enough;
	}
}
