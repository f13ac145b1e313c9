/**
 * Takes named parts out of a ZIP archive. What it unpacks is counted while it is unpacked, whatever the archive says of
 * itself, and it stops at the bound: a bomb costs no more than an honest file.
 */
import { Unzip, UnzipInflate, UnzipPassThrough } from 'fflate';
import { ImportRefusal } from '../refusal.ts';

export const unzipLimits = {
	/** Bytes of the archive. */
	packed: 30_000_000,
	/** Bytes of all parts that are read, unpacked. */
	unpacked: 80_000_000,
	/** Entries of the archive. */
	entries: 5000,
};

export type UnzipOptions = {
	wanted: (name: string) => boolean;
	/** Every name that stands in the archive. */
	onname?: (name: string) => void;
	onprogress?: ((done: number) => void) | undefined;
	signal?: AbortSignal | undefined;
	limits?: typeof unzipLimits;
};

/** A thousand times as much may come out of it at once. */
const chunk = 16_384;

/** @throws ImportRefusal `too-large`, `broken`, `cancelled` */
export async function unzip(bytes: Uint8Array, options: UnzipOptions): Promise<Map<string, Uint8Array>> {
	const limits = options.limits ?? unzipLimits;
	if (bytes.length > limits.packed) throw new ImportRefusal('too-large');
	const parts = new Map<string, Uint8Array[]>();
	let unpacked = 0;
	let entries = 0;
	let fault: ImportRefusal | null = null;
	const archive = new Unzip((file) => {
		options.onname?.(file.name);
		if (++entries > limits.entries) fault ??= new ImportRefusal('too-large');
		if (fault || !options.wanted(file.name) || parts.has(file.name)) return;
		const pieces: Uint8Array[] = [];
		parts.set(file.name, pieces);
		file.ondata = (error, data) => {
			if (error) fault ??= new ImportRefusal('broken');
			unpacked += data?.length ?? 0;
			if (unpacked > limits.unpacked) fault ??= new ImportRefusal('too-large');
			// Thrown, so that unpacking ends here and not at the end of this piece.
			if (fault) throw fault;
			pieces.push(data);
		};
		file.start();
	});
	archive.register(UnzipInflate);
	archive.register(UnzipPassThrough);
	for (let at = 0; at < bytes.length; at += chunk) {
		if (options.signal?.aborted) throw new ImportRefusal('cancelled');
		try {
			archive.push(bytes.subarray(at, at + chunk), at + chunk >= bytes.length);
		} catch (error) {
			throw error instanceof ImportRefusal ? error : new ImportRefusal('broken');
		}
		if (fault) throw fault as ImportRefusal;
		options.onprogress?.(Math.min(1, (at + chunk) / bytes.length));
		if ((at / chunk) % 64 === 63) await pause();
	}
	return new Map([...parts].map(([name, pieces]) => [name, joinPieces(pieces)]));
}

/** Lets the page draw and a press on "cancel" come through. */
export function pause(): Promise<void> {
	return new Promise((resolve) => {
		setTimeout(resolve, 0);
	});
}

function joinPieces(pieces: readonly Uint8Array[]): Uint8Array {
	const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const piece of pieces) {
		all.set(piece, at);
		at += piece.length;
	}
	return all;
}
