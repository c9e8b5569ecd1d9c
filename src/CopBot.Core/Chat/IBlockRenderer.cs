namespace CopBot.Core.Chat;

/// <summary>How one output says each kind of block. A new kind does not compile until every output answers.</summary>
public interface IBlockRenderer<out T>
{
    T Paragraph(Paragraph block);

    T Facts(Facts block);

    T Ranking(Ranking block);

    T Progress(Progress block);

    T Trend(Trend block);

    T Note(Note block);

    T Buttons(Buttons block);

    T Choice(Choice block);

    T Form(Form block);

    T Document(Document block);
}
