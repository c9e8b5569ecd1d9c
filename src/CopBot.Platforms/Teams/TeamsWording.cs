using System.Globalization;
using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using CopBot.Platforms.Teams.Cards;
using CopBot.Platforms.Teams.Conversations;
using CopBot.Platforms.Teams.Intake;

namespace CopBot.Platforms.Teams;

/// <summary>What a delivery says in Teams, to those who read it where it goes.</summary>
public sealed class TeamsWording(Store store, TeamsConversations conversations)
{
    /// <summary>Whether one person alone reads it.</summary>
    public static bool IsPrivate(Delivery delivery) => delivery.Only is not null || delivery.Place.IsPrivate;

    /// <summary>As a message of its own.</summary>
    public async Task<TeamsMessage> OfAsync(Delivery delivery, CancellationToken ct) => TeamsMessage.Of(delivery.Message, await ReaderAsync(delivery, ct));

    /// <summary>As a card that takes the place of another.</summary>
    public async Task<JsonObject> CardAsync(Delivery delivery, CancellationToken ct) => TeamsMessage.CardOf(delivery.Message, await ReaderAsync(delivery, ct));

    private async Task<TeamsReader> ReaderAsync(Delivery delivery, CancellationToken ct) =>
        new(delivery.Names, person => AccountOf(delivery, person), ReferenceOf(delivery)) { Alone = IsPrivate(delivery), Concerned = await ConcernedAsync(delivery, ct) };

    // How actions name the delivery that they came with; and where it was asked for, if the answer stands elsewhere.
    private static string ReferenceOf(Delivery delivery) =>
        string.Create(CultureInfo.InvariantCulture, $"{delivery.Id:x}-{delivery.At.ToUnixTimeMilliseconds():x}") + (delivery.Only is null || delivery.Place.IsPrivate ? "" : Asked.Mark(delivery.Place));

    // In the conversation with one person nobody else can be mentioned.
    private string? AccountOf(Delivery delivery, PersonId person) => !IsPrivate(delivery) && delivery.Accounts(person) is { } user ? conversations.Person(user)?.Mri : null;

    // Those who are addressed come first; what can be pressed in a channel can be pressed by everybody. Whoever is not to be seen is in no list that others' clients get.
    private async Task<IReadOnlyList<string>> ConcernedAsync(Delivery delivery, CancellationToken ct)
    {
        if (delivery.ShownAs is null || IsPrivate(delivery) || delivery.Message.Card is not { } card)
            return [];
        var pinged = MessagePeople.Pinged(delivery.Message).Select(delivery.Accounts).OfType<string>();
        var others = card.Blocks.Any(block => block is Buttons or Choice or Form)
            ? await store.ReadAsync(delivery.Community, (work, token) => work.Get<IDirectory>().KnownAccountsAsync(delivery.Place, TeamsLimits.RefreshUsers, token), ct)
            : [];
        return [.. pinged.Concat(others).Select(user => conversations.Person(user)?.Mri).OfType<string>()];
    }
}
