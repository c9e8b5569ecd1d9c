using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>What an identify began, and what resumes continue: it outlives its connections.</summary>
public sealed class GatewaySession(string id, int intents, int shard, int shards)
{
    public string Id { get; } = id;
    public int Intents { get; } = intents;
    public int Shard { get; } = shard;
    public int Shards { get; } = shards;

    /// <summary>The number of the last dispatch.</summary>
    public long Sequence { get; internal set; }
    public bool Connected => Connection is { Leaving: false };

    /// <summary>Everything that was dispatched, in order: type and sequence.</summary>
    public IReadOnlyList<(string Type, long Sequence)> Dispatched => [.. History.Select(entry => (entry.Type, entry.Sequence))];
    internal List<(long Sequence, string Type, byte[] Frame)> History { get; } = [];
    internal GatewayConnection? Connection { get; set; }

    internal bool Hears(int intent, string? guild) => (intent == 0 || (Intents & intent) != 0) && Shard == (guild is null ? 0 : (int)((ulong.Parse(guild, System.Globalization.CultureInfo.InvariantCulture) >> 22) % (ulong)Shards));

    /// <summary>The frame of the next dispatch; it is kept for resumes.</summary>
    internal byte[] Next(string type, JsonObject data)
    {
        var frame = GatewayConnection.Frame(0, data, type, ++Sequence);
        History.Add((Sequence, type, frame));
        return frame;
    }
}
