/** Bounds that client and relay agree on. Bytes unless another unit is named. */
export const limits = {
	/** One WebSocket frame, and so one update. */
	frameBytes: 4 * 1024 * 1024,
	/** The same from who only reads: what they have, as a state vector, and that they are here. */
	readerFrameBytes: 256 * 1024,
	/**
	 * Structs and deleted ranges in one update, counted together: each has to be looked up and put in its place, which
	 * takes about 10 µs, 20 where each is by another client, and everybody else waits for it. What is more comes in several
	 * updates.
	 */
	updateParts: 20_000,
	/**
	 * Structs in one document: making it takes 1 to 2 µs and 500 bytes for each, at once. The longest real history that we
	 * know, 260,000 edits of a paper, has 11,000.
	 */
	documentParts: 100_000,
	/**
	 * Root types in one document: for each struct at the beginning of one, Yjs looks through all of them when it encodes. Ours
	 * have a dozen, and one for each article or item there ever was.
	 */
	documentRoots: 250,
	/**
	 * A name inside a document: of a root type, of a key, of an element, of a mark. What stands at a place is compared by it, once
	 * for each struct. Ours have a word, or an id. Characters.
	 */
	innerNameLength: 256,
	/**
	 * Values that stand side by side in the lists of one document: Yjs copies all that are behind it for each that is taken out
	 * of their midst, 10 ns each. Ours have no such lists.
	 */
	documentValues: 1000,
	/** One client's awareness state, encoded. */
	awarenessBytes: 2048,
	/** What may wait in one connection's send buffer before it is cut off. */
	sendBufferBytes: 16 * 1024 * 1024,
	/** Nesting of shared types inside one document. */
	depth: 32,
	/** What may be pasted into a body at once, as HTML or text. */
	pasteBytes: 512 * 1024,
	/** How long a guest stays in after they used their invitation. */
	guestDays: 60,
	/** A title, a name. Characters. */
	titleLength: 200,
	/** A note. Characters. */
	noteLength: 10_000,
	/** What a correction says about itself. Characters. */
	correctionLength: 500,
} as const;
