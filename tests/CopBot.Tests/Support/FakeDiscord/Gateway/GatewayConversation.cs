using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>What is said over a connection: hello, identify or resume, heartbeats, requests for members.</summary>
internal sealed class GatewayConversation(DiscordServer server, GatewayConnection connection)
{
    private static readonly TimeSpan MembersPause = TimeSpan.FromSeconds(30);
    private readonly Dictionary<string, DateTimeOffset> membersAsked = [];

    private DiscordGateway Gateway => server.Gateway;

    public void Begin()
    {
        if (connection.Query["v"] != "10" || connection.Query["encoding"].ToString() is not ("" or "json"))
        {
            server.Breach($"gateway: opened with v={connection.Query["v"]} and encoding={connection.Query["encoding"]}");
            connection.Close(4012, "Invalid API version.");
            return;
        }
        if (Gateway.Faults.WithoutHello > 0)
        {
            Gateway.Faults.WithoutHello--;
            return;
        }
        connection.Send(GatewayConnection.Frame(10, new JsonObject { ["heartbeat_interval"] = (int)Gateway.HeartbeatInterval.TotalMilliseconds, ["_trace"] = new JsonArray() }));
    }

    public void Take(JsonObject frame)
    {
        switch ((int)frame["op"]!)
        {
            case 1:
                Gateway.CountHeartbeat();
                // Before a resume it tells of the session that is to be resumed.
                if (connection.Session is { } session && frame["d"] is JsonValue last && (long)last > session.Sequence)
                    server.Breach($"gateway: a heartbeat after dispatch {last}, there are {session.Sequence}");
                if (!Gateway.Faults.WithoutAck)
                    connection.Send(GatewayConnection.Frame(11, null));
                break;
            case 2 when connection.Session is null:
                Identify(frame["d"]!.AsObject());
                break;
            case 6 when connection.Session is null:
                Resume(frame["d"]!.AsObject());
                break;
            case 2 or 6:
                connection.Close(4005, "Already authenticated.");
                break;
            case 3 or 4 or 8 or 31 when connection.Session is null:
                connection.Close(4003, "Not authenticated.");
                break;
            case 3 or 4 or 31:
                break;
            case 8:
                Members(frame["d"]!.AsObject());
                break;
            default:
                server.Breach($"gateway: op {frame["op"]}");
                connection.Close(4001, "Unknown opcode.");
                break;
        }
    }

    private void Identify(JsonObject identify)
    {
        if (connection.AtResumeUrl)
            server.Breach("gateway: identified at the address that is for resuming");
        if ((string?)identify["token"] != server.Token)
        {
            connection.Close(4004, "Authentication failed.");
            return;
        }
        if (Gateway.Faults.CloseCodeOnIdentify is { } code)
        {
            connection.Close(code, "");
            return;
        }
        if (identify["properties"] is not JsonObject properties || properties["os"] is null || properties["browser"] is null || properties["device"] is null)
        {
            server.Breach("gateway: identified without properties os, browser and device");
            connection.Close(4002, "Decode error.");
            return;
        }
        var intents = (int?)identify["intents"] ?? -1;
        var (shard, shards) = identify["shard"] is JsonArray { Count: 2 } pair ? ((int)pair[0]!, (int)pair[1]!) : (0, 1);
        var wrong = intents < 0 || (intents & ~GatewayIntents.Known) != 0 ? (4013, "Invalid intent(s).")
            : (intents & GatewayIntents.Privileged & ~server.PrivilegedIntents) != 0 ? (4014, "Disallowed intent(s).")
            : shard < 0 || shard >= shards ? (4010, "Invalid shard.")
            : shards < Gateway.LeastShards ? (4011, "Sharding required.")
            : (0, "");
        if (wrong.Item1 != 0)
        {
            connection.Close(wrong.Item1, wrong.Item2);
            return;
        }
        if (Gateway.Faults.RefusedIdentifies > 0)
            Gateway.Faults.RefusedIdentifies--;
        else if (Gateway.Start(identify, intents, shard, shards) is { } session)
        {
            Ready(session);
            return;
        }
        else if ((string?)identify["token"] != server.Token)
        {
            connection.Close(4004, "Authentication failed.");
            return;
        }
        connection.Send(GatewayConnection.Frame(9, JsonValue.Create(false)));
    }

    private void Ready(GatewaySession session)
    {
        Attach(session);
        var guilds = server.Guilds.Where(guild => guild.BotIn && session.Hears(0, guild.Id)).ToList();
        Gateway.Send(session, "READY", new()
        {
            ["v"] = 10,
            ["user_settings"] = new JsonObject(),
            ["user"] = ApplicationRoutes.Self(server),
            ["session_type"] = "normal",
            ["session_id"] = session.Id,
            ["resume_gateway_url"] = server.ResumeUrl.AbsoluteUri,
            ["relationships"] = new JsonArray(),
            ["private_channels"] = new JsonArray(),
            ["presences"] = new JsonArray(),
            ["guilds"] = new JsonArray([.. guilds.Select(guild => new JsonObject { ["unavailable"] = true, ["id"] = guild.Id })]),
            ["guild_join_requests"] = new JsonArray(),
            ["geo_ordered_rtc_regions"] = new JsonArray(),
            ["application"] = new JsonObject { ["id"] = server.ApplicationId, ["flags"] = ApplicationRoutes.Flags(server) },
            ["shard"] = new JsonArray(session.Shard, session.Shards),
            ["_trace"] = new JsonArray(),
        });
        foreach (var guild in guilds.Where(guild => !guild.Unavailable && session.Hears(GatewayIntents.Guilds, guild.Id)))
            Gateway.Send(session, "GUILD_CREATE", guild.Created());
        Deafen();
    }

