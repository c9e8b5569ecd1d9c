using System.ComponentModel;
using CopBot.Core.Chat;
using CopBot.Core.Storage;

namespace CopBot.Core.Features.People;

public sealed class RoleCommands(Work work, Audit audit, Outbox outbox, Leads leads) : ICommands
{
    [Command("role", "Make somebody lead, core team or member", Role = Role.Lead, Example = "role @bo core")]
    public async Task<Reply> GiveAsync(
        Caller caller,
        [Description("Whom")] PersonId person,
        [Description("Which role"), OneOf("lead", "core", "member")] string role,
        CancellationToken ct)
    {
        var given = Enum.Parse<Role>(role, ignoreCase: true);
        if (given != Role.Lead && (await leads.ButAsync(person, ct)).Count == 0)
            throw new Refusal($"Somebody has to lead. Make another person lead first: {"role @name lead":code}. Nothing was changed.");

        await work.Sql.ExecuteAsync($"update people set role = {given} where id = {person}", ct);
        await audit.NoteAsync(caller, "role", ct, subject: person, detail: role);
        var called = given switch
        {
            Role.Lead => "a CoP lead",
            Role.Core => "a member of the core team",
            _ => "a member",
        };
        if (person != caller.Person)
            await outbox.TellAsync(person, new Message($"{caller.Person:name} made you {new RichText([new Run.Words(called)])}; {"help":code} shows what you can do."), ct);
        return new Message($"{person:name} is now {new RichText([new Run.Words(called)])}.");
    }
}
