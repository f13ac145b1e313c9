/** Reads a QR code off a picture of the screen, with a decoder that is not ours. */
import decoder from 'jsqr';
import type { Locator } from 'playwright-core';

// The package is CommonJS with an ES module's shape.
const decode = 'default' in decoder ? decoder.default : (decoder as unknown as (typeof decoder)['default']);

/** @returns what the code says, or null when it cannot be read */
export async function readQrCode(code: Locator): Promise<string | null> {
	const picture = (await code.screenshot()).toString('base64');
	const { width, height, pixels } = await code.page().evaluate(toPixels, picture);
	return decode(Uint8ClampedArray.from(Buffer.from(pixels, 'base64')), width, height)?.data ?? null;
}

/** In the page: what the PNG shows, as RGBA. */
async function toPixels(picture: string): Promise<{ width: number; height: number; pixels: string }> {
	const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
	const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
	const { width, height } = bitmap;
	const canvas = new OffscreenCanvas(width, height).getContext('2d');
	canvas?.drawImage(bitmap, 0, 0);
	const data = canvas?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray();
	let pixels = '';
	for (let at = 0; at < data.length; at += 8192) pixels += String.fromCharCode(...data.subarray(at, at + 8192));
	return { width, height, pixels: btoa(pixels) };
}
