using System.Globalization;
using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>What people do with the app. Each waits until the bot has given its first answer.</summary>
public sealed partial class DiscordServer
{
    private readonly List<DiscordModal> modals = [];

    /// <summary>The form that a person sees; null where none is open.</summary>
    public DiscordModal? ModalOf(DiscordUser person) => Locked(() => modals.FindLast(modal => modal.Open && modal.Interaction.User == person));

    /// <summary>A person runs a command: <c>RunCommandAsync(anna, channel, "cop okr add", ("title", "Ship it"))</c>.</summary>
    public Task<DiscordInteraction> RunCommandAsync(DiscordUser by, DiscordChannel where, string command, params (string Name, object Value)[] options)
    {
        lock (Gate)
        {
            var input = new DiscordCommandInput(this, by, where);
            var (data, registered) = input.Run(command, options);
            return SendAsync(Make(by, where, DiscordInteraction.Command, 1, data, registered: registered));
        }
    }

    /// <summary>A person types into an option: the last of <paramref name="typed"/>, with what they filled in before it.</summary>
    public Task<DiscordInteraction> AutocompleteAsync(DiscordUser by, DiscordChannel where, string command, params (string Name, object Value)[] typed)
    {
        lock (Gate)
        {
            var input = new DiscordCommandInput(this, by, where);
            var (data, registered) = input.Type(command, typed);
            return SendAsync(Make(by, where, DiscordInteraction.Autocomplete, 1, data, registered: registered));
        }
    }

    /// <summary>A person chooses a command of the app on somebody.</summary>
    public Task<DiscordInteraction> RunOnUserAsync(DiscordUser by, DiscordChannel where, DiscordUser target, string command)
    {
        lock (Gate)
        {
            var (data, registered) = new DiscordCommandInput(this, by, where).OnUser(command, target);
            return SendAsync(Make(by, where, DiscordInteraction.Command, 2, data, registered: registered));
        }
    }

    /// <summary>A person chooses a command of the app on a message.</summary>
    public Task<DiscordInteraction> RunOnMessageAsync(DiscordUser by, DiscordMessage target, string command)
    {
        lock (Gate)
        {
            MustSee(by, target);
            var (data, registered) = new DiscordCommandInput(this, by, target.Channel).OnMessage(command, target);
            return SendAsync(Make(by, target.Channel, DiscordInteraction.Command, 3, data, registered: registered));
        }
    }

    /// <summary>A person presses a button, named by its custom id or its label.</summary>
    public Task<DiscordInteraction> ClickAsync(DiscordUser by, DiscordMessage message, string button)
    {
        lock (Gate)
        {
            MustSee(by, message);
            var data = DiscordComponentInput.Click(message, button);
            return SendAsync(Make(by, message.Channel, DiscordInteraction.Component, 0, data, message));
        }
    }

    /// <summary>A person chooses in a select, named by its custom id: options by value or label, people, roles and channels by themselves.</summary>
    public Task<DiscordInteraction> ChooseAsync(DiscordUser by, DiscordMessage message, string select, params object[] chosen)
    {
        lock (Gate)
        {
            MustSee(by, message);
            var data = DiscordComponentInput.Choose(this, message, select, chosen);
            return SendAsync(Make(by, message.Channel, DiscordInteraction.Component, 0, data, message));
        }
    }

    /// <summary>A person sends the form that is open, with values by custom id; what is left out keeps what the form began with.</summary>
    public Task<DiscordInteraction> SubmitAsync(DiscordUser by, params (string CustomId, object Value)[] values)
    {
        lock (Gate)
        {
            var modal = ModalOf(by) ?? throw new DiscordClientRefusal($"no form is open for {by.Username}");
            var data = DiscordComponentInput.Submit(this, modal, values);
            modal.Open = false;
            return SendAsync(Make(by, modal.Interaction.Channel, DiscordInteraction.ModalSubmit, 0, data, modal.Interaction.Message));
        }
    }

    /// <summary>A person closes the form: the bot is told nothing.</summary>
    public void CloseModal(DiscordUser by)
    {
        lock (Gate)
            modals.FindAll(modal => modal.Interaction.User == by).ForEach(modal => modal.Open = false);
    }

