using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Core.Features.Suggestions;
using CopBot.Platforms.Discord.Api;
using CopBot.Platforms.Discord.Commands;
using CopBot.Platforms.Wording;
using Microsoft.Extensions.Logging;

namespace CopBot.Platforms.Discord.Intake;

/// <summary>Values while somebody types (docs.discord.com/developers/interactions/application-commands, “Autocomplete”): at most 25, at once, and kept nowhere.</summary>
public sealed partial class DiscordSuggestions(CommandCatalog catalog, Suggestions suggestions, DiscordSpeech speech, DiscordApi api, ILogger<DiscordSuggestions> log)
{
    private const int Most = 25;
    private const int Longest = 100;

    public async Task AnswerAsync(JsonObject interaction, CancellationToken ct)
    {
        IReadOnlyList<Suggestion> found = [];
        try
        {
            var user = interaction.Object("member")["user"] as JsonObject ?? interaction.Object("user");
            if (DiscordCommands.Focused(interaction.Object("data"), catalog) is { } focus
                && await speech.WhereAsync(interaction.TextOrNull("guild_id"), interaction.Text("channel_id"), interaction["channel"] as JsonObject, user.Text("id"), ct) is { } place)
            {
                found = await suggestions.OfAsync(focus.Command, focus.Parameter, focus.Typed, place, Most, ct);
            }
        }
        catch (Exception problem)
        {
            // Nobody misses what is only offered.
            Log.NotOffered(log, problem);
        }

        var isNumber = false;
        foreach (var option in Options(interaction.Object("data")))
            isNumber |= option.Flag("focused") && option["type"]?.GetValue<int>() is 4 or 10;
        var choices = new JsonArray([.. found.Where(one => one.Value.Length is > 0 and <= Longest)
            .Select(one => new JsonObject { ["name"] = CodePoints.Fit(CodePoints.Readable(one.Label), Longest / 2), ["value"] = isNumber ? JsonValue.Create(long.Parse(one.Value, System.Globalization.CultureInfo.InvariantCulture)) : JsonValue.Create(one.Value) })]);
        await api.CallAsync(DiscordRoute.Callback(interaction.Text("id"), interaction.Text("token")), new JsonObject { ["type"] = 8, ["data"] = new JsonObject { ["choices"] = choices } }, ct);
    }

    private static IEnumerable<JsonObject> Options(JsonObject from) => from.Objects("options").SelectMany(option => Options(option).Prepend(option));

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Values could not be offered while somebody typed")]
        public static partial void NotOffered(ILogger log, Exception problem);
    }
}
