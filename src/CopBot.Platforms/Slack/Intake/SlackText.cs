using System.Text;
using System.Text.RegularExpressions;
using CopBot.Core.Chat;
using CopBot.Platforms.Slack.Workspaces;
using CopBot.Platforms.Wording;

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
        var matches = Bracket().Matches(text);
        var mentioned = await MentionedAsync(workspace, matches, ct);
        var mentions = new Mentioned();
        var line = new StringBuilder();
        var from = 0;
        foreach (Match match in matches)
        {
            line.Append(Unescape(text[from..match.Index]));
            from = match.Index + match.Length;
            line.Append(Of(workspace, match.Groups["in"].Value, mentioned, mentions));
        }

        return new(line.Append(Unescape(text[from..])).ToString(), mentions.Accounts);
    }

    // All at the same time: Slack waits for the acknowledgement meanwhile.
    private async Task<Dictionary<string, Member>> MentionedAsync(Workspace workspace, MatchCollection matches, CancellationToken ct)
    {
        var asked = matches.Select(match => Parts(match.Groups["in"].Value)).Where(part => part.Target[0] == '@').DistinctBy(part => part.Target).Take(MostMentions)
            .Select(async part => (Written: part.Target[1..], Member: await members.FindAsync(workspace, part.Target[1..], part.Label, ct)));
        return (await Task.WhenAll(asked)).ToDictionary(found => found.Written, found => found.Member);
    }

    private static (string Target, string Label) Parts(string inside)
    {
        var bar = inside.IndexOf('|');
        return bar < 0 ? (inside, "") : (inside[..bar], inside[(bar + 1)..]);
    }

    private string Of(Workspace workspace, string inside, Dictionary<string, Member> mentioned, Mentioned mentions)
    {
        var (target, label) = Parts(inside);
        switch (target)
        {
            case ['@', .. var user]:
                return user == workspace.BotUser ? "@CopBot" : mentioned.TryGetValue(user, out var member) ? mentions.Add(new Handle(SlackPlatform.PlatformName, workspace.Team, member.Id, member.Name), member.IsPerson) : "@" + user;
            case ['#', .. var channel]:
                return label.Length > 0 ? "#" + Unescape(label) : channels.NameOf(workspace.Team, channel);
            case ['!', .. var command]:
                return command.StartsWith("subteam^", StringComparison.Ordinal) || command.StartsWith("date^", StringComparison.Ordinal) ? Unescape(label) : "@" + command;
            default:
                return target.StartsWith("mailto:", StringComparison.Ordinal) && label.Length > 0 ? Unescape(label) : Unescape(target);
        }
    }

    private static string Unescape(string text) => text.Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal);

    [GeneratedRegex("<(?<in>[@#!][^<>]{1,2000}|(https?|mailto|tel):[^<>]{1,4000})>", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Bracket();
}
