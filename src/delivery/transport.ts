/** One message for one recipient, finished down to the last byte. */
export interface OutgoingMessage {
  /** The whole message as it travels: headers, empty line, body. */
  raw: Buffer;
  /** The bare address that gets what cannot be delivered. */
  from: string;
  /** The bare address of the one recipient. */
  to: string;
  /** With its angle brackets, as in the message's header. */
  messageId: string;
  /**
   * Called once, before the last bytes of the message can leave this process. Until this call the message may be sent again
   * without harm; after it, only an answer tells whether it arrived. Where it throws, nothing is sent and `send` throws the same.
   */
  handingOver: () => void;
}

/** How an attempt to send a message ended; reasons are one line, without secrets. */
export type Outcome =
  | { state: 'sent'; response: string }
  /** Final: a second attempt would end in the same way. */
  | {
      state: 'refused';
      reason: string;
      fix: string;
      /** The server refuses the sender, not this message: no other would fare better. */
      everybody?: true;
    }
  /** The recipient did not get it; a later attempt may succeed. */
  | {
      state: 'later';
      reason: string;
      /** The server answers nobody just now. */
      everybody?: true;
    }
  /** Handed over, and the connection was lost before the answer: it may have arrived. */
  | { state: 'unknown'; reason: string };

/** A way for messages to reach people. */
export interface Transport {
  channel: 'email' | 'outbox';
  /**
   * Sends one message. What can go wrong on the way is an outcome, not an error.
   * An aborted signal ends an attempt that has handed over nothing; one that has waits for the answer.
   */
  send(message: OutgoingMessage, signal: AbortSignal): Promise<Outcome>;
  /** Gives back what the transport holds; to be awaited before the program ends. */
  close(): Promise<void>;
}
