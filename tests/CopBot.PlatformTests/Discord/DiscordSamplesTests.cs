using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Platforms.Discord.Messages;
using CopBot.Tests.Platforms;
using CopBot.Tests.Platforms.Discord;

namespace CopBot.PlatformTests.Discord;

public sealed class DiscordSamplesTests : SamplesContract
{
    protected override IEnumerable<Message> Parts(Message message) => DocumentParts.Of(message, DiscordLimits.LongestDocument);

    protected override string LineOfItsButton(Command command, Form form, Message message)
    {
        var modal = DiscordModal.Of(form, command.Name);
        Assert.Empty(DiscordSpecs.Problems("ModalInteractionCallbackRequestData", modal));
        Assert.InRange(modal["components"]!.AsArray().Count, 1, DiscordLimits.ModalComponents);
        Assert.Equal(form, DiscordLines.FindForm(message, 1));
        return DiscordIds.Read((string)DiscordMessage.Of(message, DiscordSent.Reader).Components[0]!["components"]![0]!["custom_id"]!)!.Line!;
    }

    protected override string ReadBack(Message message)
    {
        DiscordReader reader = new(NameOf, person => (1 + Convert.ToInt32(NameOf(person), 16)).ToString(CultureInfo.InvariantCulture), "d7");
        var sent = DiscordMessage.Of(message, reader);
        Assert.Empty(DiscordSent.Wrong(sent));
        Assert.Empty(DiscordSpecs.Problems("MessageCreateRequest", DiscordSent.Json(sent)));
        return DiscordPlain.Of(DiscordSent.Json(sent), account => (int.Parse(account, CultureInfo.InvariantCulture) - 1).ToString("x6", CultureInfo.InvariantCulture), number => DiscordLines.Find(message, number));
    }
}
