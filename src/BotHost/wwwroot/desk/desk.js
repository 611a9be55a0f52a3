'use strict';

(() => {
  const pollEvery = 1500;
  const element = id => document.getElementById(id);
  const isChinese = (navigator.languages?.[0] ?? navigator.language ?? '').toLowerCase().startsWith('zh');
  const locale = isChinese ? 'zh-Hans' : 'en';
  const texts = window.deskTexts[locale];
  const api = window.deskApi;

  let conversations = [];
  let open;
  let watermark = 0;
  let known = new Set();

  const person = () => element('name').value.trim();
  const time = text => new Date(text).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' });

  const trouble = text => {
    element('trouble').textContent = text ?? '';
    element('trouble').hidden = !text;
  };

  const stateOf = conversation => {
    if (!conversation.person)
      return texts.free;
    return conversation.person === person() ? texts.mine : texts.theirs(conversation.person);
  };

  // Kept elements keep the keyboard's focus while the list changes around them.
  const showList = () => {
    const list = element('list');
    for (const item of [...list.children]) {
      if (!conversations.some(conversation => conversation.id === item.dataset.id))
        item.remove();
    }
    for (const conversation of conversations) {
      let item = [...list.children].find(one => one.dataset.id === conversation.id);
      if (!item) {
        item = document.createElement('li');
        item.dataset.id = conversation.id;
        const button = document.createElement('button');
        button.type = 'button';
        button.addEventListener('click', () => choose(conversation.id));
        item.append(button);
        list.append(item);
      }
      const button = item.firstElementChild;
      button.textContent = `${stateOf(conversation)} · ${texts.since(time(conversation.requestedAt))} · ${conversation.language}`;
      button.setAttribute('aria-current', conversation.id === open);
      item.dataset.state = conversation.person ? 'taken' : 'waiting';
    }
    element('empty').hidden = conversations.length > 0;
  };

  const showChat = () => {
    const conversation = conversations.find(one => one.id === open);
    element('chat').hidden = !conversation;
    if (!conversation)
      return;
    const isMine = conversation.person === person() && person() !== '';
    element('take').hidden = Boolean(conversation.person);
    element('return').hidden = !conversation.person;
    element('say').hidden = !isMine;
  };

  const append = activities => {
    const transcript = element('transcript');
    for (const activity of activities) {
      if (activity.type !== 'message' || !activity.text)
        continue;
      const isCustomer = activity.from?.role === 'user';
      const line = document.createElement('li');
      line.dataset.from = isCustomer ? 'customer' : activity.from?.id === 'bot' ? 'bot' : 'person';
      const who = document.createElement('b');
      who.textContent = isCustomer ? texts.customer : line.dataset.from === 'bot' ? texts.bot : activity.from?.name ?? '';
      const said = document.createElement('p');
      said.textContent = activity.text;
      line.append(who, said);
      transcript.append(line);
      element('said').scrollTop = element('said').scrollHeight;
    }
  };

  const read = async () => {
    const id = open;
    if (!id)
      return;
    const news = await api.read(id, watermark);
    if (id !== open)
      return;
    watermark = Number(news.watermark);
    append(news.activities);
  };

  const choose = async id => {
    open = id;
    watermark = 0;
    element('transcript').replaceChildren();
    showList();
    showChat();
    await attempt(read);
    (element('say').hidden ? element('take') : element('text')).focus();
  };

  const refresh = async () => {
    conversations = await api.list();
    const waiting = conversations.filter(conversation => !conversation.person);
    if (waiting.some(conversation => !known.has(conversation.id)))
      element('news').textContent = texts.newRequest;
    known = new Set(waiting.map(conversation => conversation.id));
    document.title = waiting.length > 0 ? `(${waiting.length}) ${texts.title}` : texts.title;
    if (open && !conversations.some(conversation => conversation.id === open)) {
      open = undefined;
      element('news').textContent = texts.over;
    }
    showList();
    showChat();
    await read();
  };

  const attempt = async action => {
    try {
      await action();
      trouble();
      return true;
    } catch (error) {
      trouble(error.status ? error.message : texts.offline);
      return false;
    }
  };

  const act = action => async event => {
    event?.preventDefault();
    if (!person()) {
      trouble(texts.needName);
      element('name').focus();
      return;
    }
    if (await attempt(action))
      await attempt(refresh);
    if (!element('say').hidden)
      element('text').focus();
  };

  const say = act(async () => {
    const text = element('text').value.trim();
    if (!text)
      return;
    await api.say(open, person(), text);
    element('text').value = '';
  });

  document.documentElement.lang = locale;
  for (const [id, text] of Object.entries({
    title: texts.title, 'name-label': texts.name, waiting: texts.waiting, empty: texts.empty, 'chat-title': texts.chat,
    take: texts.take, return: texts.back, 'text-label': texts.text, send: texts.send,
  }))
    element(id).textContent = text;
  element('said').setAttribute('aria-label', texts.transcript);
  element('name').value = localStorage.getItem('desk-name') ?? '';
  element('name').addEventListener('change', () => {
    localStorage.setItem('desk-name', person());
    showList();
    showChat();
  });
  element('take').addEventListener('click', act(() => api.take(open, person())));
  element('return').addEventListener('click', act(() => api.giveBack(open, person())));
  element('say').addEventListener('submit', say);
  element('text').addEventListener('keydown', event => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey))
      say(event);
  });

  const poll = async () => {
    await attempt(refresh);
    setTimeout(poll, pollEvery);
  };
  poll();
})();
