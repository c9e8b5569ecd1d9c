using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeSlack;

/// <summary>Methods about the app itself: who am I, sockets, installation.</summary>
internal static class SlackAppMethods
{
    public static readonly Dictionary<string, Func<SlackRequest, JsonObject>> Handlers = new()
    {
        ["auth.test"] = Test,
        ["auth.revoke"] = Revoke,
        ["apps.connections.open"] = Open,
        ["apps.uninstall"] = Uninstall,
        ["team.info"] = Team,
        ["oauth.v2.access"] = request => request.Server.OAuth.Access(request),
        ["oauth.v2.exchange"] = request => request.Server.OAuth.Exchange(request),
    };

    private static JsonObject Test(SlackRequest request)
    {
        var workspace = request.Workspace;
        return SlackRequest.Ok(("url", $"https://{workspace.Domain}.slack.test/"), ("team", workspace.Name), ("user", workspace.BotUser.Name), ("team_id", workspace.Team),
            ("user_id", workspace.BotUser.Id), ("bot_id", workspace.BotId), ("is_enterprise_install", false));
    }

    private static JsonObject Revoke(SlackRequest request)
    {
        if (!request.Args.Flag("test"))
            request.Token!.RefusedWith = "token_revoked";
        return SlackRequest.Ok(("revoked", !request.Args.Flag("test")));
    }

    private static JsonObject Open(SlackRequest request) => SlackRequest.Ok(("url", request.Server.Linked.NewTicket()));

    private static JsonObject Uninstall(SlackRequest request)
    {
        request.Server.OAuth.CheckClient(request);
        var workspace = request.Workspace;
        workspace.Uninstall();
        request.Afterwards.Add(() => workspace.TellAsync(new() { ["type"] = "app_uninstalled" }));
        return SlackRequest.Ok();
    }

    private static JsonObject Team(SlackRequest request) => SlackRequest.Ok(("team", new JsonObject
    {
        ["id"] = request.Workspace.Team,
        ["name"] = request.Workspace.Name,
        ["domain"] = request.Workspace.Domain,
        ["email_domain"] = "example.test",
        ["icon"] = new JsonObject { ["image_default"] = true },
    }));
}
