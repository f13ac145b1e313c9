/**
 * Why the relay closed a connection. As in y-websocket: 4400 to 4499 is final (the client does not come back by itself),
 * everything else is worth another try.
 */
export const closeCodes = {
	/** The frame is not of the protocol, or its update does not decode. */
	badFrame: 4400,
	/** The session ended or never was. */
	unauthorized: 4401,
	/** The role may not write here. */
	forbidden: 4403,
	/**
	 * A client id belongs to another person here: that of its presence, or one under which it has new content; or it stands
	 * for other content than what came. The reason says `client <id>`. Final for that id: a client takes a new one and
	 * brings what it wrote under that.
	 */
	foreignClient: 4409,
	/** The document holds something newer than this app understands. */
	tooOld: 4426,
	/** The update waits for content that the relay does not have: sync again. */
	gap: 4509,
	/** The relay cannot write to disk now. */
	storage: 4507,
	/** The reader is too slow: sync again. */
	slow: 4508,
	/** A message began and did not get on, or too much of one person's did at once: sync again. */
	unfinished: 4510,
	/**
	 * More questions, presence and pings came than anybody has reason for, or so much to so many places of a long document that
	 * judging it would take others' time: sync again.
	 */
	chatter: 4511,
	/**
	 * Frame above `limits.frameBytes` (RFC 6455), an update of more than `limits.updateParts`, or content for a document that
	 * has `limits.documentParts`, or root types beyond `limits.documentRoots`, or values beyond `limits.documentValues`, or so many in one place that it would take long to
	 * build.
	 */
	tooBig: 1009,
	/** A frame that RFC 6455 does not allow. */
	illegalFrame: 1002,
	/** Text that is not UTF-8 (RFC 6455). */
	notText: 1007,
	/** A message in more pieces than are put together. */
	tooManyPieces: 1008,
	/** The relay restarts (RFC 6455 registry). */
	restart: 1012,
} as const;

export type CloseCode = (typeof closeCodes)[keyof typeof closeCodes];
