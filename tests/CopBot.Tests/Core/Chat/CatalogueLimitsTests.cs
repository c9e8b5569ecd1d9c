using System.Text.RegularExpressions;
using CopBot.Core.Chat;

namespace CopBot.Tests.Core.Chat;

/// <summary>Every command fits the narrowest platform: what one of them refuses, none of them gets.</summary>
public sealed partial class CatalogueLimitsTests
{
    public static TheoryData<string> Names => [.. Catalogue.Commands.Commands.Select(command => command.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_command_fits_the_narrowest_platform(string name)
    {
        var command = Catalogue.Commands.Find(name)!;
        Assert.Matches(CommandName(), name);
        Assert.All(name.Split(' '), word => Assert.InRange(word.Length, 1, 32));
        Assert.InRange(command.Summary.Length, 1, 100);
        Assert.False(command.Summary.EndsWith('.'), "help ends the sentence");
        Assert.InRange(command.Parameters.Count, 0, 25);
        Assert.All(command.Parameters.SelectMany(parameter => parameter.Aliases.Prepend(parameter.Name)).GroupBy(called => called), same => Assert.Single(same));
        Assert.All(command.Parameters, parameter =>
        {
            Assert.Matches(ParameterName(), parameter.Name);
            Assert.InRange(parameter.Description.Length, 1, 100);
            Assert.InRange(parameter.Choices.Count, 0, 25);
            Assert.All(parameter.Choices, choice => Assert.InRange(choice.Length, 1, 100));
            Assert.True(parameter.Kind != ParameterKind.Choice || parameter.Choices.Count > 0);
            Assert.InRange(parameter.MaxLength, 1, 4000);
        });

        // A form and a platform's own input ask for what is needed before what may be left out.
        Assert.Equal(command.Parameters.OrderByDescending(parameter => parameter.Required), command.Parameters);
    }

    [Fact]
    public void One_root_holds_at_most_twenty_five_words_and_a_word_is_either_a_command_or_a_family()
    {
        var families = Catalogue.Commands.Commands.GroupBy(command => command.Name.Split(' ')[0]).ToList();
        Assert.All(families, family => Assert.InRange(family.Count(), 1, 25));
        Assert.All(families.Where(family => family.Count() > 1), family => Assert.DoesNotContain(family, command => command.Name == family.Key));
        Assert.True(Catalogue.Commands.Commands.Count > 25, "the product has the commands that its mission names");
    }

    [GeneratedRegex("^[a-z]+( [a-z]+)?$")]
    private static partial Regex CommandName();

    [GeneratedRegex("^[a-z]{1,32}$")]
    private static partial Regex ParameterName();
}
