using System.Text.Json;
using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>One activity that was brought to the bot, and how it answered.</summary>
public sealed class TeamsDelivery
{
    private readonly List<TeamsAnswer> answers = [];

    internal TeamsDelivery(JsonObject activity, DateTimeOffset at) => (Activity, At) = (activity, at);

    /// <summary>As it was sent; sent again it may have had another id.</summary>
    public JsonObject Activity { get; }
    public DateTimeOffset At { get; }

    /// <summary>Every answer, one for each time it was sent.</summary>
    public IReadOnlyList<TeamsAnswer> Answers => [.. answers];

    /// <summary>The one that counted; null before there is one.</summary>
    public TeamsAnswer? Answer => answers.FirstOrDefault(answer => answer.IsGood) ?? answers.LastOrDefault();

    /// <summary>The status of the answer; 0 where there was none.</summary>
    public int Status => Answer?.Status ?? 0;
    public string Type => (string)Activity["type"]!;

    /// <summary>Of an invoke.</summary>
    public string Name => (string?)Activity["name"] ?? "";

    internal void Add(TeamsAnswer answer) => answers.Add(answer);
}

/// <summary>What the bot answered; 0 where nobody did in time.</summary>
public sealed record TeamsAnswer(int Status, string Text, TimeSpan Took)
{
    public bool IsGood => Status is >= 200 and < 300;

    /// <summary>What it said, read as JSON; null where it is none.</summary>
    public JsonObject? Body
    {
        get
        {
            try
            {
                return Text.Length == 0 ? null : JsonNode.Parse(Text) as JsonObject;
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }
}

/// <summary>What happens to every activity once it was brought.</summary>
public enum TeamsRedelivery
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It comes again as it was.</summary>
    SameId,

    /// <summary>It comes again with a new id and a new time, as a second layer of the channel does.</summary>
    NewId,
}
