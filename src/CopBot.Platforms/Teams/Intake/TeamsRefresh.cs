using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using CopBot.Platforms.Teams.Conversations;

namespace CopBot.Platforms.Teams.Intake;

/// <summary>
/// A card as it stands now, for a client that shows it (task-modules-and-cards/cards/universal-actions-for-adaptive-cards/up-to-date-views). Which one it is
/// Teams itself says, so nobody is told of what stands in another conversation. It stores nothing.
/// </summary>
public sealed class TeamsRefresh(Store store, Communities communities, TeamsConversations conversations, TeamsWording wording)
{
    /// <summary>Answers with the card, or with a word where there is none any more.</summary>
    public async Task<TeamsReply> AnswerAsync(JsonObject activity, CancellationToken ct)
    {
        var conversation = activity.Object("conversation").Text("id");
        var place = new Place(TeamsPlatform.PlatformName, conversations.Tenant, TeamsSpeech.ChannelOf(conversation).Channel);
        var message = TeamsPlatform.IdOf(conversation, activity.Text("replyToId"));
        return await store.ReadAsync(communities.Of(place.Platform, place.Workspace), (work, token) => work.Get<ShownMessages>().NowAsync(place, message, token), ct) is { } now
            ? TeamsReply.Card(await wording.CardAsync(now, ct))
            : TeamsReply.Word("This card stays as it is.");
    }
}