    /// <summary>Waits until the bot thinks no more: a deferred answer has come, the fifteen minutes notwithstanding.</summary>
    public async Task<DiscordInteraction> FinishedAsync(DiscordInteraction interaction, TimeSpan? patience = null)
    {
        await UntilAsync(() => Locked(() => interaction.Callback is not null && !interaction.Thinking), "an answer to the interaction", patience);
        return interaction;
    }

    internal void OpenModal(DiscordModal modal)
    {
        modals.RemoveAll(open => open.Interaction.User == modal.Interaction.User);
        modals.Add(modal);
    }

    private void MustSee(DiscordUser by, DiscordMessage message)
    {
        if (!SeenBy(by, message.Channel).Contains(message))
            throw new DiscordClientRefusal($"{by.Username} does not see this message");
    }

    private DiscordInteraction Make(DiscordUser by, DiscordChannel where, int type, int commandType, JsonObject data, DiscordMessage? message = null, JsonObject? registered = null)
    {
        var guild = where.Guild;
        var botIn = guild is null || guild.FindMember(BotUser.Id) is not null;
        var interaction = new DiscordInteraction(NewId(), $"aW50ZXJhY3Rpb246{DiscordKeys.Secret(48)}", type, by, where, Clock.GetUtcNow()) { CommandType = commandType, Message = message, UserInstallOnly = guild is not null && !botIn };
        var owners = new JsonObject();
        if (guild is not null && botIn)
            owners["0"] = guild.Id;
        else if (guild is null && !by.HasInstalledApp)
            owners["0"] = "0";
        if (by.HasInstalledApp && (registered?["integration_types"] as JsonArray)?.Any(kind => (int)kind! == 1) == true)
            owners["1"] = by.Id;
        var payload = new JsonObject
        {
            ["id"] = interaction.Id,
            ["application_id"] = ApplicationId,
            ["type"] = type,
            ["data"] = data,
            ["token"] = interaction.Token,
            ["version"] = 1,
            ["channel_id"] = where.Id,
            ["channel"] = WithPermissions(DiscordShapes.Channel(where), guild is null ? DiscordPermissions.All : DiscordPermissions.Of(by, guild, where)),
            ["locale"] = by.Locale,
            ["app_permissions"] = DiscordShapes.Bits(guild is null || !botIn ? DiscordPermissions.Everyone : DiscordPermissions.Of(BotUser, guild, where)),
            ["entitlements"] = new JsonArray(),
            ["entitlement_sku_ids"] = new JsonArray(),
            ["authorizing_integration_owners"] = owners,
            ["context"] = guild is null ? 1 : 0,
            ["attachment_size_limit"] = 10_485_760,
        };
        if (guild is null)
            payload["user"] = DiscordShapes.User(by);
        else
        {
            payload["guild_id"] = guild.Id;
            payload["guild_locale"] = guild.Locale;
            payload["guild"] = new JsonObject { ["id"] = guild.Id, ["locale"] = guild.Locale, ["features"] = new JsonArray() };
            payload["member"] = WithPermissions(DiscordShapes.Member(guild.FindMember(by.Id) ?? throw new DiscordClientRefusal($"{by.Username} is not in {guild.Name}")), DiscordPermissions.Of(by, guild, where));
        }
        if (message is not null)
            payload["message"] = DiscordShapes.Message(message);
        interaction.Payload = payload;
        return interaction;
    }

    private static JsonObject WithPermissions(JsonObject shape, ulong permissions)
    {
        shape["permissions"] = permissions.ToString(CultureInfo.InvariantCulture);
        return shape;
    }

    private Task<DiscordInteraction> SendAsync(DiscordInteraction interaction)
    {
        InteractionList.Add(interaction);
        InteractionsByToken[interaction.Token] = interaction;
        interaction.Delivered = Gateway.Dispatch("INTERACTION_CREATE", 0, interaction.UserInstallOnly ? null : interaction.Channel.Guild?.Id, _ => interaction.Payload) > 0;
        return interaction.Delivered ? AnswerOf(interaction, AnswerPatience) : Task.FromResult(interaction);
    }

    private static async Task<DiscordInteraction> AnswerOf(DiscordInteraction interaction, TimeSpan patience)
    {
        try
        {
            await interaction.AnsweredAsync.WaitAsync(patience, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            // The person sees that the application did not respond; the test sees it in Callback.
        }
        return interaction;
    }
}
