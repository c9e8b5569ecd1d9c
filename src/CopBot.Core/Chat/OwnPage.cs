using CopBot.Core.Storage;

namespace CopBot.Core.Chat;

/// <summary>What concerns one person, on a page of their own: the answers to a few commands that only read, as they would be given in private.</summary>
public sealed class OwnPage(Store store, Communities communities, CommandRunner runner)
{
    private static readonly string[] Lines = ["me", "pending", "rotation list"];

    // Worth a section only where they have more to show than a sentence.
    private static readonly string[] LinesWithCards = ["gather list"];

    /// <summary>The page's sections in order, and the names that the reader may see. Somebody who never spoke to the bot is told how to begin.</summary>
    public async Task<(IReadOnlyList<Message> Sections, Func<PersonId, string> Names)> OfAsync(Handle account, string platform, CancellationToken ct)
    {
        var place = Place.With(account, platform);
        return await store.ReadAsync(communities.Of(platform, account.Workspace), async (work, token) =>
        {
            var sections = new List<Message>();
            foreach (var line in Lines.Concat(LinesWithCards))
            {
                if (await runner.PeekAsync(work, new Incoming { EventId = "", Place = place, From = account, Text = line }, token) is { } answer && (answer.Card is not null || Lines.Contains(line)))
                    sections.Add(answer);
            }

            if (sections.Count == 0)
                sections.Add(new Message($"Welcome to the Reliability League. Log the first thing that you learned, and this page is yours.", Card.Of(new Buttons([new("Log a share", "share"), new("What can I do?", "help")]))));
            var people = sections.SelectMany(MessagePeople.Of).Distinct().ToList();
            return ((IReadOnlyList<Message>)sections, await work.Get<IDirectory>().NamesAsync(people, place, null, token));
        }, ct);
    }
}
