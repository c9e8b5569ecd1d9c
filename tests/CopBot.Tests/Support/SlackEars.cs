using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using CopBot.Platforms.Slack;
using CopBot.Platforms.Slack.Api;
using CopBot.Platforms.Slack.Sockets;
using CopBot.Platforms.Slack.Workspaces;
using CopBot.Tests.Support.FakeSlack;
using Microsoft.Extensions.DependencyInjection;
using SlackSocketMode = CopBot.Platforms.Slack.Sockets.SocketMode;

namespace CopBot.Tests.Support;

/// <summary>
/// Through Slack, there and back: what is said goes as a mention or a direct message over Socket Mode, what is heard is read from the blocks that
/// arrived. Names of people and channels stand for Slack's ids, so that tests need not know of them.
/// </summary>
public sealed partial class SlackEars : Ears
{
    private readonly SlackServer slack;
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<(long Id, Heard Heard)> heard = new();
    private readonly Dictionary<string, JsonObject> told = [];
    private readonly Dictionary<string, SlackWorkspace> workspaces = [];
    private readonly Dictionary<(string Team, string Account), SlackUser> accounts = [];
    private IServiceProvider? services;
    private Task? listening;

    // Far from the counters that the server itself gives.
    private int count = 500_000;

    private SlackEars(SlackServer slack)
    {
        this.slack = slack;
        workspaces[LocalNames.Platform] = slack.Workspace;
        slack.Workspace.AddChannel("general");
    }

    public override string Platform => SlackPlatform.PlatformName;

    /// <summary>The server that stands in for Slack.</summary>
    public SlackServer Server => slack;

    /// <summary>The Slack account of a name in the first workspace; made where there is none.</summary>
    public Task<SlackUser> AccountAsync(string name) => UserAsync(slack.Workspace, name.ToLowerInvariant(), null);

    /// <summary>Waits until all that was stored is done and all that is to be said is out.</summary>
    public async Task SettleAsync()
    {
        await services!.GetRequiredService<InboxWorker>().CatchUpAsync(CancellationToken.None);
        await services!.GetRequiredService<OutboxDispatcher>().DrainAsync(CancellationToken.None);
    }

    public static async Task<SlackEars> StartAsync(VirtualClock clock) => new(await SlackServer.StartAsync(clock));

    public override void Register(IServiceCollection services)
    {
        services.AddSlack(new SlackSettings { BotToken = slack.Workspace.BotToken, AppToken = slack.AppToken, ApiBase = slack.ApiBase });
        foreach (var registered in services.Where(service => service.ServiceType == typeof(IPlatform)).ToList())
            services.Remove(registered);

        // Nobody waits here for a real second to pass; a clock that stands would never give anything back.
        services.AddSingleton(new Pacer(TimeProvider.System) { Faster = 10_000 });
        services.AddSingleton<IPlatform>(provider => new Overheard(provider.GetRequiredService<SlackPlatform>(), SendAsync));
    }

    public override async Task ListenAsync(IServiceProvider services)
    {
        this.services = services;
        var installations = services.GetRequiredService<IInstallations>();
        _ = installations.RunAsync(stop.Token);
        await installations.Ready.WaitAsync(TimeSpan.FromMinutes(1));
        listening = services.GetRequiredService<SlackSocketMode>().RunAsync(stop.Token);
        await slack.SocketsAsync(SlackSocketMode.Connections);
    }

    public override async Task SayAsync(IServiceProvider services, Incoming said)
    {
        if (!told.TryGetValue(said.EventId, out var payload))
            told[said.EventId] = payload = await PayloadAsync(said);
        var delivered = await slack.DeliverAsync(payload.DeepClone().AsObject(), SlackKind.Event);
        Assert.True(delivered.Acknowledged, $"not acknowledged: {delivered.Status}");
        await SettleAsync();
        Assert.Empty(slack.Problems);
    }

    public override IReadOnlyList<Heard> Take()
    {
        var taken = new List<(long Id, Heard Heard)>();
        while (heard.TryDequeue(out var next))
            taken.Add(next);
        return [.. taken.OrderBy(next => next.Id).Select(next => next.Heard)];
    }

    public override async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        if (listening is not null)
            await listening.WaitAsync(TimeSpan.FromSeconds(30)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await slack.DisposeAsync();
        stop.Dispose();
        await base.DisposeAsync();
    }

