'use strict';

// The page's own words. Web Chat brings its own translations.
window.pageTexts = {
  en: {
    connecting: 'Connecting…',
    online: 'Online',
    offline: 'Reconnecting…',
    ended: 'Ended',
    voice: 'Speak instead of typing. Your browser may send what you say to its own speech service.',
    again: 'New chat',
    retry: 'Start a new chat',
    over: 'This chat has ended. Your messages were not kept.',
    unreachable: 'The assistant cannot be reached right now.',
    note: 'Answers come from an automatic assistant and can be wrong.',
    placeholder: 'Ask a question',
  },
  'zh-Hans': {
    connecting: '正在连接…',
    online: '在线',
    offline: '正在重新连接…',
    ended: '已结束',
    voice: '改用语音输入。浏览器可能会把您说的话发送到它自己的语音服务。',
    again: '新对话',
    retry: '开始新对话',
    over: '本次对话已结束，消息没有保留。',
    unreachable: '暂时无法连接到助手。',
    note: '回答由自动助手生成，可能有误。',
    placeholder: '请输入您的问题',
  },
};
