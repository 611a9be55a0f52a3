'use strict';

// For a company's own site: <script src="https://bot.example/embed.js" defer></script> puts a button in the corner that
// opens the chat. Everything is in a shadow tree, so that neither side's styles touch the other; nothing is loaded before
// the button is pressed. data-label and data-side="left" on the script's element change its words and its place.
(() => {
  const { name, light, dark } = '{{settings}}';
  const { src, dataset } = document.currentScript;
  const isChinese = (document.documentElement.lang || navigator.language || '').toLowerCase().startsWith('zh');
  const label = dataset.label || (isChinese ? '在线咨询' : 'Chat with us');
  const side = dataset.side === 'left' ? 'left' : 'right';

  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; position: fixed; ${side}: 20px; bottom: 20px; z-index: 2147483000; font-family: system-ui, sans-serif; }
    [hidden] { display: none !important; }
    button { display: flex; align-items: center; gap: 10px; height: 52px; margin-${side === 'left' ? 'right' : 'left'}: auto; padding: 0 20px; border: 0;
      border-radius: 26px; background: ${light}; color: #fff; font: 600 16px/1 system-ui, sans-serif; cursor: pointer;
      box-shadow: 0 4px 18px rgb(0 0 0 / 24%); }
    button:focus-visible { outline: 3px solid ${light}; outline-offset: 3px; }
    svg { width: 22px; height: 22px; fill: none; stroke: currentcolor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
    iframe { display: block; width: min(400px, calc(100vw - 40px)); height: min(640px, calc(100dvh - 120px)); margin-bottom: 12px; border: 0;
      border-radius: 18px; background: #fff; box-shadow: 0 10px 44px rgb(0 0 0 / 28%); color-scheme: light dark; }
    @media (prefers-color-scheme: dark) {
      button { background: ${dark}; color: #0b1430; }
      button:focus-visible { outline-color: ${dark}; }
      iframe { background: #16181d; }
    }
    @media (max-width: 480px) {
      iframe { position: fixed; inset: 0 0 84px; width: 100vw; height: auto; min-height: calc(100dvh - 84px); margin: 0; border-radius: 0; }
    }`);
  root.adoptedStyleSheets = [sheet];

  // Made piece by piece: a site with Trusted Types takes no markup.
  const panel = document.createElement('section');
  panel.id = 'panel';
  panel.hidden = true;
  panel.setAttribute('aria-label', name);
  const svg = 'http://www.w3.org/2000/svg';
  const icon = document.createElementNS(svg, 'svg');
  icon.setAttribute('viewBox', '0 0 24 24');
  icon.setAttribute('aria-hidden', 'true');
  icon.append(document.createElementNS(svg, 'path'));
  icon.firstChild.setAttribute('d', 'M4 5h16v11h-9l-5 4v-4H4z');
  const button = document.createElement('button');
  button.type = 'button';
  button.setAttribute('aria-controls', panel.id);
  button.setAttribute('aria-expanded', 'false');
  button.append(icon, label);
  root.append(panel, button);

  const show = open => {
    if (open && !panel.firstChild) {
      const frame = document.createElement('iframe');
      frame.src = new URL('./', src).href;
      frame.title = name;
      frame.allow = 'microphone; clipboard-write';
      panel.append(frame);
    }
    panel.hidden = !open;
    button.setAttribute('aria-expanded', open);
    if (open)
      panel.firstChild.focus();
  };

  button.addEventListener('click', () => show(panel.hidden));
  root.addEventListener('keydown', event => {
    if (event.key === 'Escape' && !panel.hidden) {
      show(false);
      button.focus();
    }
  });
  document.body.append(host);
})();
