using System.Globalization;
using CopBot.Core.Chat;

namespace CopBot.Platforms.WebChat;

/// <summary>One message before one reader: the names they may see, and what the message's forms send along.</summary>
/// <param name="Id">The message's row, from which element ids are made.</param>
/// <param name="Names">The name of a person as the reader may see it.</param>
/// <param name="Seal">Proves that a form came from a page that this reader was given.</param>
/// <param name="Event">An id of this reading: a form sent twice from it counts once.</param>
/// <param name="InPrivate">Whether what its forms send is said in the reader's private conversation.</param>
public sealed record Reading(long Id, Func<PersonId, string> Names, string Seal, string Event, bool InPrivate)
{
    /// <summary>Where a place is chosen in forms.</summary>
    public const string Everybody = "channel";

    public const string OnlyBot = "private";

    private int parts;

    /// <summary>An element id that no other part of the page has.</summary>
    public string NextId() => string.Create(CultureInfo.InvariantCulture, $"m{Id}-{++parts}");

    /// <summary>The beginning of every form that says something.</summary>
    public Html HiddenFields() => Html.Of(
        $"""<input type="hidden" name="seal" value="{Seal}"><input type="hidden" name="event" value="{Event}.{++parts}"><input type="hidden" name="to" value="{(InPrivate ? OnlyBot : Everybody)}">""");
}
