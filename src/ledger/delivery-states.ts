/**
 * pending: to be sent · sending: a process is at it · sent: the server took it · failed: refused, or given up · unknown: the connection
 * was lost after the message was handed over and before the answer
 */
export const DELIVERY_STATES = ['pending', 'sending', 'sent', 'failed', 'unknown'] as const;

export type DeliveryState = (typeof DELIVERY_STATES)[number];
