namespace CopBot.Tests.Support.FakeTeams;

/// <summary>Who and what there is.</summary>
public sealed partial class TeamsServer
{
    /// <summary>One more team; the bot may be added later with <see cref="InstallAsync(TeamsTeam, TeamsPerson)"/>.</summary>
    public TeamsTeam AddTeam(string name, bool botIn = true)
    {
        lock (Gate)
        {
            var team = new TeamsTeam(this, name) { HasApp = botIn };
            Add(team);
            return team;
        }
    }

    /// <summary>An account that is in no team yet.</summary>
    public TeamsPerson AddPerson(string name)
    {
        lock (Gate)
        {
            var account = new string([.. name.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit)]);
            if (account.Length == 0 || PersonList.Exists(person => person.UserPrincipalName.StartsWith(account + "@", StringComparison.Ordinal)))
                account += TeamsIds.Hex(2);
            var person = new TeamsPerson(this, name, account);
            PersonList.Add(person);
            return person;
        }
    }

    /// <summary>A chat of several people, with the bot or not yet.</summary>
    public TeamsConversation AddGroupChat(string name, bool botIn, params TeamsPerson[] people)
    {
        lock (Gate)
        {
            var chat = new TeamsConversation($"19:{TeamsIds.Hex(16)}@thread.v2", TeamsConversation.GroupChat, name) { BotIn = botIn };
            chat.People.AddRange(people);
            ConversationList.Add(chat);
            return chat;
        }
    }

    /// <summary>The app is installed for a person from the beginning: the bot is told nothing.</summary>
    public void GiveApp(TeamsPerson person)
    {
        lock (Gate)
            person.HasApp = true;
    }

    /// <summary>What a person sees in a conversation, in order: edited as it is now, without what was deleted.</summary>
    public IReadOnlyList<TeamsMessage> SeenBy(TeamsPerson person, TeamsConversation where, TeamsMessage? thread = null) => Locked(() =>
        where.Deleted || !where.Has(person)
            ? (IReadOnlyList<TeamsMessage>)[]
            : [.. MessageList.Where(message => message.Where == where && !message.Deleted && (message.OnlyFor ?? person) == person && (thread is null || message.Root == thread.Root))]);

    /// <summary>Everything that a person sees anywhere, in order.</summary>
    public IReadOnlyList<TeamsMessage> SeenBy(TeamsPerson person) => Locked(() =>
        (IReadOnlyList<TeamsMessage>)[.. MessageList.Where(message => !message.Deleted && !message.Where.Deleted && message.Where.Has(person) && (message.OnlyFor ?? person) == person)]);

    internal static string NewChannelId() => $"19:{TeamsIds.Hex(16)}@thread.tacv2";

    internal TeamsConversation ChatOf(TeamsPerson person)
    {
        lock (Gate)
        {
            if (ConversationList.Find(conversation => conversation.Person == person) is { } known)
                return known;
            var chat = new TeamsConversation("a:1" + TeamsIds.Hex(40), TeamsConversation.Personal, "") { Person = person };
            ConversationList.Add(chat);
            return chat;
        }
    }
}
