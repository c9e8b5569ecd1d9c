using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using CopBot.Core.Chat;
using CopBot.Core.Storage;

namespace CopBot.Core.Features.People;

public sealed class PrivacyCommands(Work work) : ICommands
{
    [Command("privacy", "Choose how others see you", Example = "privacy alias Phoenix")]
    public async Task<Reply> ChooseAsync(
        Caller caller,
        [Description("How you are shown: by name, by an alias, nowhere, or nowhere and without earning"), OneOf("public", "alias", "hidden", "observer")] string shown,
        [Description("The alias, when you choose one"), Also("alias"), MaxLength(LocalNames.MaxLength)] string? name = null,
        CancellationToken ct = default)
    {
        var privacy = Enum.Parse<Privacy>(shown, ignoreCase: true);
        if (privacy == Privacy.Alias)
            await CheckAliasAsync(caller, name, ct);
        else if (name is not null)
            throw new Refusal($"A name goes with {"privacy alias":code} only. Nothing was changed.");

        var alias = privacy == Privacy.Alias ? name : null;
        await work.Sql.ExecuteAsync($"update people set privacy = {privacy}, alias = {alias}, alias_key = {(alias is null ? null : Directory.Key(alias))} where id = {caller.Person}", ct);
        await work.Sql.ExecuteAsync($"update standings set shown = {privacy is Privacy.Public or Privacy.Alias} where community_id = {work.CommunityId} and board = 0 and subject_id = {caller.Person}", ct);
        return privacy switch
        {
            Privacy.Public => new Message($"From now on others see you by name, {caller.Person:name}."),
            Privacy.Alias => new Message($"From now on others see you as {name}."),
            Privacy.Hidden => new Message("From now on you are shown nowhere. You earn as before, and only you see your points."),
            _ => new Message("From now on you only look on: you are shown nowhere and earn nothing. What you earned is kept for you."),
        };
    }

    private async Task CheckAliasAsync(Caller caller, string? name, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(name))
            throw new Refusal($"Which alias? For example {"privacy alias Phoenix":code}. Nothing was changed.");
        if (!LocalNames.IsName(name.Replace(' ', '_')))
            throw new Refusal($"An alias has letters, digits, spaces, dots, dashes and underscores, at most {LocalNames.MaxLength}. Nothing was changed.");
        if (LocalNames.MixesAlphabets(name))
            throw new Refusal($"An alias keeps to one alphabet: Latin letters beside Cyrillic or Greek ones could be taken for somebody else's name. Nothing was changed.");

        var key = Directory.Key(name);
        var taken = await work.Sql.ScalarAsync<int>(
            $"""
            select 1 from people p left join handles h on h.person_id = p.id
            where p.community_id = {work.CommunityId} and p.id <> {caller.Person} and (p.alias_key = {key} or h.name_key = {key}) limit 1
            """, ct) == 1;
        if (taken)
            throw new Refusal($"Somebody is known by that name. Choose another one. Nothing was changed.");
    }
}
