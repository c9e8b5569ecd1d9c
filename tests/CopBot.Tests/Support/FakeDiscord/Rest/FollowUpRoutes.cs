using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>What comes after the first answer, over the interaction's own webhook: for fifteen minutes.</summary>
internal static class FollowUpRoutes
{
    private const string Hook = "/webhooks/{webhook_id}/{webhook_token}";

    public static DiscordRoute[] All { get; } =
    [
        new("POST", Hook, Create, NeedsToken: false),
        new("GET", $"{Hook}/messages/@original", call => DiscordShapes.Message(Original(call)), NeedsToken: false),
        new("PATCH", $"{Hook}/messages/@original", call => Edit(call, Original(call)), NeedsToken: false),
        new("DELETE", $"{Hook}/messages/@original", call => Delete(call, Original(call)), NeedsToken: false),
        new("GET", $"{Hook}/messages/{{message_id}}", call => DiscordShapes.Message(Other(call)), NeedsToken: false),
        new("PATCH", $"{Hook}/messages/{{message_id}}", call => Edit(call, Other(call)), NeedsToken: false),
        new("DELETE", $"{Hook}/messages/{{message_id}}", call => Delete(call, Other(call)), NeedsToken: false),
    ];

    private static DiscordInteraction Interaction(DiscordCall call)
    {
        if (call["webhook_id"] != call.Server.ApplicationId || !call.Server.InteractionsByToken.TryGetValue(call["webhook_token"], out var interaction))
            throw DiscordRefusal.Of(10015);
        if (call.Now - interaction.At >= TimeSpan.FromMinutes(15))
            throw DiscordRefusal.Of(50027);
        // The webhook comes into being with the first answer.
        return interaction.Callback is null or 8 ? throw DiscordRefusal.Of(10015) : interaction;
    }

    private static JsonObject Create(DiscordCall call)
    {
        var interaction = Interaction(call);
        if (interaction.Channel.Deleted)
            throw DiscordRefusal.Of(10003);
        // After a deferral the first of them is its answer; whether all see it was settled then.
        if (interaction is { Callback: 5, Thinking: true, Original: { Deleted: false } waiting })
            return Edit(call, waiting);
        if (interaction.UserInstallOnly && interaction.FollowUpsMade >= 5)
            throw DiscordRefusal.Of(40094);
        interaction.FollowUpsMade++;
        var onlyUser = ((int?)call.Body["flags"] & DiscordContent.Ephemeral) > 0 ? interaction.User : null;
        var message = DiscordWriting.New(call.Server, interaction.Channel, call.Body, interaction.Original, interaction: interaction, onlyUser: onlyUser);
        interaction.FollowUpList.Add(message);
        return DiscordShapes.Message(message);
    }

    private static DiscordMessage Original(DiscordCall call) => Interaction(call).Original is { Deleted: false } original ? original : throw DiscordRefusal.Of(10008);

    private static DiscordMessage Other(DiscordCall call)
    {
        var interaction = Interaction(call);
        return interaction.FollowUpList.Append(interaction.Original).FirstOrDefault(message => message is { Deleted: false } && message.Id == call["message_id"]) ?? throw DiscordRefusal.Of(10008);
    }

    private static JsonObject Edit(DiscordCall call, DiscordMessage message)
    {
        DiscordWriting.Edit(call.Server, message, call.Body);
        return DiscordShapes.Message(message);
    }

    private static JsonNode? Delete(DiscordCall call, DiscordMessage message)
    {
        DiscordWriting.Delete(call.Server, message);
        return null;
    }
}
