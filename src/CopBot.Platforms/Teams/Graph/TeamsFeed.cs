using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CopBot.Core.Chat;
using CopBot.Platforms.Teams.Conversations;
using CopBot.Platforms.Teams.Manifest;
using CopBot.Platforms.Wording;
using Microsoft.Graph.Models;
using Microsoft.Graph.Users.Item.Teamwork.SendActivityNotification;
using KeyValuePair = Microsoft.Graph.Models.KeyValuePair;

namespace CopBot.Platforms.Teams.Graph;

/// <summary>
/// The activity feed (graph/api/userteamwork-sendactivitynotification): a line that leads to the chat with the bot, where everything is told. A second line of the
/// same chain takes the place of the first.
/// </summary>
public sealed class TeamsFeed(TeamsGraph graph, TeamsSettings settings, TeamsConversations conversations) : ITurnFeed
{
    private const int LongestPreview = 150;
    private const int LongestName = 60;

    // Clients read numbers up to this one exactly.
    private const long MostExact = (1L << 53) - 1;

    public string Platform => TeamsPlatform.PlatformName;

    public async Task<SyncOutcome> TellAsync(TurnNews news, CancellationToken ct)
    {
        if (news.To.Workspace != conversations.Tenant)
            return SyncOutcome.Done;
        var name = CodePoints.Fit(CodePoints.Line(news.Name), LongestName);
        var until = news.Until.ToString("ddd d MMM", CultureInfo.InvariantCulture);
        var answer = await graph.AskAsync("a line in the activity feed", (client, token) => client.Users[news.To.UserId].Teamwork.SendActivityNotification.PostAsync(new SendActivityNotificationPostRequestBody
        {
            Topic = new TeamworkActivityTopic { Source = TeamworkActivityTopicSource.Text, Value = name, WebUrl = $"https://teams.microsoft.com/l/chat/0/0?users=28:{settings.AppId}" },
            ActivityType = TeamsNotices.Turn.Type,
            ChainId = Chain(news),
            PreviewText = new ItemBody { Content = CodePoints.Fit($"{name}, until {until}", LongestPreview) },
            TemplateParameters = [new KeyValuePair { Name = TeamsNotices.Turn.Parameter, Value = name }],
        }, cancellationToken: token), ct);

        // An account that is not there any more misses nothing.
        return answer.IsMissing ? SyncOutcome.Done : answer.Outcome(TeamsPermissions.Feed);
    }

    private static long Chain(TurnNews news) =>
        BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{news.Rotation:D} {news.Turn} {news.To.UserId}")))) & MostExact;
}
