using System.Text.Json.Nodes;
using CopBot.Platforms.Slack.Workspaces;
using Microsoft.Extensions.Logging;

namespace CopBot.Platforms.Slack.Intake;

/// <summary>The three ways in which Slack hands over what people do, over a socket as over HTTP.</summary>
public enum SlackPayload
{
    /// <summary>A slash command (https://docs.slack.dev/interactivity/implementing-slash-commands).</summary>
    Command,

    /// <summary>A click, a form sent, a shortcut (https://docs.slack.dev/reference/interaction-payloads).</summary>
    Interaction,

    /// <summary>Something that happened (https://docs.slack.dev/apis/events-api).</summary>
    Event,
}

/// <summary>Nothing can be taken in yet; Slack sends it again.</summary>
public sealed class NotYetReady() : Exception("Slack does not say now what has to be known for it, so nothing was stored.");

/// <summary>Takes in what people do in Slack. Who sent it was proven before.</summary>
public sealed partial class SlackIntake(Workspaces.Workspaces workspaces, SlackCommands commands, SlackInteractions interactions, SlackEvents events, IInstallations installations, ILogger<SlackIntake> log)
{
    /// <summary>
    /// Takes a payload in; what comes back goes with the acknowledgement, where there is anything. When it returns, the payload is stored durably,
    /// or there is nothing in it to be stored. Throws when the database takes nothing, or when Slack does not tell what has to
    /// be known for it: then it must not be acknowledged, so that Slack sends it again.
    /// </summary>
    public async Task<JsonObject?> AcceptAsync(SlackPayload kind, JsonObject payload, CancellationToken ct)
    {
        var (team, enterprise) = TeamOf(payload);
        if (workspaces.Find(team, enterprise) is not { } workspace)
        {
            if (!installations.Ready.IsCompleted)
                throw new NotYetReady();
            Log.NotOurs(log, team);
            return null;
        }

        switch (kind)
        {
            case SlackPayload.Command:
                await commands.AcceptAsync(workspace, payload, ct);
                return null;
            case SlackPayload.Interaction:
                return await interactions.AcceptAsync(workspace, payload, ct);
            default:
                await events.AcceptAsync(workspace, payload, ct);
                return null;
        }
    }

    // Events name the installation they are for; in channels shared between workspaces that is another than the sender's.
    private static (string Team, string? Enterprise) TeamOf(JsonObject payload)
    {
        var installed = payload.Objects("authorizations").FirstOrDefault();
        var team = installed?.TextOrNull("team_id") ?? payload.TextOrNull("team_id") ?? payload.Object("team").TextOrNull("id") ?? payload.Object("user").TextOrNull("team_id");
        var enterprise = installed?.TextOrNull("enterprise_id") ?? payload.TextOrNull("enterprise_id") ?? payload.Object("enterprise").TextOrNull("id");
        return (team ?? enterprise ?? "", enterprise);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Slack sent something for {Team}, where the app is not installed; it was let pass")]
        public static partial void NotOurs(ILogger log, string team);
    }
}
