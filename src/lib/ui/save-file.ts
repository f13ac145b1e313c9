/** Hands a file to the browser to save, made here: nothing of it goes over the network. */
export function saveFile(name: string, type: string, content: BlobPart): void {
	const address = URL.createObjectURL(new Blob([content], { type }));
	const link = document.createElement('a');
	link.href = address;
	link.download = name;
	link.click();
	// Some browsers read it only after the click has been dealt with.
	setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
