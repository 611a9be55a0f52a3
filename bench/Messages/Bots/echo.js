'use strict';

// The echo bot of the JavaScript SDK's samples. Its outbound token is a constant, which spares it work that our host does.
const { ActivityHandler, CloudAdapter, ConfigurationBotFrameworkAuthentication, MessageFactory } = require('botbuilder');
const express = require('express');

class FixedToken {
  isValidAppId = async appId => appId === process.env.MicrosoftAppId;
  isAuthenticationDisabled = async () => false;
  createCredentials = async () => ({
    signRequest: async request => {
      request.headers.set('authorization', 'Bearer fixed');
      return request;
    },
  });
}

class EchoBot extends ActivityHandler {
  constructor() {
    super();
    this.onMessage(async (context, next) => {
      const text = `Echo: ${context.activity.text}`;
      await context.sendActivity(MessageFactory.text(text, text));
      await next();
    });
  }
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({ ...process.env }, new FixedToken()));
adapter.onTurnError = async (_, error) => console.error(error.message);
const bot = new EchoBot();
const app = express();
app.use(express.json());
app.post('/api/messages', (request, response) => adapter.process(request, response, context => bot.run(context)));
const server = app.listen(0, '127.0.0.1', () => console.log(`Now listening on: http://127.0.0.1:${server.address().port}`));
