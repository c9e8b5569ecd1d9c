using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Teams.Api;

namespace CopBot.Platforms.Teams.Conversations;

/// <summary>
/// Answers that their reader alone sees where they asked (agents-in-teams/targeted-messages). Clients forget them after a day, so nothing but an answer is said
/// that way; and where Teams does not take one it goes to the conversation with them.
/// </summary>
public sealed class TeamsTargeted(TeamsSettings settings, TeamsApi api, TeamsConversations conversations)
{
    /// <summary>Says it; null where it belongs into the conversation with them alone.</summary>
    public async Task<(TeamsAnswer Answer, string Conversation)?> TryAsync(Delivery delivery, JsonObject activity, CancellationToken ct)
    {
        if (!settings.TargetedMessages || delivery.Only is not { } only || delivery.Place.IsPrivate || conversations.Person(only) is not { } person || conversations.Find(delivery.Place.Id)?.ConversationOf(delivery.Place.Thread) is not { } conversation)
            return null;

        var aside = activity.DeepClone().AsObject();
        aside["recipient"] = new JsonObject { ["id"] = person.Mri, ["isTargeted"] = true };
        var answer = await api.CallAsync(person.Service, TeamsCall.SayAside(conversation), aside, ct);
        return answer.Status is 400 or 403 or 404 ? null : (answer, conversation);
    }
}
