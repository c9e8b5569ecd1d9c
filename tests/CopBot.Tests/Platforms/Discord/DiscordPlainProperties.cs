using CopBot.Core.Chat;
using CopBot.Platforms.Discord.Messages;
using CopBot.Tests.Support;
using FsCheck.Fluent;
using Property = CopBot.Tests.Core.Properties.Property;

namespace CopBot.Tests.Platforms.Discord;

/// <summary>What is sent to Discord says, word for word, what plain text says, wherever nothing has to be shortened.</summary>
public sealed class DiscordPlainProperties
{
    [Fact]
    public Task What_discord_shows_reads_like_plain_text()
    {
        DiscordReader reader = new(person => MessageGens.Of(person).Name, person => MessageGens.Of(person).Account is { } account ? (1000 + account[2]).ToString(System.Globalization.CultureInfo.InvariantCulture) : null, "d1");
        return Property.HoldsAsync(nameof(What_discord_shows_reads_like_plain_text), Arb.From(MessageGens.Messages), 400, message =>
        {
            var sent = DiscordMessage.Of(message, reader);
            Assert.Empty(DiscordSent.Wrong(sent));
            var read = DiscordPlain.Of(DiscordSent.Json(sent), account => MessageGens.People.First(person => reader.Accounts(person.Id) == account).Name, number => DiscordLines.Find(message, number));
            Assert.Equal(PlainText.Of(message, reader.Names), read);
            return Task.FromResult(message.Card is { Blocks.Count: > 0 });
        });
    }
}
