namespace CopBot.Platforms.Slack.Blocks;

/// <summary>
/// What Slack takes, counted in Unicode code points where it is text and in items where it is a list.
/// Unless a line says otherwise the source is docs.slack.dev/reference/block-kit (blocks, block-elements, composition-objects).
/// </summary>
public static class BlockKitLimits
{
    /// <summary>Blocks in one message.</summary>
    public const int MessageBlocks = 50;

    /// <summary>Blocks in a modal or a home tab (docs.slack.dev/reference/views).</summary>
    public const int ViewBlocks = 100;

    /// <summary>
    /// Characters over all blocks of a message. Slack names no number: about 13,200 were measured (github.com/slackapi/bolt-js/issues/2509),
    /// and what the blocks are made of counts too (issue 2867: refused with 11,341 characters of text). So the whole JSON is held below this.
    /// </summary>
    public const int MessageCharacters = 12_000;

    /// <summary>Bytes of a view as JSON: 250 KB, with some left for what surrounds the blocks.</summary>
    public const int ViewBytes = 240_000;

    /// <summary>The longest text of one text object; CopBot holds one rich text to the same.</summary>
    public const int Text = 3000;

    /// <summary>The longest <c>text</c> that <c>chat.update</c> takes is 4,000 (docs.slack.dev/reference/methods/chat.update); ours stays below.</summary>
    public const int Fallback = 3000;

    /// <summary>The longest name of a block, an action or a callback.</summary>
    public const int Id = 255;

    /// <summary>The longest text of a button.</summary>
    public const int ButtonText = 75;

    /// <summary>The longest value that a button carries.</summary>
    public const int ButtonValue = 2000;

    /// <summary>Elements of one actions block.</summary>
    public const int Actions = 25;

    /// <summary>Options of a menu.</summary>
    public const int Options = 100;

    /// <summary>The longest text of an option.</summary>
    public const int OptionText = 75;

    /// <summary>The longest value of an option. The pages disagree between 75 and 150; 75 is always taken.</summary>
    public const int OptionValue = 75;

    /// <summary>The longest placeholder.</summary>
    public const int Placeholder = 150;

    /// <summary>The longest title of a confirmation.</summary>
    public const int ConfirmTitle = 100;

    /// <summary>The longest text of a confirmation.</summary>
    public const int ConfirmText = 300;

    /// <summary>The longest text of a confirmation's buttons.</summary>
    public const int ConfirmButton = 30;

    /// <summary>The longest title of a modal, and the longest text of its two buttons.</summary>
    public const int ModalTitle = 24;

    /// <summary>The longest private metadata of a view.</summary>
    public const int PrivateMetadata = 3000;

    /// <summary>The longest label of an input.</summary>
    public const int InputLabel = 2000;

    /// <summary>The longest text that an input takes.</summary>
    public const int Input = 3000;

    /// <summary>The longest address of a link.</summary>
    public const int Url = 3000;

    /// <summary>The longest remark on a field that CopBot shows; Slack names no limit.</summary>
    public const int Error = 300;
}
