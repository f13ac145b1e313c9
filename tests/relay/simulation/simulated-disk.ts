/**
 * A disk that does what disks may do, as a seed decides. What was synced stays. Of what was written since, a power cut
 * leaves any part: sectors that never came, sectors of what stood there before, a length that is too short or too long, a
 * file that was made or removed and is not. The end of the process alone leaves everything as it was written.
 */
import type { Disk, DiskFile } from '../../../server/storage/log/disk.ts';
import type { Random } from '../../support/random.ts';

/** What is lost or kept as one. Small, so that a frame of the log has many. Bytes. */
const sector = 32;

type File = {
	bytes: Uint8Array;
	/** What is certain; null while the file itself is not. */
	durable: Uint8Array | null;
};

export class SimulatedDisk {
	files = new Map<string, File>();
	full = false;
	/** The next so many syncs fail. */
	failing = 0;
	/** Called when one does. */
	onFailure = (): void => {};
	/** The process ends in the middle of one of the next writes, after so many. */
	dieAfter: number | null = null;
	readonly #random: Random;
	#removed = new Map<string, File>();
	#pending: (() => void)[] = [];

	constructor(random: Random) {
		this.#random = random;
	}

	/** The disk as one process sees it. @param died called when that process ends in the middle of a write */
	attach(process: { alive: boolean }, died: () => void): Disk {
		const guard = () => {
			if (!process.alive) throw new Error('this process is dead');
		};
		return {
			list: () => (guard(), [...this.files.keys()].sort()),
			read: (name) => (guard(), this.#fileOf(name).bytes.slice()),
			remove: (name) => (guard(), this.#remove(name)),
			open: async (name) => {
				guard();
				await this.#later();
				guard();
				const file = this.files.get(name) ?? { bytes: new Uint8Array(), durable: new Uint8Array() };
				file.durable ??= new Uint8Array();
				this.files.set(name, file);
				this.#removed.clear();
				return this.#toFile(file, guard, died);
			},
		};
	}

	/** What was asked for and takes time: the first of it is done. @returns whether there was any */
	complete(): boolean {
		const next = this.#pending.shift();
		next?.();
		return next !== undefined;
	}

	/** The process is gone, and what it asked for is heard by nobody. */
	forget(): void {
		this.#pending = [];
		this.dieAfter = null;
	}

	cutPower(): void {
		this.forget();
		for (const [name, file] of this.#removed) if (this.#random.chance(0.5)) this.files.set(name, file);
		this.#removed.clear();
		for (const [name, file] of this.files) {
			if (file.durable === null && this.#random.chance(0.6)) this.files.delete(name);
			else file.durable = file.bytes = this.#remains(file);
		}
	}

	/** Whether the words are in what is certain. */
	holds(words: string): boolean {
		return [...this.files.values()].some(({ durable }) => durable && Buffer.from(durable).includes(words));
	}

	#fileOf(name: string): File {
		const file = this.files.get(name);
		if (!file) throw new Error(`there is no ${name}`);
		return file;
	}

	#remove(name: string): void {
		const file = this.files.get(name);
		if (file) this.#removed.set(name, file);
		this.files.delete(name);
	}

	#later(): Promise<void> {
		return new Promise((resolve) => this.#pending.push(resolve));
	}

	#toFile(file: File, guard: () => void, died: () => void): DiskFile {
		return {
			append: (bytes) => {
				guard();
				this.#append(file, bytes, died);
			},
			sync: async () => {
				guard();
				const { bytes } = file;
				await this.#later();
				if (this.failing > 0) {
					this.failing -= 1;
					this.onFailure();
					throw Object.assign(new Error('input/output error'), { code: 'EIO' });
				}
				file.durable = bytes;
			},
			read: async (offset, length) => (guard(), file.bytes.slice(offset, offset + length)),
			truncate: (length) => {
				guard();
				file.bytes = file.bytes.slice(0, length);
			},
			close: () => {},
		};
	}

	#append(file: File, bytes: Uint8Array, died: () => void): void {
		const dies = this.dieAfter !== null && (this.dieAfter -= 1) < 0;
		const part = dies || this.full ? this.#random.nat(bytes.length + 1) : bytes.length;
		file.bytes = concat(file.bytes, bytes.subarray(0, part));
		if (dies) {
			died();
			throw new Error('this process is dead');
		}
		if (this.full) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
	}

	#remains({ bytes, durable }: File): Uint8Array {
		const certain = durable ?? new Uint8Array();
		const left = bytes.slice();
		for (let at = certain.length; at < left.length; at += sector) {
			if (this.#random.chance(0.25)) left.fill(0, at, Math.min(left.length, at + sector));
		}
		left.set(certain.subarray(0, left.length));
		const length = certain.length + this.#random.nat(Math.max(0, left.length - certain.length) + 1);
		return concat(certain, left.subarray(certain.length, this.#random.chance(0.5) ? left.length : length));
	}
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
	const both = new Uint8Array(a.length + b.length);
	both.set(a);
	both.set(b, a.length);
	return both;
}