    private void Resume(JsonObject resume)
    {
        Gateway.CountResume(accepted: false);
        if (!connection.AtResumeUrl)
            server.Breach("gateway: resumed at another address than READY gave");
        if ((string?)resume["token"] != server.Token)
        {
            connection.Close(4004, "Authentication failed.");
            return;
        }
        var session = Gateway.Find((string?)resume["session_id"] ?? "");
        if (Gateway.Faults.RefusedResumes > 0 || session is null)
        {
            Gateway.Faults.RefusedResumes = Math.Max(0, Gateway.Faults.RefusedResumes - 1);
            if (session is not null)
                Gateway.Drop(session);
            connection.Send(GatewayConnection.Frame(9, JsonValue.Create(false)));
            return;
        }
        if (Gateway.Faults.PostponedResumes > 0)
        {
            Gateway.Faults.PostponedResumes--;
            connection.Send(GatewayConnection.Frame(9, JsonValue.Create(true)));
            return;
        }
        var seen = (long)resume["seq"]!;
        if (seen > session.Sequence || seen < 0)
        {
            server.Breach($"gateway: resumed from {seen}, there are {session.Sequence} dispatches");
            Gateway.Drop(session);
            connection.Close(4007, "Invalid sequence.");
            return;
        }
        Gateway.CountResume(accepted: true);
        session.Connection?.Close(4000, "Unknown error.");
        Attach(session);
        foreach (var missed in session.History.Where(entry => entry.Sequence > seen))
            connection.Send(missed.Frame);
        Gateway.Send(session, "RESUMED", new() { ["_trace"] = new JsonArray() });
        Deafen();
        if (Gateway.Faults.ResumesClosedAtOnce <= 0)
            return;
        Gateway.Faults.ResumesClosedAtOnce--;
        if (Gateway.Faults.CloseCodeAfterResume is { } code)
            connection.Close(code, "");
        else
            connection.Cut();
    }

    private void Attach(GatewaySession session) => (connection.Session, session.Connection) = (session, connection);

    private void Deafen()
    {
        if (Gateway.Faults.Deaf <= 0)
            return;
        Gateway.Faults.Deaf--;
        connection.Deaf = true;
    }

    /// <summary>Op 8: the members of a guild, in chunks of a thousand.</summary>
    private void Members(JsonObject asked)
    {
        var session = connection.Session!;
        if (server.FindGuild(asked["guild_id"]?.ToString() ?? "") is not { BotIn: true } guild)
            return;
        var ids = asked["user_ids"] switch { JsonArray several => several.Select(id => id!.ToString()).ToList(), JsonValue one => [one.ToString()], _ => null };
        var (query, limit) = (asked["query"]?.ToString(), (int?)asked["limit"] ?? 0);
        var all = ids is null && query?.Length == 0 && limit == 0;
        if ((ids is null) == (query is null) || ids?.Count > 100 || (all && (session.Intents & GatewayIntents.GuildMembers) == 0))
        {
            server.Breach($"gateway: members asked for as nobody may: {asked.ToJsonString()}");
            connection.Close(4002, "Decode error.");
            return;
        }
        var now = server.Clock.GetUtcNow();
        if (all && membersAsked.TryGetValue(guild.Id, out var last) && now - last < MembersPause)
        {
            Gateway.Send(session, "RATE_LIMITED", new() { ["opcode"] = 8, ["retry_after"] = (MembersPause - (now - last)).TotalSeconds, ["meta"] = new JsonObject { ["guild_id"] = guild.Id, ["nonce"] = asked["nonce"]?.DeepClone() } });
            return;
        }
        if (all)
            membersAsked[guild.Id] = now;
        var found = guild.MemberList.Where(member => ids is not null ? ids.Contains(member.User.Id) : member.DisplayName.StartsWith(query!, StringComparison.OrdinalIgnoreCase) || member.User.Username.StartsWith(query!, StringComparison.OrdinalIgnoreCase));
        var chunks = (limit > 0 ? found.Take(limit) : found).Chunk(1000).ToList();
        foreach (var (index, chunk) in chunks.DefaultIfEmpty([]).Index())
        {
            var data = new JsonObject { ["guild_id"] = guild.Id, ["members"] = new JsonArray([.. chunk.Select(member => DiscordShapes.Member(member))]), ["chunk_index"] = index, ["chunk_count"] = Math.Max(1, chunks.Count), ["nonce"] = asked["nonce"]?.DeepClone() };
            if (ids is not null)
                data["not_found"] = new JsonArray([.. ids.Where(id => guild.FindMember(id) is null).Select(id => JsonValue.Create(id))]);
            Gateway.Send(session, "GUILD_MEMBERS_CHUNK", data);
        }
    }
}
