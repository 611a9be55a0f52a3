'use strict';

(() => {
  const nonce = document.currentScript.nonce;
  const directLine = new URL('v3/directline', document.baseURI).href;
  const element = id => document.getElementById(id);

  const isChinese = (navigator.languages?.[0] ?? navigator.language ?? '').toLowerCase().startsWith('zh');
  const locale = isChinese ? 'zh-Hans' : 'en-US';
  const texts = window.pageTexts[isChinese ? 'zh-Hans' : 'en'];

  let connection;
  let watch;

  const show = state => {
    document.body.dataset.state = state;
    element('status-text').textContent = texts[state];
  };

  const giveUp = text => {
    show('ended');
    element('trouble-text').textContent = text;
    element('trouble').hidden = false;
    element('retry').focus();
  };

  const token = async () => {
    const response = await fetch(`${directLine}/tokens/generate`, { method: 'POST' });
    if (!response.ok)
      throw new Error(`tokens/generate: ${response.status}`);
    return (await response.json()).token;
  };

  // Direct Line's states: 0 uninitialized, 1 connecting, 2 online, 3 expired token, 4 failed to connect, 5 ended.
  const follow = status => {
    if (status === 1)
      show(document.body.dataset.state === 'online' ? 'offline' : 'connecting');
    else if (status === 2)
      show('online');
    else if (status === 3 || status === 5)
      giveUp(texts.over);
    else if (status === 4)
      giveUp(texts.unreachable);
  };

  // The microphone is the browser's own; browsers without speech recognition get a page without it.
  const speech = () => {
    const canListen = 'SpeechRecognition' in window || 'webkitSpeechRecognition' in window;
    return canListen && 'speechSynthesis' in window ? window.WebChat.createBrowserWebSpeechPonyfillFactory() : undefined;
  };

  const render = () => window.WebChat.renderWebChat({
    directLine: connection,
    locale,
    nonce,
    styleOptions: window.pageLook(),
    overrideLocalizedStrings: { TEXT_INPUT_PLACEHOLDER: texts.placeholder },
    webSpeechPonyfillFactory: speech(),
  }, element('webchat'));

  const start = async () => {
    watch?.unsubscribe();
    connection?.end();
    element('trouble').hidden = true;
    show('connecting');
    // A new element, so that nothing of the last conversation stays on the screen.
    const fresh = document.createElement('div');
    fresh.id = 'webchat';
    element('webchat').replaceWith(fresh);
    try {
      connection = window.WebChat.createDirectLine({
        domain: directLine,
        token: await token(),
        webSocket: true,
        conversationStartProperties: { locale },
      });
    } catch {
      giveUp(texts.unreachable);
      return;
    }

    watch = connection.connectionStatus$.subscribe(follow);
    render();
  };

  document.documentElement.lang = locale;
  element('again').textContent = texts.again;
  element('retry').textContent = texts.retry;
  element('note').textContent = texts.note;
  element('again').addEventListener('click', start);
  element('retry').addEventListener('click', start);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => connection && render());
  start();
})();
