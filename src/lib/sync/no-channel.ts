/**
 * Stands in for `lib0/broadcastchannel` in the built app (see vite.config.ts): y-websocket's channel between tabs, which is
 * never opened (see tabs.ts), and which everyone would load.
 */
export function subscribe(): void {}
export function unsubscribe(): void {}
export function publish(): void {}
