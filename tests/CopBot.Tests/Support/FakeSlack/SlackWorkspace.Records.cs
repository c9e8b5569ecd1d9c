namespace CopBot.Tests.Support.FakeSlack;

/// <summary>Messages that stand there without having been told to the bot by this.</summary>
public sealed partial class SlackWorkspace
{
    /// <summary>A person's message at a time of its own; whoever records it delivers its events.</summary>
    public SlackPost Record(SlackUser by, SlackChannel where, string text, string ts)
    {
        lock (server.Gate)
        {
            var post = new SlackPost(where.Id, ts, by.Id).Saying(new(text, SlackShapes.Typed(text), null));
            messages.Add(post);
            return post;
        }
    }
}
