/** What the WebSocket library refuses by itself, before a message of it is ours: it says so as an error and closes. */
import { type CloseCode, closeCodes } from '#lib/protocol/close-codes.ts';

/** Those of its error codes whose close code is another than that of an illegal frame. */
const known: Readonly<Record<string, CloseCode>> = {
	WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: closeCodes.tooBig,
	WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH: closeCodes.tooBig,
	WS_ERR_TOO_MANY_BUFFERED_PARTS: closeCodes.tooManyPieces,
	WS_ERR_INVALID_UTF8: closeCodes.notText,
};

/** @returns with what the library closes after the error; null when it is no refusal */
export function libraryClosing(error: Error): CloseCode | null {
	const { code } = error as NodeJS.ErrnoException;
	return code?.startsWith('WS_ERR_') ? (known[code] ?? closeCodes.illegalFrame) : null;
}
