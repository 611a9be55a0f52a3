'use strict';

(() => {
  const nonce = document.currentScript.nonce;
  const directLine = new URL('v3/directline', document.baseURI).href;
  const element = id => document.getElementById(id);

  const isChinese = (navigator.languages?.[0] ?? navigator.language ?? '').toLowerCase().startsWith('zh');
  const locale = isChinese ? 'zh-Hans' : 'en-US';
  const texts = window.pageTexts[isChinese ? 'zh-Hans' : 'en'];
  const canSpeak = ('SpeechRecognition' in window || 'webkitSpeechRecognition' in window) && 'speechSynthesis' in window;

  let line;
  let speaks = false;

  const show = state => {
    const ended = state === 'over' || state === 'unreachable';
    document.body.dataset.state = ended ? 'ended' : state;
    element('status-text').textContent = texts[document.body.dataset.state];
    element('trouble').hidden = !ended;
    if (ended) {
      element('trouble-text').textContent = texts[state];
      element('retry').focus();
    }
  };

  const getToken = async () => {
    const response = await fetch(`${directLine}/tokens/generate`, { method: 'POST' });
    if (!response.ok)
      throw new Error(`tokens/generate: ${response.status}`);
    return (await response.json()).token;
  };

  // Web Chat puts a deletion in its message's place, and then has nothing to show it with: so nothing is shown.
  const hideDeleted = () => next => request => request.activity.type === 'messageDelete' ? false : next(request);

  const render = () => window.WebChat.renderWebChat({
    directLine: line.connection,
    activityMiddleware: hideDeleted,
    locale,
    nonce,
    styleOptions: window.pageLook(),
    overrideLocalizedStrings: { TEXT_INPUT_PLACEHOLDER: texts.placeholder },
    // With a microphone Web Chat has no send button, so it is there only when asked for.
    webSpeechPonyfillFactory: speaks ? window.WebChat.createBrowserWebSpeechPonyfillFactory() : undefined,
  }, element('webchat'));

  const start = async () => {
    line?.end();
    line = undefined;
    show('connecting');
    // A new element, so that nothing of the last conversation stays on the screen.
    const fresh = document.createElement('div');
    fresh.id = 'webchat';
    element('webchat').replaceWith(fresh);
    try {
      line = new window.pageLine(directLine, await getToken(), locale, show);
      render();
    } catch {
      show('unreachable');
    }
  };

  const toggleVoice = () => {
    speaks = !speaks;
    element('voice').setAttribute('aria-pressed', speaks);
    if (line)
      render();
  };

  document.documentElement.lang = locale;
  element('again').textContent = texts.again;
  element('retry').textContent = texts.retry;
  element('note').textContent = texts.note;
  element('voice').title = texts.voice;
  element('voice').setAttribute('aria-label', texts.voice);
  element('voice').hidden = !canSpeak;
  element('voice').addEventListener('click', toggleVoice);
  element('again').addEventListener('click', start);
  element('retry').addEventListener('click', start);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => line && render());
  start();
})();
