namespace CopBot.Core.Content;

/// <summary>Reads <c>templates.yaml</c>.</summary>
internal sealed class TemplatesReader(PackProblems problems)
{
    public OrderedDictionary<string, AnnouncementTemplate> Read(YamlNode document)
    {
        var map = new YamlMap("the file", 1, document, problems, ["templates"]).Map("templates", known: null);
        var templates = new OrderedDictionary<string, AnnouncementTemplate>();
        foreach (var name in map.Keys)
        {
            PackText.CheckName(name, map.LineOf(name), problems);
            var template = new AnnouncementTemplate(name, map.Text(name));
            Check(template, map.LineOf(name));
            templates.Add(name, template);
        }

        return templates;
    }

    private void Check(AnnouncementTemplate template, int line)
    {
        foreach (var hole in template.Holes.Where(hole => !AnnouncementTemplate.Types.Contains(hole.Type)))
            problems.Add(line, $"the hole `{{{hole.Name}:{hole.Type}}}` of {Quote.Of(template.Name)} is of an unknown type; it is one of {Quote.List(AnnouncementTemplate.Types)}{Quote.DidYouMean(hole.Type, AnnouncementTemplate.Types)}");
        foreach (var name in template.Pieces().Select(piece => piece.Hole).OfType<Hole>().Distinct().GroupBy(hole => hole.Name).Where(group => group.Count() > 1))
            problems.Add(line, $"the hole `{{{name.Key}}}` of {Quote.Of(template.Name)} stands there with different types; give it one");
        if (AnnouncementTemplate.Braces().Replace(template.Text, "").AsSpan().IndexOfAny('{', '}') >= 0)
            problems.Add(line, $"{Quote.Of(template.Name)} has a brace that is no hole; a hole is written like `{{topic}}` or `{{when:date}}`");
    }
}
