// A small bot made with Microsoft's own libraries. It runs against the tests' server with authentication on, and so shows that the server behaves as Teams does.
// With MODE=schema it is no bot: it tells of activities, one a line, what Microsoft's schema has against them.
import { createServer } from 'node:http';
import { ConfidentialClientApplication } from '@azure/msal-node';
import activities from '@microsoft/agents-activity';
import botbuilder from 'botbuilder';
import connector from 'botframework-connector';

const { CardFactory, CloudAdapter, ConfigurationBotFrameworkAuthentication, MessageFactory, TeamsActivityHandler, TeamsInfo, TurnContext } = botbuilder;
const { MODE, LOGIN, TENANT, APP, SECRET, METADATA } = process.env;

const read = async (request) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
};
const listen = (serve) => {
  const server = createServer(serve);
  server.listen(0, '127.0.0.1', () => console.log(`ready ${server.address().port}`));
};

const judge = (line) => {
  const result = activities.activityZodSchema.safeParse(JSON.parse(line));
  return result.success ? 'ok' : result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
};

const form = (title) => CardFactory.adaptiveCard({
  type: 'AdaptiveCard', version: '1.5',
  body: [{ type: 'TextBlock', text: title }, { type: 'Input.Text', id: 'title', label: 'Title', isRequired: true, errorMessage: 'Say what', maxLength: 20 }],
  actions: [{ type: 'Action.Submit', title: 'Save', data: { form: title } }],
});
const card = CardFactory.adaptiveCard({
  type: 'AdaptiveCard', version: '1.5',
  body: [{ type: 'TextBlock', text: 'Shares' }],
  actions: [
    { type: 'Action.Execute', title: 'Count', verb: 'count', data: { token: 't1' } },
    { type: 'Action.Execute', title: 'Whisper', verb: 'whisper' },
    { type: 'Action.Submit', title: 'Open', data: { msteams: { type: 'task/fetch' }, form: 'share' } },
    { type: 'Action.Submit', title: 'Plain', data: { plain: true } },
  ],
});
const task = (title) => ({ task: { type: 'continue', value: { title, height: 'small', width: 400, card: form(title) } } });

class Bot extends TeamsActivityHandler {
  constructor(adapter) {
    super();
    this.adapter = adapter;
    this.onMessage((context) => this.said(context));
    this.onReactionsAdded(async (context) => context.sendActivity(`${context.activity.reactionsAdded[0].type} on ${context.activity.replyToId}`));
    this.onTeamsMembersAddedEvent(async (members, team, context) => {
      const others = members.filter((member) => member.id !== context.activity.recipient.id);
      if (others.length > 0) await context.sendActivity(`Welcome ${others.map((member) => member.name).join(', ')}`);
    });
    this.onTeamsChannelRenamedEvent(async (channel, team, context) => context.sendActivity(`Now called ${channel.name}`));
  }

  async said(context) {
    const { activity } = context;
    const text = (TurnContext.removeRecipientMention(activity) ?? activity.text ?? '').trim();
    if (activity.value?.plain) return context.sendActivity('Plain it was');
    const doing = {
      card: () => context.sendActivity(MessageFactory.attachment(card)),
      people: async () => {
        const names = [];
        let token;
        do {
          const page = await TeamsInfo.getPagedMembers(context, 2, token);
          names.push(...page.members.map((member) => member.name));
          token = page.continuationToken;
        } while (token);
        await context.sendActivity(names.join(', '));
      },
      one: async () => context.sendActivity((await TeamsInfo.getMember(context, activity.from.aadObjectId)).userPrincipalName),
      team: async () => {
        const details = await TeamsInfo.getTeamDetails(context);
        await context.sendActivity(`${details.name}: ${(await TeamsInfo.getTeamChannels(context)).map((channel) => channel.name ?? 'General').join(', ')}`);
      },
      direct: () => this.adapter.createConversationAsync(APP, 'msteams', activity.serviceUrl, 'https://api.botframework.com',
        { isGroup: false, members: [activity.from], tenantId: TENANT, bot: activity.recipient }, async (own) => { await own.sendActivity('psst'); }),
      thread: async () => {
        await TeamsInfo.sendMessageToTeamsChannel(context, MessageFactory.text('A new thread'), activity.channelData.channel.id, APP);
      },
      change: async () => {
        const first = await context.sendActivity('first');
        await context.updateActivity({ ...MessageFactory.text('second'), id: first.id });
        const third = await context.sendActivity('third');
        await context.deleteActivity(third.id);
      },
      typing: async () => {
        await context.sendActivity({ type: 'typing' });
        await context.sendActivity('typed');
      },
    }[text];
    if (doing) return doing();
    const tag = `<at>${activity.from.name}</at>`;
    return context.sendActivity({ ...MessageFactory.text(`${tag} said ${text}`), entities: [{ type: 'mention', text: tag, mentioned: { id: activity.from.id, name: activity.from.name } }] });
  }

  async onAdaptiveCardInvoke(context, invoked) {
    if (invoked.action.verb === 'whisper') return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: `Only for ${context.activity.from.name}` };
    return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: `Counted ${invoked.action.data.token}` }] } };
  }

  async handleTeamsTaskModuleFetch(context, request) { return task(request.data.form); }
  async handleTeamsTaskModuleSubmit(context, request) { return { task: { type: 'message', value: `Kept ${request.data.title}` } }; }
  async handleTeamsMessagingExtensionFetchTask(context, action) { return task(`${action.commandId} by ${action.messagePayload.from.user.displayName}`); }
  async handleTeamsMessagingExtensionSubmitAction(context, action) {
    await context.sendActivity(`Logged ${action.data.title}`);
    return {};
  }
}

const play = () => {
  const client = new ConfidentialClientApplication({ auth: { clientId: APP, clientSecret: SECRET, authority: `${LOGIN}/${TENANT}`, knownAuthorities: [new URL(LOGIN).host] } });
  const authentication = new ConfigurationBotFrameworkAuthentication({
    MicrosoftAppId: APP, MicrosoftAppType: 'SingleTenant', MicrosoftAppTenantId: TENANT,
    ToChannelFromBotLoginUrl: `${LOGIN}/${TENANT}`, ToChannelFromBotOAuthScope: 'https://api.botframework.com', ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
    OAuthUrl: LOGIN, ToBotFromChannelOpenIdMetadataUrl: METADATA, ToBotFromEmulatorOpenIdMetadataUrl: METADATA, CallerId: 'urn:botframework:azure', ValidateAuthority: true,
  }, new connector.MsalServiceClientCredentialsFactory(APP, client));
  const adapter = new CloudAdapter(authentication);
  adapter.onTurnError = async (context, error) => console.error(error);
  const bot = new Bot(adapter);
  listen(async (request, response) => {
    // What a web framework would do: read the body, and offer answers as libraries expect them.
    const body = await read(request);
    Object.assign(request, { body: body ? JSON.parse(body) : {} });
    const answer = {
      status: (code) => { response.statusCode = code; return answer; },
      header: (name, value) => { response.setHeader(name, value); return answer; },
      send: (sent) => { if (sent !== undefined) { response.setHeader('Content-Type', 'application/json'); response.write(typeof sent === 'string' ? sent : JSON.stringify(sent)); } return answer; },
      end: () => { response.end(); return answer; },
    };
    await adapter.process(request, answer, (context) => bot.run(context));
  });
};

process.on('unhandledRejection', (error) => console.error(error));
if (MODE === 'schema') {
  listen(async (request, response) => {
    const lines = (await read(request)).split('\n').filter((line) => line.length > 0);
    response.end(lines.map(judge).join('\n'));
  });
} else {
  play();
}
