// A small bot made with discord.js. It runs against the tests' server, and so shows that the server behaves as Discord does.
import {
  ActionRowBuilder, ApplicationCommandOptionType, ApplicationCommandType, ButtonBuilder, ButtonStyle, ChannelType, Client, Events, GatewayIntentBits, GuildScheduledEventEntityType, GuildScheduledEventPrivacyLevel, MessageFlags,
  ModalBuilder, LabelBuilder, Partials, StringSelectMenuBuilder, TextInputBuilder, TextInputStyle,
} from 'discord.js';

const { API, TOKEN, GUILD } = process.env;
const { Guilds, GuildMembers, GuildMessages, GuildMessageReactions, DirectMessages, GuildScheduledEvents } = GatewayIntentBits;

const client = new Client({
  intents: [Guilds, GuildMembers, GuildMessages, GuildMessageReactions, DirectMessages, GuildScheduledEvents],
  partials: [Partials.Channel, Partials.Message, Partials.Reaction],
  allowedMentions: { parse: [] },
  rest: { api: API, retries: 3 },
});

const text = (name, more = {}) => ({ name, description: `The ${name}`, type: ApplicationCommandOptionType.String, ...more });
const sub = (name, options = []) => ({ name, description: `To ${name}`, type: ApplicationCommandOptionType.Subcommand, options });
const commands = [
  {
    name: 'cop', description: 'What the bot does', nameLocalizations: { 'es-ES': 'policia' },
    options: [
      { name: 'okr', description: 'Objectives', type: ApplicationCommandOptionType.SubcommandGroup, options: [sub('add', [
        text('title', { required: true, maxLength: 20 }),
        { name: 'owner', description: 'Whose', type: ApplicationCommandOptionType.User },
        { name: 'weight', description: 'How heavy', type: ApplicationCommandOptionType.Integer, minValue: 1, maxValue: 9 },
        text('topic', { autocomplete: true }),
      ])] },
      sub('form'), sub('people'), sub('event'), sub('late'), sub('role', [{ name: 'role', description: 'Which', type: ApplicationCommandOptionType.Role, required: true }]),
      sub('forum', [{ name: 'forum', description: 'Where', type: ApplicationCommandOptionType.Channel, channelTypes: [ChannelType.GuildForum], required: true }]),
    ],
  },
  { name: 'Thank', type: ApplicationCommandType.User },
  { name: 'Log as share', type: ApplicationCommandType.Message },
];

const form = () => new ModalBuilder().setCustomId('form').setTitle('A form').addLabelComponents(
  new LabelBuilder().setLabel('The answer').setTextInputComponent(new TextInputBuilder().setCustomId('answer').setStyle(TextInputStyle.Short).setMaxLength(10)),
  new LabelBuilder().setLabel('Colour').setStringSelectMenuComponent(new StringSelectMenuBuilder().setCustomId('colour').addOptions({ label: 'Red', value: 'r' }, { label: 'Blue', value: 'b' })),
);

const doing = {
  async add(interaction) {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const { options } = interaction;
    await interaction.editReply({
      content: `Added **${options.getString('title')}** for ${options.getUser('owner') ?? 'nobody'} (${options.getInteger('weight') ?? 1})`,
      embeds: [{ title: 'Objective', description: 'It is *there*', fields: [{ name: 'Topic', value: options.getString('topic') ?? 'none' }] }],
    });
    await interaction.followUp({ content: 'Tell the others @everyone', components: [new ActionRowBuilder().addComponents(new ButtonBuilder().setCustomId('go').setLabel('Go').setStyle(ButtonStyle.Primary))] });
  },
  async form(interaction) { await interaction.showModal(form()); },
  async people(interaction) {
    await interaction.deferReply();
    const people = await interaction.guild.members.fetch();
    await interaction.editReply(`${people.size} people`);
  },
  async event(interaction) {
    const event = await interaction.guild.scheduledEvents.create({
      name: 'Gathering', scheduledStartTime: Date.now() + 3_600_000, scheduledEndTime: Date.now() + 7_200_000, privacyLevel: GuildScheduledEventPrivacyLevel.GuildOnly,
      entityType: GuildScheduledEventEntityType.External, entityMetadata: { location: 'Here' }, reason: 'Asked for – by somebody',
    });
    await interaction.reply(`Event ${event.name}`);
  },
  async late(interaction) { await interaction.channel.send('No answer to the command'); },
  async role(interaction) {
    const member = await interaction.guild.members.fetch(interaction.user.id);
    try {
      await member.roles.add(interaction.options.getRole('role'), 'A title');
      await interaction.reply('Given');
    } catch (refused) {
      await interaction.reply(`Refused: ${refused.code} ${refused.message}`);
    }
  },
  async forum(interaction) {
    const thread = await interaction.options.getChannel('forum').threads.create({ name: 'A post', message: { content: 'First' } });
    await thread.send('Second');
    await interaction.reply(`Posted ${thread}`);
  },
};

client.on(Events.InteractionCreate, async (interaction) => {
  if (interaction.isChatInputCommand()) await doing[interaction.options.getSubcommand()](interaction);
  else if (interaction.isAutocomplete()) await interaction.respond([{ name: `Found ${interaction.options.getFocused()}`, value: 'found' }]);
  else if (interaction.isUserContextMenuCommand()) await interaction.reply({ content: `Thanks, ${interaction.targetUser.username}`, flags: MessageFlags.Ephemeral });
  else if (interaction.isMessageContextMenuCommand()) await interaction.reply(`Kept: ${interaction.targetMessage.content}`);
  else if (interaction.isButton()) await interaction.update({ content: `Gone, said ${interaction.user.username}`, components: [] });
  else if (interaction.isModalSubmit()) await interaction.reply(`${interaction.fields.getTextInputValue('answer')} in ${interaction.fields.getStringSelectValues('colour')}`);
});

client.on(Events.MessageCreate, async (message) => {
  if (message.author.bot) return;
  if (message.channel.isDMBased()) {
    await message.channel.send(`You said: ${message.content}`);
  } else if (message.mentions.has(client.user)) {
    await message.react('👀');
    const once = { content: 'Here', nonce: message.id, enforceNonce: true };
    const [first, second] = [await message.channel.send(once), await message.channel.send(once)];
    await first.edit(first.id === second.id ? `Once, to <@${message.author.id}>` : 'Twice');
  } else if (message.content !== '') {
    await message.channel.send('Read what was not for me');
  }
});

client.on(Events.MessageReactionAdd, async (reaction, user) => {
  if (!user.bot) await reaction.message.reply({ content: `${reaction.emoji.name} by ${user.username}`, allowedMentions: { parse: [], repliedUser: false } });
});
client.on(Events.GuildMemberRemove, (member) => console.log(`left ${member.user.username}`));
client.on(Events.ShardResume, (shard, replayed) => console.log(`resumed ${shard} ${replayed}`));
client.on(Events.Error, (error) => console.error(error));
process.on('unhandledRejection', (error) => console.error(error));

client.once(Events.ClientReady, async () => {
  await client.application.commands.set(commands, GUILD);
  console.log('ready 0');
});
await client.login(TOKEN);
