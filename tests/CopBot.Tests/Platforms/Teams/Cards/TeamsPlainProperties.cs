using CopBot.Core.Chat;
using CopBot.Platforms.Teams.Cards;
using CopBot.Tests.Support;
using FsCheck.Fluent;
using Property = CopBot.Tests.Core.Properties.Property;

namespace CopBot.Tests.Platforms.Teams.Cards;

/// <summary>What is sent to Teams says, word for word, what plain text says, wherever nothing has to be shortened.</summary>
public sealed class TeamsPlainProperties
{
    [Fact]
    public Task What_teams_shows_reads_like_plain_text()
    {
        TeamsReader reader = new(person => MessageGens.Of(person).Name, person => MessageGens.Of(person).Account is { } account ? $"29:{account}" : null, "d1");
        return Property.HoldsAsync(nameof(What_teams_shows_reads_like_plain_text), Arb.From(MessageGens.Messages), 400, message =>
        {
            var sent = TeamsMessage.Of(message, reader);
            Assert.Empty(TeamsSent.Wrong(sent));
            var read = sent.Text is not null ? TeamsPlain.OfText(sent.Text, sent.Entities, Named) : TeamsPlain.OfCard(sent.Card!, Named);

            // A remark that says nothing has no line.
            Assert.Equal(PlainText.Of(message, reader.Names).Replace("  ()", "", StringComparison.Ordinal), read);
            return Task.FromResult(sent.Card is not null);
        });

        static string Named(string account) => MessageGens.People.First(person => $"29:{person.Account}" == account).Name;
    }
}
