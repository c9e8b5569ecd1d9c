using System.Text.Json.Nodes;
using NodaTime;

namespace CopBot.Platforms.Discord.Gateway;

/// <summary>What one shard is told by the whole: which it is, where it connects, how it introduces itself.</summary>
internal sealed record ShardPlan(int Shard, int Shards, string Address, string Token, GatewayIntents Intents)
{
    /// <summary>Takes the right to introduce oneself; gives how long to wait where there is none now.</summary>
    public required Func<CancellationToken, Task<Duration>> MayIdentifyAsync { get; init; }

    /// <summary>Whether Discord answers at all.</summary>
    public required Func<CancellationToken, Task<bool>> IsReachableAsync { get; init; }

    /// <summary>Learns in which servers of the shard the bot is; false where Discord does not say.</summary>
    public required Func<CancellationToken, Task<bool>> KnowServersAsync { get; init; }

    /// <summary>Hears whether the shard is up.</summary>
    public required Action<bool> SetUp { get; init; }

    /// <summary>Hears the close code with which Discord turned the bot away for good.</summary>
    public required Action<int?> Refused { get; init; }

    /// <summary>An introduction (events/gateway-events, “Identify”).</summary>
    public (int Op, JsonObject Data) Identify() => (GatewayOp.Identify, new JsonObject
    {
        ["token"] = Token,
        ["intents"] = (int)Intents,
        ["shard"] = new JsonArray(Shard, Shards),
        ["large_threshold"] = 50,
        ["properties"] = new JsonObject { ["os"] = "linux", ["browser"] = "copbot", ["device"] = "copbot" },
    });

    /// <summary>What a session is gone on with (events/gateway-events, “Resume”).</summary>
    public (int Op, JsonObject Data) Resume(GatewaySession session, long sequence) =>
        (GatewayOp.Resume, new JsonObject { ["token"] = Token, ["session_id"] = session.Id, ["seq"] = sequence });

    /// <summary>What somebody has to do, by the close code.</summary>
    public static string Explain(int? code) => code switch
    {
        4004 => "CopBot__Discord__Token is not valid any more. In the developer portal, “Bot”, “Reset Token” gives a new one; set it and start again.",
        4014 => "an intent is used that is switched off. In the developer portal, “Bot”, “Privileged Gateway Intents”, switch “Server Members Intent” on, and start again.",
        4010 or 4011 => "the bot is in too many servers for the shards that were begun. Start again: their number is asked for anew.",
        4012 => "this version of CopBot speaks a version of the gateway that Discord no longer has. Install a newer one.",
        _ => "the intents are not valid. Install a newer version of CopBot.",
    };
}
