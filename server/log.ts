/** One JSON object a line: an event, ids and counts. Never a name, never a content, never a token. */
export function createLog(write: (line: string) => void) {
	return (event: string, fields: Readonly<Record<string, unknown>> = {}): void => {
		write(JSON.stringify({ time: new Date().toISOString(), event, ...fields }));
	};
}
