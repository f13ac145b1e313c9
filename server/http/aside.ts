/**
 * Bytes that need no memory: they lie in a file that has no name any more, so that nobody can change or remove them, and
 * that goes with the process. Whoever asks while somebody else still has them gets the very same.
 */
import { randomUUID } from 'node:crypto';
import { closeSync, openSync, read as readFile, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export type Bytes = Uint8Array<ArrayBuffer>;

/** `size` in bytes. `read` rejects when the disk does not give them. */
export type Kept = { readonly size: number; read(): Bytes | Promise<Bytes> };

export class Aside {
	/** Made with the first of them. */
	#file: number | null = null;
	#end = 0;

	/** @throws Error when the system's folder for temporary files does not take them */
	keep(bytes: Uint8Array): Kept {
		const [file, start, size] = [(this.#file ??= openNameless()), this.#end, bytes.length];
		for (let done = 0; done < size;) done += writeSync(file, bytes, done, size - done, start + done);
		this.#end += size;
		return new KeptAside(file, start, size);
	}

	/** Nothing is to be read any more. */
	close(): void {
		if (this.#file !== null) closeSync(this.#file);
	}
}

function openNameless(): number {
	const name = path.join(tmpdir(), `mitschrift-${randomUUID()}`);
	const file = openSync(name, 'wx+', 0o600);
	rmSync(name);
	return file;
}

class KeptAside implements Kept {
	readonly size: number;
	readonly #file: number;
	readonly #start: number;
	#reading: Promise<Bytes> | null = null;
	/** What is sent holds these, not the view that was handed out. */
	#given: WeakRef<ArrayBuffer> | null = null;

	constructor(file: number, start: number, size: number) {
		[this.#file, this.#start, this.size] = [file, start, size];
	}

	read(): Bytes | Promise<Bytes> {
		const given = this.#given?.deref();
		return given ? new Uint8Array(given) : (this.#reading ??= this.#readAgain());
	}

	async #readAgain(): Promise<Bytes> {
		try {
			const bytes = new Uint8Array(this.size);
			await readAll(this.#file, bytes, this.#start);
			this.#given = new WeakRef(bytes.buffer);
			return bytes;
		} finally {
			this.#reading = null;
		}
	}
}

async function readAll(file: number, bytes: Bytes, start: number): Promise<void> {
	for (let done = 0; done < bytes.length;) {
		const count = await readSome(file, bytes.subarray(done), start + done);
		if (count === 0) throw new Error('a file that was kept aside has been cut off');
		done += count;
	}
}

function readSome(file: number, bytes: Bytes, at: number): Promise<number> {
	return new Promise((resolve, reject) =>
		readFile(file, bytes, 0, bytes.length, at, (cause, count) => (cause ? reject(cause) : resolve(count))),
	);
}
