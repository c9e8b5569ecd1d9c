using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>How activities reach the bot.</summary>
public sealed partial class TeamsServer
{
    private static readonly TimeSpan InvokeLimit = TimeSpan.FromSeconds(15), ExtensionLimit = TimeSpan.FromSeconds(5);
    private readonly List<TeamsDelivery> deliveries = [];

    /// <summary>Everything that was brought to the bot, in order.</summary>
    public IReadOnlyList<TeamsDelivery> Deliveries => Locked(() => deliveries.ToList());

    /// <summary>How long the bot may take in real time, whatever the clock says.</summary>
    public TimeSpan AnswerPatience { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Whether everything comes twice.</summary>
    public TeamsRedelivery Redelivery { get; set; }

    /// <summary>An answer that Teams could not use is a breach; off where a test wants the bot to fail.</summary>
    public bool AnswersChecked { get; set; } = true;

    /// <summary>When what is brought was said, where that was not just now; null for now.</summary>
    public DateTimeOffset? SaidAt { get; set; }

    /// <summary>Brings once more what was brought before.</summary>
    public async Task<TeamsAnswer> RedeliverAsync(TeamsDelivery delivery, bool newId = false)
    {
        var again = delivery.Activity.DeepClone().AsObject();
        if (newId)
        {
            again["id"] = delivery.Type == "message" ? NewNumber() : "f:" + TeamsIds.Guid();
            again["timestamp"] = Stamp();
        }
        var answer = await SendAsync(again, LimitOf(again));
        lock (Gate)
            delivery.Add(answer);
        return answer;
    }

    /// <summary>Brings an activity as it stands, whatever is wrong with it or its token.</summary>
    public async Task<TeamsAnswer> SendForgedAsync(JsonObject activity, params TeamsTokenBreach[] breaches)
    {
        var forgery = new TeamsForgery(this, activity.DeepClone().AsObject());
        foreach (var breach in breaches)
            breach.Break(forgery);
        var (authorization, body) = forgery.Wire();
        return await SendRawAsync(body, authorization);
    }

    /// <summary>Brings bytes.</summary>
    public async Task<TeamsAnswer> SendRawAsync(byte[] body, IEnumerable<string> authorization, TimeSpan? limit = null, IReadOnlyDictionary<string, string>? headers = null)
    {
        var began = Clock.GetUtcNow();
        try
        {
            using var patience = new CancellationTokenSource(AnswerPatience);
            using var request = new HttpRequestMessage(HttpMethod.Post, Bot ?? throw new HttpRequestException("the bot has no address")) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
            request.Headers.UserAgent.ParseAdd("Microsoft-SkypeBotApi/3.0");
            foreach (var value in authorization)
                request.Headers.TryAddWithoutValidation("Authorization", value);
            foreach (var (name, value) in headers ?? new Dictionary<string, string>())
                request.Headers.TryAddWithoutValidation(name, value);
            using var response = await client.SendAsync(request, patience.Token);
            var text = await response.Content.ReadAsStringAsync(patience.Token);
            var took = Clock.GetUtcNow() - began;
            return took > (limit ?? TimeSpan.MaxValue) ? new(0, "too late", took) : new((int)response.StatusCode, text, took);
        }
        catch (Exception problem) when (problem is HttpRequestException or OperationCanceledException or IOException)
        {
            return new(0, problem.Message, Clock.GetUtcNow() - began);
        }
    }

    /// <summary>An activity as the Connector writes it, not yet sent.</summary>
    public JsonObject Activity(string type, TeamsPerson from, TeamsConversation where, string? root = null, string? id = null)
    {
        var now = Clock.GetUtcNow();
        var activity = new JsonObject
        {
            ["type"] = type,
            ["id"] = id ?? "f:" + TeamsIds.Guid(),
            ["timestamp"] = Stamp(),
            ["localTimestamp"] = now.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffffzzz", System.Globalization.CultureInfo.InvariantCulture),
            ["localTimezone"] = from.TimeZone,
            ["serviceUrl"] = ServiceUrl.AbsoluteUri,
            ["channelId"] = "msteams",
            ["from"] = from.AsSender(),
            ["conversation"] = ConversationOf(where, root),
            ["recipient"] = new JsonObject { ["id"] = BotId, ["name"] = BotName },
            ["channelData"] = ChannelData(where),
        };
        if (type is "message" or "invoke" or "messageUpdate")
        {
            activity["locale"] = from.Locale;
            activity["entities"] = new JsonArray(new JsonObject { ["type"] = "clientInfo", ["locale"] = from.Locale, ["country"] = "US", ["platform"] = from.Client, ["timezone"] = from.TimeZone });
        }
        return activity;
    }

    internal async Task<TeamsDelivery> DeliverAsync(JsonObject activity)
    {
        var delivery = new TeamsDelivery(activity, Clock.GetUtcNow());
        lock (Gate)
            deliveries.Add(delivery);
        // A message extension is tried twice more by the client, with the same id, until somebody answers.
        var tries = delivery.Name.StartsWith("composeExtension/", StringComparison.Ordinal) ? 3 : 1;
        for (var attempt = 0; attempt < tries; attempt++)
        {
            var answer = await SendAsync(activity, LimitOf(activity));
            lock (Gate)
                delivery.Add(answer);
            if (answer.Status is > 0 and < 500)
                break;
        }
        if (Redelivery != TeamsRedelivery.None)
            await RedeliverAsync(delivery, Redelivery == TeamsRedelivery.NewId);
        if (AnswersChecked)
            foreach (var problem in delivery.Answers.SelectMany(answer => AnswerRules.Problems(delivery, answer)).Distinct())
                Breach($"answer to {delivery.Type} {delivery.Name}: {problem}");
        return delivery;
    }

    internal JsonObject ChannelData(TeamsConversation where)
    {
        var data = new JsonObject { ["tenant"] = new JsonObject { ["id"] = TenantId } };
        if (where.Team is not { } team)
            return data;
        data["teamsChannelId"] = where.Id;
        data["teamsTeamId"] = team.Id;
        data["channel"] = where.IsGeneral ? new JsonObject { ["id"] = where.Id } : new JsonObject { ["id"] = where.Id, ["name"] = where.Name };
        data["team"] = team.Described();
        return data;
    }

    internal JsonObject ConversationOf(TeamsConversation where, string? root = null)
    {
        var conversation = new JsonObject { ["conversationType"] = where.Kind, ["tenantId"] = TenantId, ["id"] = where.IdOf(root) };
        if (where.Kind != TeamsConversation.Personal)
            conversation["isGroup"] = true;
        if (where.Name.Length > 0 && !where.IsGeneral)
            conversation["name"] = where.Name;
        return conversation;
    }

    private async Task<TeamsAnswer> SendAsync(JsonObject activity, TimeSpan limit)
    {
        byte[] body;
        string[] authorization;
        Dictionary<string, string> headers;
        lock (Gate)
        {
            (authorization, body) = new TeamsForgery(this, activity).Wire();
            headers = new() { ["x-ms-conversation-id"] = (string?)activity["conversation"]?["id"] ?? "", ["x-ms-tenant-id"] = TenantId };
        }
        return await SendRawAsync(body, authorization, limit, headers);
    }

    private string Stamp() => (SaidAt ?? Clock.GetUtcNow()).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private static TimeSpan LimitOf(JsonObject activity) => ((string?)activity["name"])?.StartsWith("composeExtension/", StringComparison.Ordinal) == true ? ExtensionLimit : InvokeLimit;
}
