/**
 * Files that need no memory: they stay open, so that they are what they were also when others come in their place, or none.
 * Whoever asks for one while somebody else still has its bytes gets the very same.
 */
import { closeSync, fstatSync, openSync, read as readFile } from 'node:fs';

export type Bytes = Uint8Array<ArrayBuffer>;

/** `size` in bytes. `read` rejects when the disk does not give them. */
export type Kept = { readonly size: number; read(): Bytes | Promise<Bytes> };

export class OpenFiles {
	readonly #files: number[] = [];

	/** @throws Error when there is no such file */
	open(name: string): Kept {
		const file = openSync(name, 'r');
		this.#files.push(file);
		return new KeptOpen(file, fstatSync(file).size);
	}

	/** Nothing is to be read any more. */
	close(): void {
		for (const file of this.#files.splice(0)) closeSync(file);
	}
}

class KeptOpen implements Kept {
	readonly size: number;
	readonly #file: number;
	#reading: Promise<Bytes> | null = null;
	/** What is sent holds these, not the view that was handed out. */
	#given: WeakRef<ArrayBuffer> | null = null;

	constructor(file: number, size: number) {
		[this.#file, this.size] = [file, size];
	}

	read(): Bytes | Promise<Bytes> {
		const given = this.#given?.deref();
		return given ? new Uint8Array(given) : (this.#reading ??= this.#readAgain());
	}

	async #readAgain(): Promise<Bytes> {
		try {
			const bytes = new Uint8Array(this.size);
			await readAll(this.#file, bytes);
			this.#given = new WeakRef(bytes.buffer);
			return bytes;
		} finally {
			this.#reading = null;
		}
	}
}

async function readAll(file: number, bytes: Bytes): Promise<void> {
	for (let done = 0; done < bytes.length;) {
		const count = await readSome(file, bytes.subarray(done), done);
		if (count === 0) throw new Error('a file that is served has been cut off');
		done += count;
	}
}

function readSome(file: number, bytes: Bytes, at: number): Promise<number> {
	return new Promise((resolve, reject) =>
		readFile(file, bytes, 0, bytes.length, at, (cause, count) => (cause ? reject(cause) : resolve(count))),
	);
}
