using System.Globalization;
using System.Text.RegularExpressions;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using CopBot.Host.Rehearsals;
using CopBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CopBot.Tests.Core.Properties;

/// <summary>A script as it is played against the whole bot on a new database.</summary>
public sealed partial class LeaguePlay : IAsyncDisposable
{
    private readonly List<Incoming> events = [];
    private readonly string folder;

    private LeaguePlay(Conversation chat, string folder) => (Chat, this.folder) = (chat, folder);

    public Conversation Chat { get; }

    /// <summary>What was delivered, each event once.</summary>
    public IReadOnlyList<Incoming> Events => events;

    /// <summary>Plays all of it; <paramref name="afterEach"/> looks at the state after each line.</summary>
    public static async Task<LeaguePlay> RunAsync(LeagueScript script, Func<LeaguePlay, string, Task>? afterEach = null)
    {
        var folder = FastFolder.Create("copbot-play-").FullName;
        var play = new LeaguePlay(await Conversation.OnAsync(Path.Combine(folder, "copbot.db")), folder);
        try
        {
            foreach (var line in script.Lines)
            {
                await play.StepAsync(line);
                if (afterEach is not null)
                    await afterEach(play, line);
            }

            return play;
        }
        catch
        {
            await play.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads from the database.</summary>
    public Task<T> ReadAsync<T>(Func<Work, CancellationToken, Task<T>> read) => Chat.Store.ReadAsync(Community.First, read, CancellationToken.None);

    /// <summary>Delivers an event once more, and runs its row once more although it is done.</summary>
    public async Task AgainAsync(Incoming incoming)
    {
        Assert.Null(await Chat.Services.GetRequiredService<Inbox>().AcceptAsync(incoming, CancellationToken.None));
        var key = $"{incoming.Place.Platform}:{incoming.Place.Workspace}:{incoming.EventId}";
        var row = await Chat.ScalarAsync<long>($"select id from inbox where event_key = {key}");
        await Chat.Services.GetRequiredService<CommandRunner>().RunAsync(new Received(row, Community.First, incoming, Chat.Clock.Now), CancellationToken.None);
    }

    /// <summary>How often somebody tried to earn from themselves: confirmed or used their own, or thanked themselves.</summary>
    public async Task<int> SelfServiceAsync(LeagueBooks books)
    {
        var people = (await ReadAsync((work, ct) => work.Sql.ListAsync($"select user_id, person_id from handles", row => (User: row.Text(0), Person: row.Person(1)), ct))).ToDictionary(row => row.User, row => row.Person);
        return events.Count(said => people.TryGetValue(said.From.UserId, out var speaker) && (
            said.Text.StartsWith($"kudos @{said.From.UserId} ", StringComparison.Ordinal)
            || (OnNumber().Match(said.Text) is { Success: true } on && books.Claims.Any(claim => claim.Number == int.Parse(on.Groups[1].Value, CultureInfo.InvariantCulture) && books.Root(claim.AuthorId) == books.Root(speaker)))));
    }

    public async ValueTask DisposeAsync()
    {
        await Chat.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task StepAsync(string line)
    {
        var words = line.Split(' ');
        if (words[0] == "link")
        {
            await LinkAsync(words[1], words[2]);
            return;
        }

        if (words[0] == "again")
        {
            var back = int.Parse(words[1][1..], CultureInfo.InvariantCulture);
            if (back <= events.Count)
                await AgainAsync(events[^back]);
            return;
        }

        switch (Script.Read(await NumberAsync(line), events.Count))
        {
            case Step.Say say:
                await SayAsync(say.Name, say.Text, say.Private);
                break;
            case Step.Wait wait:
                await Chat.WaitAsync(wait.By);
                break;
        }
    }

    private async Task LinkAsync(string one, string other)
    {
        var asked = Chat.Event(one, "link", inPrivate: true);
        events.Add(asked);
        var offer = await Chat.SayAsync(asked);
        if (Code().Match(offer[^1].Text) is { Success: true } code)
            await SayAsync(other, $"link {code.Value} yes=yes", inPrivate: true);
    }

    // What is answered stays in the outbox: nobody listens, and a copy of the event must not add to it.
    private async Task SayAsync(string name, string text, bool inPrivate)
    {
        var incoming = Chat.Event(name, text, inPrivate);
        events.Add(incoming);
        var received = await Chat.Services.GetRequiredService<Inbox>().AcceptAsync(incoming, CancellationToken.None);
        await Chat.Services.GetRequiredService<CommandRunner>().RunAsync(received!, CancellationToken.None);
    }

    private async Task<string> NumberAsync(string line)
    {
        if (!line.Contains('^', StringComparison.Ordinal))
            return line;

        var next = await Chat.ScalarAsync<int>($"select next_claim from communities where id = {Community.First}");
        return Back().Replace(line, match => Math.Max(0, next - int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"\^(\d+)")]
    private static partial Regex Back();

    [GeneratedRegex(@"^(?:confirm|used) (\d+)")]
    private static partial Regex OnNumber();

    [GeneratedRegex("[A-Z2-9]{14}")]
    private static partial Regex Code();
}
