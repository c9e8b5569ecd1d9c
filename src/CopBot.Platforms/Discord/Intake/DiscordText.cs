using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CopBot.Core.Chat;
using CopBot.Platforms.Discord.Guilds;
using CopBot.Platforms.Wording;

namespace CopBot.Platforms.Discord.Intake;

/// <summary>
/// Reads Discord's text (docs.discord.com/developers/reference, “Message Formatting”): angle brackets hold mentions, channels and emoji. Nothing of it is
/// markup afterwards.
/// </summary>
public sealed partial class DiscordText(DiscordGuilds guilds, DiscordMembers members)
{
    private const int MostMentions = 60;

    /// <summary>The line; a mention becomes <c>@name</c>, whose account stands among the mentions.</summary>
    public async Task<(string Line, IReadOnlyDictionary<string, Handle> Mentions)> ReadAsync(string guild, string text, CancellationToken ct)
    {
        var matches = Bracket().Matches(text);
        var asked = matches.Where(match => match.Groups["user"].Success).Select(match => match.Groups["user"].Value).Distinct().Take(MostMentions);
        var people = (await Task.WhenAll(asked.Select(user => members.FindAsync(guild, user, ct)))).ToDictionary(member => member.Id);
        var mentioned = new Mentioned();
        var line = new StringBuilder();
        var from = 0;
        foreach (Match match in matches)
        {
            line.Append(text, from, match.Index - from).Append(Of(guild, match, people, mentioned));
            from = match.Index + match.Length;
        }

        return (line.Append(text, from, text.Length - from).ToString(), mentioned.Accounts);
    }

    private string Of(string guild, Match match, Dictionary<string, DiscordMember> people, Mentioned mentioned)
    {
        if (match.Groups["user"] is { Success: true, Value: var user })
            return user == guilds.BotUser ? "@CopBot" : people.TryGetValue(user, out var member) ? mentioned.Add(DiscordMembers.HandleOf(guild, member), member.IsPerson) : "@" + user;
        if (match.Groups["channel"] is { Success: true, Value: var channel })
            return guilds.NameOf(guild, channel);
        if (match.Groups["role"] is { Success: true, Value: var role })
            return "@" + (guilds.Find(guild)?.Roles.GetValueOrDefault(role)?.Name ?? role);
        return match.Groups["emoji"].Value;
    }

    [GeneratedRegex("<(@!?(?<user>[0-9]{1,20})|#(?<channel>[0-9]{1,20})|@&(?<role>[0-9]{1,20})|a?(?<emoji>:[A-Za-z0-9_]{1,40}:)[0-9]{1,20})>", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Bracket();
}
