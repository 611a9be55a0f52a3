'use strict';

// A conversation's line to the host. Direct Line's client says "online" also while it silently tries to reconnect, and
// goes on trying when the host no longer knows the conversation; this watches the WebSocket itself and asks the host.
window.pageLine = (() => {
  const probeEvery = 5000;
  const { WebSocket } = window;
  let current;

  window.WebSocket = class extends WebSocket {
    constructor(...given) {
      super(...given);
      const line = current;
      this.addEventListener('open', () => line?.connected());
      this.addEventListener('close', () => line?.lost());
    }
  };

  return class {
    #directLine;
    #connection;
    #tell;
    #subscription;
    #probing;

    // tell gets 'connecting', 'online', 'offline', 'over' or 'unreachable'.
    constructor(directLine, token, locale, tell) {
      current = this;
      this.#directLine = directLine;
      this.#tell = state => current === this && tell(state);
      this.#connection = window.WebChat.createDirectLine({
        domain: directLine,
        token,
        webSocket: true,
        conversationStartProperties: { locale },
      });
      // 0 uninitialized, 1 connecting, 2 online, 3 expired token, 4 failed to connect, 5 ended.
      this.#subscription = this.#connection.connectionStatus$.subscribe(status => {
        const state = [undefined, 'connecting', 'online', 'over', 'unreachable', 'over'][status];
        if (state)
          this.#tell(state);
      });
    }

    get connection() { return this.#connection; }

    connected() {
      clearInterval(this.#probing);
      this.#tell('online');
    }

    lost() {
      if (current !== this)
        return;
      this.#tell('offline');
      clearInterval(this.#probing);
      this.#probing = setInterval(() => this.#probe(), probeEvery);
      this.#probe();
    }

    end() {
      if (current === this)
        current = undefined;
      clearInterval(this.#probing);
      this.#subscription.unsubscribe();
      this.#connection.end();
    }

    async #probe() {
      const { conversationId, token } = this.#connection;
      try {
        const response = await fetch(`${this.#directLine}/conversations/${conversationId}/activities?watermark=${Number.MAX_SAFE_INTEGER}`, {
          headers: { Authorization: `Bearer ${token}` },
        });
        if ([401, 403, 404].includes(response.status)) {
          this.#tell('over');
          this.end();
        }
      } catch {
        // Still no network; the next probe asks again.
      }
    }
  };
})();
