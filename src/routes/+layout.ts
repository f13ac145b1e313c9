// A single-page app: the shell is the same for every route, and documents exist only on the device.
export const ssr = false;
export const prerender = false;
