using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Discord.Api;
using CopBot.Platforms.Discord.Commands;
using CopBot.Platforms.Discord.Guilds;
using Microsoft.Extensions.Logging;

namespace CopBot.Platforms.Discord;

/// <summary>Tells Discord which commands there are: only where that is not what it has already, for new ones are counted by the day (error 30034).</summary>
public sealed partial class CommandRegistration(DiscordSettings settings, DiscordApi api, DiscordApplication application, CommandCatalog catalog, TimeProvider time, ILogger<CommandRegistration> log)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    /// <summary>Goes on until Discord has them, or refuses them.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        for (var failures = 0; !ct.IsCancellationRequested; failures++)
        {
            var answer = await RegisterAsync(ct);
            if (answer.IsDone)
                return;
            if (answer.Outcome == DiscordOutcome.Permanent)
            {
                Log.Refused(log, answer.Problem);
                return;
            }

            var wait = answer.RetryAfter?.ToTimeSpan() ?? TimeSpan.FromSeconds(Math.Min(LongestWait.TotalSeconds, Math.Pow(2, Math.Min(failures, 10))));
            await Task.Delay(wait, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Registers them once; done also where Discord has them already.</summary>
    public async Task<DiscordAnswer> RegisterAsync(CancellationToken ct)
    {
        if (application.Id.Length == 0 && !await application.LoadAsync(ct))
            return DiscordAnswer.Without(DiscordOutcome.Transient, "it does not say which application this is");

        var wanted = DiscordCommands.Of(catalog, guild: settings.DevelopmentGuild is not null);
        var have = await api.CallAsync(DiscordRoute.Commands(HttpMethod.Get, application.Id, settings.DevelopmentGuild), null, ct);
        if (!have.IsDone || (have.Json is JsonArray there && !DiscordCommands.Differs(there, wanted)))
            return have;

        var put = await api.CallAsync(DiscordRoute.Commands(HttpMethod.Put, application.Id, settings.DevelopmentGuild), wanted, ct);
        if (put.IsDone)
            Log.Registered(log, wanted.Count);
        return put;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Discord has the {Count} commands now")]
        public static partial void Registered(ILogger log, int count);

        [LoggerMessage(LogLevel.Error, "Discord refused the commands ({Problem}); people can still write to the bot, and see the commands that were there before")]
        public static partial void Refused(ILogger log, string? problem);
    }
}
