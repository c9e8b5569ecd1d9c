namespace CopBot.Platforms.Discord.Messages;

/// <summary>
/// What Discord takes. Texts are counted in UTF-16 units, of which there are never fewer than Discord counts characters; lists are counted in items.
/// The pages are those of docs.discord.com/developers.
/// </summary>
public static class DiscordLimits
{
    /// <summary>The content of a bot's message (resources/message, “Create Message”).</summary>
    public const int Content = 2000;

    /// <summary>The description of an embed (resources/message, “Embed Limits”).</summary>
    public const int EmbedDescription = 4096;

    /// <summary>All texts of all embeds of a message together (resources/message, “Embed Limits”).</summary>
    public const int AllEmbeds = 6000;

    /// <summary>The longest document that an embed shows whole, with what stands around it; CopBot's own.</summary>
    public const int LongestDocument = 3800;

    /// <summary>People whom one message may ping (resources/message, “Allowed Mentions Object”).</summary>
    public const int Pings = 100;

    /// <summary>Rows of components in a message (components/reference, “Legacy Message Component Behavior”).</summary>
    public const int Rows = 5;

    /// <summary>Buttons in a row (components/reference, “Action Row”).</summary>
    public const int RowButtons = 5;

    /// <summary>The longest name of a component or a modal (components/reference, “Custom ID”).</summary>
    public const int CustomId = 100;

    /// <summary>The longest text of a button (components/reference, “Button Structure”: 80).</summary>
    public const int ButtonLabel = 80;

    /// <summary>Options of a select (components/reference, “String Select”).</summary>
    public const int Options = 25;

    /// <summary>The longest label of an option (components/reference, “Select Option Structure”).</summary>
    public const int OptionLabel = 100;

    /// <summary>The longest value of an option (components/reference, “Select Option Structure”).</summary>
    public const int OptionValue = 100;

    /// <summary>The longest placeholder of a select (components/reference, “String Select Structure”).</summary>
    public const int SelectPlaceholder = 150;

    /// <summary>The longest title of a modal (interactions/receiving-and-responding, “Modal”).</summary>
    public const int ModalTitle = 45;

    /// <summary>Components of a modal (interactions/receiving-and-responding, “Modal”).</summary>
    public const int ModalComponents = 5;

    /// <summary>The longest label of a field of a modal (components/reference, “Label Structure”).</summary>
    public const int Label = 45;

    /// <summary>The longest description of a field of a modal (components/reference, “Label Structure”).</summary>
    public const int LabelDescription = 100;

    /// <summary>The longest text that an input takes (components/reference, “Text Input Structure”).</summary>
    public const int Input = 4000;

    /// <summary>The longest placeholder of a text input (components/reference, “Text Input Structure”).</summary>
    public const int InputPlaceholder = 100;

    /// <summary>The longest address of a link that CopBot makes live; Discord names no limit for links in text.</summary>
    public const int Url = 2000;

    /// <summary>The longest name of a delivery that a component carries; CopBot's own, so that it always fits beside a number.</summary>
    public const int Reference = 40;

    /// <summary>The longest name of a thread (resources/channel, “Channel Object”).</summary>
    public const int ThreadName = 100;
}
