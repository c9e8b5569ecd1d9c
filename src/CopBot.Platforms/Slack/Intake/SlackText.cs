using System.Text;
using System.Text.RegularExpressions;
using CopBot.Core.Chat;
using CopBot.Platforms.Slack.Workspaces;

namespace CopBot.Platforms.Slack.Intake;

/// <summary>What somebody wrote, as a line for the bot, with the accounts that it mentions.</summary>
public sealed record SlackLine(string Text, IReadOnlyDictionary<string, Handle> Mentions);

/// <summary>
/// Reads Slack's text (https://docs.slack.dev/messaging/formatting-message-text): angle brackets hold mentions, channels, links and commands to
/// everybody, and three characters are escaped. Nothing of it is markup afterwards.
/// </summary>
public sealed partial class SlackText(Members members, SlackChannels channels)
{
    private const int MostMentions = 60;

    /// <summary>The line; a mention becomes <c>@name</c>, whose account stands among the mentions.</summary>
    public async Task<SlackLine> ReadAsync(Workspace workspace, string text, CancellationToken ct)
    {
        var mentions = new Dictionary<string, Handle>(StringComparer.OrdinalIgnoreCase);
        var line = new StringBuilder();
        var from = 0;
        foreach (Match match in Bracket().Matches(text))
        {
            line.Append(Unescape(text[from..match.Index]));
            from = match.Index + match.Length;
            line.Append(await OfAsync(workspace, match.Groups["in"].Value, mentions, ct));
        }

        return new(line.Append(Unescape(text[from..])).ToString(), mentions);
    }

    private async Task<string> OfAsync(Workspace workspace, string inside, Dictionary<string, Handle> mentions, CancellationToken ct)
    {
        var bar = inside.IndexOf('|');
        var (target, label) = bar < 0 ? (inside, "") : (inside[..bar], inside[(bar + 1)..]);
        switch (target)
        {
            case ['@', .. var user]:
                return user == workspace.BotUser ? "@CopBot" : await MentionAsync(workspace, user, label, mentions, ct);
            case ['#', .. var channel]:
                return label.Length > 0 ? "#" + Unescape(label) : channels.NameOf(workspace.Team, channel);
            case ['!', .. var command]:
                return command.StartsWith("subteam^", StringComparison.Ordinal) || command.StartsWith("date^", StringComparison.Ordinal) ? Unescape(label) : "@" + command;
            default:
                return target.StartsWith("mailto:", StringComparison.Ordinal) && label.Length > 0 ? Unescape(label) : Unescape(target);
        }
    }

    private async Task<string> MentionAsync(Workspace workspace, string user, string label, Dictionary<string, Handle> mentions, CancellationToken ct)
    {
        if (mentions.Count >= MostMentions)
            return "@" + user;

        var member = await members.FindAsync(workspace, user, label, ct);
        var key = Key(member.Name);
        if (key.Length == 0 || (mentions.TryGetValue(key, out var other) && other.UserId != user))
            key = user;

        // A bot earns nothing: its name is a word like any other.
        if (member.IsPerson)
            mentions[key] = new Handle(SlackPlatform.PlatformName, workspace.Team, user, member.Name);
        return "@" + key;
    }

    // A name is one word in a line, and ends where a letter or digit does.
    private static string Key(string name) => Separators().Replace(name, ".").Trim('.', '-', '_');

    private static string Unescape(string text) => text.Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal);

    [GeneratedRegex("<(?<in>[@#!][^<>]{1,2000}|(https?|mailto|tel):[^<>]{1,4000})>", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Bracket();

    [GeneratedRegex(@"[^\p{L}\p{N}._-]+", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Separators();
}
