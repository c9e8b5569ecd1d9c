// A small app made with Slack's own libraries. It runs against the tests' server, and so shows that the server behaves as Slack does.
import { createServer } from 'node:net';
import bolt from '@slack/bolt';

const { App, HTTPReceiver, SocketModeReceiver, LogLevel } = bolt;
const { MODE, API, AUTHORIZE, APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, CLIENT_ID, CLIENT_SECRET } = process.env;
const clientOptions = { slackApiUrl: API };
const logLevel = LogLevel.ERROR;

const freePort = () => new Promise((found) => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const { port } = probe.address();
    probe.close(() => found(port));
  });
});

const installations = new Map();
const installationStore = {
  storeInstallation: async (installation) => { installations.set(installation.team.id, installation); },
  fetchInstallation: async (query) => installations.get(query.teamId),
  deleteInstallation: async (query) => { installations.delete(query.teamId); },
};

const port = MODE === 'socket' ? 0 : await freePort();
let receiver;
if (MODE === 'socket') {
  receiver = new SocketModeReceiver({ appToken: APP_TOKEN, logLevel, installerOptions: { clientOptions } });
} else if (MODE === 'oauth') {
  receiver = new HTTPReceiver({
    signingSecret: SIGNING_SECRET, logLevel, clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, stateSecret: 'a secret of this test', installationStore,
    scopes: ['chat:write', 'commands', 'app_mentions:read'], redirectUri: `http://127.0.0.1:${port}/slack/oauth_redirect`,
    installerOptions: { authorizationUrl: AUTHORIZE, clientOptions, directInstall: true, redirectUriPath: '/slack/oauth_redirect' },
  });
} else {
  receiver = new HTTPReceiver({ signingSecret: SIGNING_SECRET, logLevel });
}
const app = new App({ receiver, clientOptions, logLevel, ...(MODE === 'oauth' ? {} : { token: BOT_TOKEN }) });

const button = (text) => [
  { type: 'section', text: { type: 'mrkdwn', text } },
  { type: 'actions', elements: [{ type: 'button', action_id: 'go', value: '1', text: { type: 'plain_text', text: 'Go' } }] },
];
const form = {
  type: 'modal', callback_id: 'form', title: { type: 'plain_text', text: 'A form' }, submit: { type: 'plain_text', text: 'Send' }, private_metadata: 'kept',
  blocks: [
    { type: 'input', block_id: 'answer', label: { type: 'plain_text', text: 'The answer' }, element: { type: 'plain_text_input', action_id: 'text' } },
    { type: 'input', block_id: 'who', optional: true, label: { type: 'plain_text', text: 'Who' }, element: { type: 'external_select', action_id: 'pick', min_query_length: 1 } },
  ],
};

app.command('/cop', async ({ command, ack, respond, client }) => {
  switch (command.text.split(' ')[0]) {
    case 'form':
      await ack();
      await client.views.open({ trigger_id: command.trigger_id, view: form });
      break;
    case 'people': {
      await ack();
      const people = [];
      for await (const page of client.paginate('users.list', { limit: 2 })) people.push(...page.members);
      const group = command.text.split(' ')[1];
      await client.usergroups.users.update({ usergroup: group, users: people.filter((person) => !person.is_bot).map((person) => person.id).join(',') });
      await respond({ text: `${people.length} people`, response_type: 'ephemeral' });
      break;
    }
    default:
      await ack({ text: 'at once', response_type: 'ephemeral' });
      await respond({ text: 'later, for all', response_type: 'in_channel' });
      await client.chat.postEphemeral({ channel: command.channel_id, user: command.user_id, text: 'only you' });
  }
});

app.event('app_mention', async ({ event, client }) => {
  await client.reactions.add({ channel: event.channel, timestamp: event.ts, name: 'eyes' });
  await client.chat.postMessage({ channel: event.channel, thread_ts: event.ts, text: 'Ready?', blocks: button('Ready?'), metadata: { event_type: 'asked', event_payload: { at: event.ts } } });
});

app.message(async ({ message, client }) => {
  if (message.channel_type === 'im' && message.subtype === undefined) await client.chat.postMessage({ channel: message.channel, text: `You said: ${message.text}` });
});

app.action('go', async ({ body, ack, client }) => {
  await ack();
  await client.chat.update({ channel: body.channel.id, ts: body.message.ts, text: `Gone, said ${body.user.id}`, blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'Gone' } }] });
});

app.options('pick', async ({ options, ack }) => ack({ options: [{ text: { type: 'plain_text', text: options.value }, value: 'found' }] }));

app.view('form', async ({ ack, view, body, client }) => {
  if (view.state.values.answer.text.value !== '42') {
    await ack({ response_action: 'errors', errors: { answer: 'Think again' } });
    return;
  }
  await ack();
  await client.chat.postMessage({ channel: body.user.id, text: `Right, and ${view.state.values.who.pick.selected_option?.value} (${view.private_metadata})` });
});

app.shortcut('anywhere', async ({ shortcut, ack, client }) => {
  await ack();
  await client.views.open({ trigger_id: shortcut.trigger_id, view: form });
});

app.shortcut('keep', async ({ shortcut, ack, respond }) => {
  await ack();
  await respond({ text: `Kept ${shortcut.message.text}`, response_type: 'ephemeral' });
});

app.event('app_home_opened', async ({ event, client }) => {
  await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: [{ type: 'header', text: { type: 'plain_text', text: 'At home' } }] } });
});

app.error(async (error) => { console.error(error.code, error.message); });

await (MODE === 'socket' ? app.start() : app.start({ port, host: '127.0.0.1' }));
console.log(`ready ${port}`);
