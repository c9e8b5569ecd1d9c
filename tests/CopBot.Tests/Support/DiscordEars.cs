using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using CopBot.Platforms.Discord;
using CopBot.Platforms.Discord.Api;
using CopBot.Tests.Support.FakeDiscord;
using Microsoft.Extensions.DependencyInjection;
using Gateway = CopBot.Platforms.Discord.Gateway.DiscordGateway;

namespace CopBot.Tests.Support;

/// <summary>
/// Through Discord, there and back: what is said goes as a mention or a direct message over the gateway, what is heard is read from the messages that
/// arrived. Names of people and channels stand for Discord's ids, so that tests need not know of them.
/// </summary>
public sealed partial class DiscordEars : Ears
{
    private readonly DiscordServer discord;
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<(long Id, Heard Heard)> heard = new();
    private readonly Dictionary<string, DiscordMessage> told = [];
    private readonly Dictionary<string, DiscordGuild> guilds = [];
    private readonly Dictionary<(string Guild, string Account), DiscordUser> accounts = [];
    private IServiceProvider? services;
    private Task? listening;

    private DiscordEars(DiscordServer discord)
    {
        this.discord = discord;
        guilds[LocalNames.Platform] = discord.Guild;
        if (discord.Guild.Channels.All(channel => channel.Name != "general"))
            discord.Guild.AddChannel("general");
    }

    public override string Platform => DiscordPlatform.PlatformName;

    /// <summary>The server that stands in for Discord.</summary>
    public DiscordServer Server => discord;

    public static async Task<DiscordEars> StartAsync(VirtualClock clock) => new(await DiscordServer.StartAsync(clock));

    public override string WorkspaceOf(string name) => GuildOf(name).Id;

    /// <summary>The account of a name in the first server; made where there is none.</summary>
    public DiscordUser Account(string name) => UserOf(discord.Guild, name.ToLowerInvariant(), null);

    /// <summary>Waits until all that was said is stored and done, and all that is to be said is out.</summary>
    public async Task SettleAsync()
    {
        var gateway = services!.GetRequiredService<Gateway>();
        await discord.UntilAsync(() => discord.Gateway.Sessions is [.., var last] && gateway.Stored is [var stored] && stored >= last.Sequence, "the bot stores what came");
        await services!.GetRequiredService<InboxWorker>().CatchUpAsync(CancellationToken.None);
        await services!.GetRequiredService<OutboxDispatcher>().DrainAsync(CancellationToken.None);
    }

    public override void Register(IServiceCollection services)
    {
        services.AddDiscord(new DiscordSettings { Token = discord.Token, ApiBase = new Uri(discord.ApiBase + "/") });
        foreach (var registered in services.Where(service => service.ServiceType == typeof(IPlatform)).ToList())
            services.Remove(registered);

        // Nobody waits here for a real second to pass; a clock that stands would never give anything back.
        services.AddSingleton(new RateLimits(TimeProvider.System) { Most = int.MaxValue });
        services.AddSingleton<IPlatform>(provider => new Overheard(provider.GetRequiredService<DiscordPlatform>(), SendAsync));
    }

    public override async Task ListenAsync(IServiceProvider services)
    {
        this.services = services;
        Assert.True((await services.GetRequiredService<CommandRegistration>().RegisterAsync(CancellationToken.None)).IsDone, "the commands were not registered");
        var gateway = services.GetRequiredService<Gateway>();
        listening = gateway.RunAsync(stop.Token);
        await discord.ListeningAsync();
        await discord.UntilAsync(() => services.GetRequiredService<DiscordPlatform>().Workspaces.Count > 0, "the bot knows its server");
    }

    public override async Task SayAsync(IServiceProvider services, Incoming said)
    {
        if (told.TryGetValue(said.EventId, out var before))
            discord.Gateway.Dispatch("MESSAGE_CREATE", AsItCame(before));
        else
            told[said.EventId] = await SaidAsync(said);
        await SettleAsync();
        Assert.Empty(discord.Breaches);
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
        await discord.DisposeAsync();
        stop.Dispose();
        await base.DisposeAsync();
    }

    /// <summary>What a message says, as it is read aloud.</summary>
    public string TextOf(DiscordMessage message, Message? rendered = null) => DiscordPlain.Of(
        new JsonObject { ["content"] = message.Text, ["embeds"] = message.Embeds.DeepClone(), ["components"] = message.Components.DeepClone() },
        NameOf, number => rendered is null ? null : CopBot.Platforms.Discord.Messages.DiscordLines.Find(rendered, number));