    // As Slack tells it: a mention in a channel, a direct message in private.
    private async Task<JsonObject> PayloadAsync(Incoming said)
    {
        var workspace = WorkspaceNamed(said.From.Workspace);
        var user = await UserAsync(workspace, said.From.UserId, said.From.Name);
        foreach (Match channel in Channel().Matches(said.Text))
            ChannelOf(workspace, channel.Groups["name"].Value);

        var text = said.Text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
        foreach (var name in Mention().Matches(text).Select(match => match.Groups["name"].Value).Distinct().OrderByDescending(name => name.Length))
        {
            var meant = said.Mentions.TryGetValue(name, out var handle) ? handle.Name : name;
            if (!LocalNames.IsName(meant))
                continue;

            // Slack offers its own accounts; aliases are words to it. Only a session invites people who never spoke.
            var mentioned = workspace.Users.FirstOrDefault(other => !other.IsBot && other.Name.Equals(meant, StringComparison.OrdinalIgnoreCase))
                ?? (text.Contains("mob", StringComparison.Ordinal) && !await IsAliasAsync(meant) ? await UserAsync(workspace, meant.ToLowerInvariant(), null) : null);
            if (mentioned is not null)
            {
                text = Regex.Replace(text, $"@{Regex.Escape(name)}(?![\\p{{L}}\\p{{N}}_-])", mentioned.Mention);
            }
        }

        var ts = string.Create(CultureInfo.InvariantCulture, $"{(said.At ?? NodaTime.Instant.FromDateTimeOffset(slack.Clock.GetUtcNow())).ToUnixTimeSeconds()}.{++count:000000}");
        var message = new JsonObject { ["user"] = user.Id, ["ts"] = ts, ["event_ts"] = ts, ["team"] = workspace.Team };
        if (said.Place.IsPrivate)
        {
            message["type"] = "message";
            message["channel_type"] = "im";
            message["channel"] = workspace.DirectOf(user).Id;
            message["text"] = text;
            workspace.Record(user, workspace.DirectOf(user), text, ts);
        }
        else
        {
            var channel = ChannelOf(workspace, said.Place.Id.TrimStart('#'));
            lock (channel.Members)
                channel.Members.Add(user.Id);
            message["type"] = "app_mention";
            message["channel"] = channel.Id;
            message["text"] = $"<@{workspace.BotUser.Id}> {text}";
            workspace.Record(user, channel, text, ts);
        }

        return workspace.Wrap(message);
    }

    private SlackWorkspace WorkspaceNamed(string name)
    {
        if (workspaces.TryGetValue(name, out var known))
            return known;

        var workspace = slack.AddWorkspace(name);
        services!.GetRequiredService<Workspaces>().Set(new Workspace(workspace.Team, "", workspace.Name, workspace.BotUser.Id) { Token = workspace.BotToken });
        workspaces[name] = workspace;
        ChannelOf(workspace, "general");
        return workspace;
    }

    // An account of the rehearsal is known by its name in small letters.
    private async Task<SlackUser> UserAsync(SlackWorkspace workspace, string account, string? name)
    {
        if (!accounts.TryGetValue((workspace.Team, account), out var user))
            accounts[(workspace.Team, account)] = user = workspace.AddUser(name ?? account);

        if (name is not null && user.RealName != name)
        {
            (user.Name, user.RealName) = (name, name);
            await workspace.ChangedAsync(user);
        }

        return user;
    }

    private async Task<bool> IsAliasAsync(string name) =>
        await services!.GetRequiredService<Store>().ReadAsync(Community.First, (work, ct) => work.Sql.ScalarAsync<int>($"select count(*) from people where alias_key = {name.ToLowerInvariant()}", ct), CancellationToken.None) > 0;

    private string AccountOf(SlackWorkspace workspace, string id) => accounts.First(known => known.Key.Team == workspace.Team && known.Value.Id == id).Key.Account;

    private SlackChannel ChannelOf(SlackWorkspace workspace, string name)
    {
        var channel = workspace.Channels.FirstOrDefault(channel => channel.DirectWith is null && channel.Name == name) ?? workspace.AddChannel(name);
        services?.GetRequiredService<SlackChannels>().Set(workspace.Team, channel.Id, channel.Name);
        return channel;
    }

    private async Task<SendOutcome> SendAsync(Delivery delivery, Func<Task<SendOutcome>> send)
    {
        var workspace = workspaces.Values.First(workspace => workspace.Team == delivery.Place.Workspace);
        var before = workspace.Posts.Count;
        var outcome = await send();
        foreach (var post in workspace.Posts.Skip(before))
            Note(delivery, workspace, post);
        return outcome;
    }

    private void Note(Delivery delivery, SlackWorkspace workspace, SlackPost post)
    {
        string NameOf(string id) => workspace.Users.First(user => user.Id == id).Name;
        var channel = workspace.Channels.First(channel => channel.Id == post.Channel);
        var place = channel.DirectWith is { } with ? "@" + AccountOf(workspace, with.Id) : "#" + channel.Name;
        var body = new JsonObject { ["text"] = post.Text, ["blocks"] = post.Blocks.DeepClone() };
        var told = HeardOf(delivery, place, post.OnlyUser is { } only ? AccountOf(workspace, only) : null, SlackPlain.Of(body, NameOf));
        heard.Enqueue((delivery.Id, told with { Workspace = workspaces.First(known => known.Value == workspace).Key }));
    }

    [GeneratedRegex(@"@(?<name>[\p{L}\p{N}](?:[\p{L}\p{N}._-]*[\p{L}\p{N}])?)", RegexOptions.CultureInvariant)]
    private static partial Regex Mention();

    [GeneratedRegex(@"#(?<name>[a-z][a-z0-9_-]{0,78})", RegexOptions.CultureInvariant)]
    private static partial Regex Channel();
}
