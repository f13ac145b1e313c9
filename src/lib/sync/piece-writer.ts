/** Writes updates: of each client its structs as they follow each other, and its deletions. */
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';

type Struct = ReturnType<typeof Y.decodeUpdate>['structs'][number];
type Range = { client: number; clock: number; len: number };
type Run = { clock: number; count: number; encoder: Y.UpdateEncoderV1 };

export class PieceWriter {
	#structs = new Map<number, Run>();
	#deletions = new Map<number, Run>();
	/** Structs and deleted ranges. */
	parts = 0;
	/** Of what was added; its heads come on top. */
	bytes = 0;

	/** @param struct goes on where the last one of its client ended */
	addStruct(struct: Struct): void {
		this.#add(this.#structs, struct.id, ({ encoder }) => struct.write(encoder, 0));
	}

	addDeletion(range: Range): void {
		this.#add(this.#deletions, range, ({ encoder }) => {
			encoding.writeVarUint(encoder.restEncoder, range.clock);
			encoding.writeVarUint(encoder.restEncoder, range.len);
		});
	}

	/** @returns what was added, and begins anew */
	take(): Uint8Array {
		const update = encoding.encode((out) => {
			encoding.writeVarUint(out, this.#structs.size);
			for (const [client, { clock, count, encoder }] of this.#structs) {
				for (const number of [count, client, clock]) encoding.writeVarUint(out, number);
				encoding.writeUint8Array(out, encoder.toUint8Array());
			}
			encoding.writeVarUint(out, this.#deletions.size);
			for (const [client, { count, encoder }] of this.#deletions) {
				for (const number of [client, count]) encoding.writeVarUint(out, number);
				encoding.writeUint8Array(out, encoder.toUint8Array());
			}
		});
		this.#structs = new Map();
		this.#deletions = new Map();
		this.parts = this.bytes = 0;
		return update;
	}

	#add(runs: Map<number, Run>, { client, clock }: { client: number; clock: number }, write: (run: Run) => void): void {
		let run = runs.get(client);
		if (!run) runs.set(client, (run = { clock, count: 0, encoder: new Y.UpdateEncoderV1() }));
		const before = encoding.length(run.encoder.restEncoder);
		write(run);
		run.count++;
		this.parts++;
		this.bytes += encoding.length(run.encoder.restEncoder) - before;
	}
}
