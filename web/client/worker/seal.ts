// SPDX-License-Identifier: Apache-2.0

/**
 * What a worker could send text away with, or keep it in. Dynamic import() is syntax and cannot be
 * removed; this package's files hold none, which its build checks.
 */
export const SEALED_GLOBALS = [
  'fetch',
  'fetchLater',
  'Request',
  'XMLHttpRequest',
  'WebSocket',
  'WebSocketStream',
  'WebTransport',
  'EventSource',
  'RTCPeerConnection',
  'RTCDataChannel',
  'BroadcastChannel',
  'importScripts',
  'Worker',
  'SharedWorker',
  'FontFace',
  'fonts',
  'Notification',
  'indexedDB',
  'caches',
  'cookieStore',
  'CookieStore',
  'localStorage',
  'sessionStorage',
  'webkitRequestFileSystem',
  'webkitRequestFileSystemSync',
  'webkitResolveLocalFileSystemURL',
  'webkitResolveLocalFileSystemSyncURL',
  'FileSystemSyncAccessHandle',
] as const;

/** The same, of `navigator`. */
export const SEALED_NAVIGATOR = [
  'sendBeacon',
  'storage',
  'storageBuckets',
  'serviceWorker',
  'locks',
  'webkitTemporaryStorage',
  'webkitPersistentStorage',
] as const;

export function remove(target: object, name: string): void {
  for (let owner: object | null = target; owner; owner = Object.getPrototypeOf(owner)) {
    if (Object.hasOwn(owner, name)) Reflect.deleteProperty(owner, name);
  }
  // Locked, so that nothing can put it back.
  Object.defineProperty(target, name, { value: undefined, configurable: false, writable: false });
}

/**
 * Takes network and storage away from a worker, for good: called when its files are loaded and
 * before any text of a user reaches it. Throws where something could not be taken away.
 */
export function seal(scope: object): void {
  for (const name of SEALED_GLOBALS) remove(scope, name);
  const navigator = (scope as { navigator?: object }).navigator;
  if (navigator) for (const name of SEALED_NAVIGATOR) remove(navigator, name);
}
