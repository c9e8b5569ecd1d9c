using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Discord.Api;
using CopBot.Platforms.Discord.Commands;
using CopBot.Platforms.Discord.Guilds;
using CopBot.Platforms.Discord.Messages;
using Microsoft.Extensions.Logging;

namespace CopBot.Platforms.Discord.Intake;

/// <summary>
/// Commands, clicks and forms (docs.discord.com/developers/interactions/receiving-and-responding). What they say is stored first; then Discord is told that
/// the answer comes, for which it gives three seconds.
/// </summary>
public sealed partial class DiscordInteractions(
    InboxWorker inbox, CommandCatalog catalog, DiscordApi api, DiscordGuilds guilds, DiscordSpeech speech, DiscordForms forms, DiscordSuggestions suggestions, Deferrals deferrals, LongLines lines, ILogger<DiscordInteractions> log)
{
    private const int Ephemeral = 1 << 6;

    public Task AcceptAsync(JsonObject interaction, CancellationToken ct) => (interaction["type"]?.GetValue<int>() ?? 0) switch
    {
        2 => CommandAsync(interaction, ct),
        3 => ClickAsync(interaction, ct),
        4 => suggestions.AnswerAsync(interaction, ct),
        5 => FilledAsync(interaction, ct),
        _ => Task.CompletedTask,
    };

    private async Task CommandAsync(JsonObject interaction, CancellationToken ct)
    {
        var data = interaction.Object("data");
        if (DiscordCommands.Line(data, catalog, interaction.TextOrNull("guild_id")) is not { } line)
        {
            await TellAsync(interaction, "I do not know that command any more; Discord shows the new ones in a moment. Nothing was stored.", ct);
            return;
        }

        var fromMenu = data["type"]?.GetValue<int>() is 2 or 3;
        if ((fromMenu ? forms.Whole(line) : forms.Missing(line)) is not { } form || !await forms.OpenAsync(interaction, form, ct))
            await SayAsync(interaction, line, ct);
    }

    private async Task ClickAsync(JsonObject interaction, CancellationToken ct)
    {
        var data = interaction.Object("data");
        var name = data.Text("custom_id");
        var click = DiscordIds.Read(name);
        if (click is { Kind: DiscordClick.Ask })
        {
            await AnswerAsync(interaction, DiscordMessage.Sure(LabelOf(interaction, name), name), ct);
            return;
        }

        var line = click?.Line;
        var reference = click?.Reference is { } known ? (known, click.Number) : ((string, int)?)null;
        if (click is { Kind: DiscordClick.Choose } && data.Texts("values").FirstOrDefault() is { } picked)
        {
            var option = DiscordIds.Read(picked);
            reference = option?.Reference is { } other ? (other, option.Number) : null;
            line = reference is null ? picked : null;
        }

        if (reference is var (of, number))
            line = await lines.FindAsync(of, number, ct);
        if (line is null)
        {
            await TellAsync(interaction, "This button is too old to know what it was for. Please type the command instead. Nothing was stored.", ct);
            return;
        }

        if ((click!.Kind == DiscordClick.Form ? forms.Whole(line) : forms.Missing(line)) is not { } form || !await forms.OpenAsync(interaction, form, ct))
            await SayAsync(interaction, line, ct);
    }

    private async Task FilledAsync(JsonObject interaction, CancellationToken ct)
    {
        if (DiscordModal.Read(interaction.Object("data")) is not { } filled)
        {
            await TellAsync(interaction, "I do not know that form any more. Nothing was stored.", ct);
            return;
        }

        var line = CommandLine.Write(filled.Line, filled.Values);
        if (await IncomingAsync(interaction, line, ct) is not { } said)
            return;

        if (await forms.ProblemsAsync(said, line, ct) is { } problems)
            await AnswerAsync(interaction, problems, ct);
        else
            await StoreAsync(interaction, said, ct);
    }

    private async Task SayAsync(JsonObject interaction, string line, CancellationToken ct)
    {
        if (await IncomingAsync(interaction, line, ct) is { } said)
            await StoreAsync(interaction, said, ct);
        else
            await TellAsync(interaction, "I am not in any server of yours yet. Nothing was stored.", ct);
    }

    // The row first, then Discord's word: what it was told is never lost, and what it was not told comes again.
    private async Task StoreAsync(JsonObject interaction, Incoming said, CancellationToken ct)
    {
        var token = interaction.Text("token");
        deferrals.Begin(token);
        await inbox.AcceptAsync(said, ct);
        var defer = new JsonObject { ["type"] = 5 };
        if (!IsDirect(interaction))
            defer["data"] = new JsonObject { ["flags"] = Ephemeral };
        var answer = await api.CallAsync(DiscordRoute.Callback(interaction.Text("id"), token), defer, ct);
        deferrals.Settle(token, answer.IsDone || answer.Code == DiscordError.AlreadyAnswered);
        if (!answer.IsDone)
            Log.NotDeferred(log, answer.Problem);
    }

    private async Task<Incoming?> IncomingAsync(JsonObject interaction, string line, CancellationToken ct)
    {
        var member = interaction["member"] as JsonObject;
        var user = member?["user"] as JsonObject ?? interaction.Object("user");
        if (await speech.WhereAsync(interaction.TextOrNull("guild_id"), interaction.TextOrNull("channel_id") ?? interaction.Object("channel").Text("id"), interaction["channel"] as JsonObject, user.Text("id"), ct) is not { } where)
            return null;

        speech.NoteResolved(where.Workspace, interaction.Object("data").Object("resolved"));
        var said = await speech.OfAsync("interaction:" + interaction.Text("id"), user, member, where, line, ct);
        return said is null ? null : said with { At = DiscordSpeech.At(interaction.Text("id")), ReplyTo = DiscordWayBack.OfInteraction(interaction.Text("token"), interaction.Text("id")) };
    }

    // What is answered at once and kept nowhere.
    private Task TellAsync(JsonObject interaction, string words, CancellationToken ct) =>
        AnswerAsync(interaction, DiscordMessage.Of(words, new DiscordReader(static _ => PlainText.Someone, static _ => null)), ct);

    private Task AnswerAsync(JsonObject interaction, DiscordMessage message, CancellationToken ct)
    {
        var body = DiscordBody.Of(message);
        body["flags"] = Ephemeral;
        return api.CallAsync(DiscordRoute.Callback(interaction.Text("id"), interaction.Text("token")), new JsonObject { ["type"] = 4, ["data"] = body }, ct);
    }

    // In the conversation with the bot nobody else reads, and what is shown to all there stays.
    private bool IsDirect(JsonObject interaction) => interaction.TextOrNull("guild_id") is null && interaction["context"]?.GetValue<int>() is null or 1 && guilds.All.Count > 0 && interaction.Object("channel")["type"]?.GetValue<int>() is 1;

    private static string LabelOf(JsonObject interaction, string name) => interaction.Object("message").Objects("components")
        .SelectMany(row => row.Objects("components")).FirstOrDefault(component => component.Text("custom_id") == name)?.TextOrNull("label") ?? "This";

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Discord was told too late, or not at all, that an answer comes: {Problem}. It goes by message then")]
        public static partial void NotDeferred(ILogger log, string? problem);
    }
}
