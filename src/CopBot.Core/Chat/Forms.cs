using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Chat;

/// <summary>Forms as platforms open and check them before anything is stored. Nothing here writes.</summary>
public sealed class Forms(Store store, Communities communities, CommandLineParser parser, TimeProvider time)
{
    /// <summary>The form that a line calls for because it lacks what its command needs; null where the line can be run, or is none.</summary>
    public Form? Missing(string line)
    {
        try
        {
            return MissingForm.Of(parser.Parse(line))?.Card?.Blocks.OfType<Form>().FirstOrDefault();
        }
        catch (Refusal)
        {
            return null;
        }
    }

    /// <summary>The whole form of a line's command, with what the line gives filled in; null where the line is none.</summary>
    public Form? Whole(string line)
    {
        try
        {
            return MissingForm.Whole(parser.Parse(line));
        }
        catch (Refusal)
        {
            return null;
        }
    }

    /// <summary>What does not fit in a filled-in form, as the person may read it, by the parameter's name; nothing where it is no command's, which is answered as any such line.</summary>
    public Task<IReadOnlyDictionary<string, RichText>> ProblemsAsync(Incoming said, CancellationToken ct)
    {
        CommandLine line;
        try
        {
            line = parser.Parse(said.Text);
        }
        catch (Refusal)
        {
            return Task.FromResult<IReadOnlyDictionary<string, RichText>>(new Dictionary<string, RichText>());
        }

        return store.ReadAsync(communities.Of(said.Place.Platform, said.Place.Workspace), async (work, token) =>
        {
            // Whoever never spoke to the bot is taken in with what they send; it is checked then.
            if (await work.Get<IDirectory>().FindAsync(said, token) is not { } known)
                return new Dictionary<string, RichText>();

            var caller = new Caller
            {
                Person = known.Person,
                Role = known.Role,
                Community = await Communities.LoadAsync(work, token),
                Said = said,
                At = Instant.FromDateTimeOffset(time.GetUtcNow()),
                InboxId = 0,
            };
            return await work.Get<Binder>().ProblemsAsync(line, caller, token);
        }, ct);
    }
}
