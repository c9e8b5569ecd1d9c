using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>The first answer to an interaction: within three seconds, and once.</summary>
internal static class InteractionRoutes
{
    private const int Say = 4, Defer = 5, DeferUpdate = 6, Update = 7, Choices = 8, Modal = 9;

    public static DiscordRoute[] All { get; } = [new("POST", "/interactions/{interaction_id}/{interaction_token}/callback", Answer, NeedsToken: false)];

    private static JsonNode? Answer(DiscordCall call)
    {
        if (!call.Server.InteractionsByToken.TryGetValue(call["interaction_token"], out var interaction) || interaction.Id != call["interaction_id"])
            throw DiscordRefusal.Of(10062);
        if (interaction.Callback is not null)
            throw DiscordRefusal.Of(40060);
        if (call.Now - interaction.At > TimeSpan.FromSeconds(3))
            throw DiscordRefusal.Of(10062);
        var (type, data) = ((int)call.Body["type"]!, call.Body["data"] as JsonObject ?? []);
        if (!Fits(type, interaction))
        {
            call.Server.Breach($"callback of type {type} to an interaction of type {interaction.Type}");
            throw DiscordRefusal.Form("type", $"{type} is no answer to this interaction");
        }
        Do(call.Server, interaction, type, data);
        interaction.Answered(type);
        return call.Flag("with_response") ? Response(interaction, type) : null;
    }

    private static bool Fits(int type, DiscordInteraction interaction) => type switch
    {
        Say or Defer => interaction.Type is DiscordInteraction.Command or DiscordInteraction.Component or DiscordInteraction.ModalSubmit,
        DeferUpdate or Update => interaction.Message is not null && interaction.Type is DiscordInteraction.Component or DiscordInteraction.ModalSubmit,
        Choices => interaction.Type is DiscordInteraction.Autocomplete,
        Modal => interaction.Type is DiscordInteraction.Command or DiscordInteraction.Component,
        _ => false,
    };

    private static void Do(DiscordServer server, DiscordInteraction interaction, int type, JsonObject data)
    {
        var onlyUser = ((int?)data["flags"] & DiscordContent.Ephemeral) > 0 ? interaction.User : null;
        switch (type)
        {
            case Say:
                interaction.Original = DiscordWriting.New(server, interaction.Channel, data, interaction: interaction, onlyUser: onlyUser);
                break;
            case Defer:
                interaction.Original = new DiscordMessage(server.NewId(), interaction.Channel, server.BotUser, server.Clock.GetUtcNow()) { OnlyUser = onlyUser, Interaction = interaction, Type = interaction.CommandType == 1 ? 20 : interaction.CommandType > 1 ? 23 : 0 }
                    .Saying(DiscordContent.Empty with { Flags = DiscordContent.Loading | (onlyUser is null ? 0 : DiscordContent.Ephemeral) });
                DiscordWriting.Keep(server, interaction.Original);
                break;
            case DeferUpdate:
                interaction.Original = interaction.Message;
                break;
            case Update:
                interaction.Original = interaction.Message;
                DiscordWriting.Edit(server, interaction.Message!, data);
                break;
            case Choices:
                interaction.Choices = [.. (data["choices"] as JsonArray ?? []).Select(choice => ((string)choice!["name"]!, choice["value"]!.DeepClone()))];
                break;
            default:
                interaction.Modal = new(interaction, data.DeepClone().AsObject());
                server.OpenModal(interaction.Modal);
                break;
        }
    }

    private static JsonObject Response(DiscordInteraction interaction, int type)
    {
        var told = new JsonObject { ["id"] = interaction.Id, ["type"] = interaction.Type };
        var answer = new JsonObject { ["interaction"] = told };
        if (interaction.Original is not { } original || type is DeferUpdate)
            return answer;
        told["response_message_id"] = original.Id;
        told["response_message_loading"] = original.Thinking;
        told["response_message_ephemeral"] = original.OnlyUser is not null;
        answer["resource"] = new JsonObject { ["type"] = type, ["message"] = DiscordShapes.Message(original) };
        return answer;
    }
}