    // As Discord tells it: a mention in a channel, a direct message in private.
    private async Task<DiscordMessage> SaidAsync(Incoming said)
    {
        var guild = GuildOf(said.From.Workspace);
        var user = UserOf(guild, said.From.UserId, said.From.Name);
        foreach (Match channel in Channel().Matches(said.Text))
            ChannelOf(guild, channel.Groups["name"].Value);

        var text = said.Text;
        foreach (var name in Mention().Matches(text).Select(match => match.Groups["name"].Value).Distinct().OrderByDescending(name => name.Length))
        {
            var meant = said.Mentions.TryGetValue(name, out var handle) ? handle.Name : name;
            if (!LocalNames.IsName(meant))
                continue;

            // Discord offers its own accounts; aliases are words to it. Only a session invites people who never spoke.
            var mentioned = accounts.Where(known => known.Key.Guild == guild.Id).Select(known => known.Value).FirstOrDefault(other => DisplayOf(guild, other).Equals(meant, StringComparison.OrdinalIgnoreCase))
                ?? (text.Contains("mob", StringComparison.Ordinal) && !await IsAliasAsync(meant) ? UserOf(guild, meant.ToLowerInvariant(), null) : null);
            if (mentioned is not null)
                text = Regex.Replace(text, $"@{Regex.Escape(name)}(?![\\p{{L}}\\p{{N}}_-])", mentioned.Mention);
        }

        return said.Place.IsPrivate ? discord.Say(user, discord.DirectOf(user), text, at: said.At?.ToDateTimeOffset()) : discord.Say(user, ChannelOf(guild, said.Place.Id.TrimStart('#')), $"{discord.BotUser.Mention} {text}", at: said.At?.ToDateTimeOffset());
    }

    private JsonObject AsItCame(DiscordMessage message) => discord.Locked(() => discord.Gateway.Sessions.SelectMany(session => session.History).Where(entry => entry.Type == "MESSAGE_CREATE")
        .Select(entry => JsonNode.Parse(entry.Frame)!["d"]!.DeepClone().AsObject()).First(data => (string?)data["id"] == message.Id));

    private DiscordGuild GuildOf(string name)
    {
        if (guilds.TryGetValue(name, out var known))
            return known;

        var guild = guilds[name] = discord.AddGuild(name);
        ChannelOf(guild, "general");
        return guild;
    }

    // An account of the rehearsal is known by its name in small letters.
    private DiscordUser UserOf(DiscordGuild guild, string account, string? name)
    {
        if (!accounts.TryGetValue((guild.Id, account), out var user))
            accounts[(guild.Id, account)] = user = guild.AddPerson("account" + accounts.Count, name ?? account);
        if (name is not null && DisplayOf(guild, user) != name)
            user.GlobalName = name;
        return user;
    }

    private static string DisplayOf(DiscordGuild guild, DiscordUser user) => guild.MemberOf(user)?.DisplayName ?? user.GlobalName ?? user.Username;

    private DiscordChannel ChannelOf(DiscordGuild guild, string name) =>
        guild.Channels.FirstOrDefault(channel => channel.Name == name) ?? guild.CreateChannel(name);

    private string NameOf(string id) => accounts.Values.FirstOrDefault(user => user.Id == id) is { } user ? user.GlobalName ?? user.Username : id;

    private string AccountOf(string id) => accounts.First(known => known.Value.Id == id).Key.Account;

    private async Task<bool> IsAliasAsync(string name) =>
        await services!.GetRequiredService<Store>().ReadAsync(Community.First, (work, ct) => work.Sql.ScalarAsync<int>($"select count(*) from people where alias_key = {name.ToLowerInvariant()}", ct), CancellationToken.None) > 0;

    private async Task<SendOutcome> SendAsync(Delivery delivery, Func<Task<SendOutcome>> send)
    {
        var before = discord.Posts.Count;
        var outcome = await send();
        foreach (var post in discord.Posts.Skip(before))
            Note(delivery, post);
        return outcome;
    }

    // What is for one person's eyes goes to their conversation with the bot, where nobody asked by a command; it is heard as what it is.
    private void Note(Delivery delivery, DiscordMessage post)
    {
        var direct = post.Channel.Recipient is { } with ? AccountOf(with.Id) : null;
        var only = delivery.Only is { } reader ? AccountOf(reader) : null;
        Assert.True(only is null || only == direct || post.OnlyUser?.Id == delivery.Only, "what was for one alone stands in a channel");
        var asked = guilds.Values.SelectMany(guild => guild.Channels).FirstOrDefault(channel => channel.Id == delivery.Place.Id);
        var place = only is not null && asked is not null ? "#" + asked.Name : direct is not null ? "@" + direct : "#" + post.Channel.Name;
        var workspace = guilds.First(known => known.Value.Id == delivery.Place.Workspace).Key;
        heard.Enqueue((delivery.Id, HeardOf(delivery, place, only, TextOf(post, delivery.Message)) with { Workspace = workspace }));
    }

    [GeneratedRegex(@"@(?<name>[\p{L}\p{N}](?:[\p{L}\p{N}._-]*[\p{L}\p{N}])?)", RegexOptions.CultureInvariant)]
    private static partial Regex Mention();

    [GeneratedRegex(@"#(?<name>[a-z][a-z0-9_-]{0,78})", RegexOptions.CultureInvariant)]
    private static partial Regex Channel();
}
