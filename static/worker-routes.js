// Part of the service worker. What is the server's alone goes past the worker, where the browser can do that: a request
// then wakes nobody. It is faster, and it keeps an update from getting stuck: Chromium forgets that a new worker was asked
// to take over when a request wakes the old one while it is being stopped.
self.addEventListener('install', (event) => {
	const past = (pathname) => ({ condition: { urlPattern: { pathname } }, source: 'network' });
	event.addRoutes?.([past('/api/*'), past('/b/*')]).catch((error) => console.warn('no routes past the worker', error));
});
