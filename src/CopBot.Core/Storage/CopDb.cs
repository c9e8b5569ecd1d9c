using System.ComponentModel.DataAnnotations.Schema;
using System.Linq.Expressions;
using System.Reflection;
using CopBot.Core.Chat;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using NodaTime;

namespace CopBot.Core.Storage;

/// <summary>The model: every class of this assembly that carries <see cref="TableAttribute"/>, filtered to one community.</summary>
public sealed class CopDb(DbContextOptions<CopDb> options, int communityId, bool idsAsBytes) : DbContext(options)
{
    /// <summary>The community whose rows are seen.</summary>
    public int CommunityId { get; } = communityId;

    protected override void ConfigureConventions(ModelConfigurationBuilder configuration)
    {
        configuration.Properties<Instant>().HaveConversion<InstantConverter>();
        configuration.Properties<LocalDate>().HaveConversion<LocalDateConverter>();
        configuration.Properties<Enum>().HaveConversion<int>();
        if (idsAsBytes)
        {
            configuration.Properties<PersonId>().HaveConversion<PersonBytesConverter>();
            configuration.Properties<Guid>().HaveConversion<GuidBytesConverter>();
        }
        else
        {
            configuration.Properties<PersonId>().HaveConversion<PersonConverter>();
        }
    }

    protected override void OnModelCreating(ModelBuilder model)
    {
        foreach (var type in typeof(CopDb).Assembly.GetTypes().Where(type => type.IsDefined(typeof(TableAttribute))))
            model.Entity(type);

        foreach (var entity in model.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties())
                property.SetColumnName(SnakeCase(property.Name));
            if (typeof(IBelong).IsAssignableFrom(entity.ClrType))
                FilterByCommunity.MakeGenericMethod(entity.ClrType).Invoke(this, [model]);
        }
    }

    private static readonly MethodInfo FilterByCommunity =
        typeof(CopDb).GetMethod(nameof(Filter), BindingFlags.NonPublic | BindingFlags.Instance)!;

    private void Filter<T>(ModelBuilder model)
        where T : class, IBelong
    {
        Expression<Func<T, bool>> own = row => row.CommunityId == CommunityId;
        model.Entity<T>().HasQueryFilter(own);
    }

    private static string SnakeCase(string name) =>
        string.Concat(name.Select((c, index) => char.IsUpper(c) ? (index > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));

    private sealed class InstantConverter() : ValueConverter<Instant, long>(instant => instant.ToUnixTimeMilliseconds(), number => Instant.FromUnixTimeMilliseconds(number));

    private sealed class LocalDateConverter() : ValueConverter<LocalDate, int>(date => date.ToNumber(), number => Dates.FromNumber(number));

    private sealed class PersonConverter() : ValueConverter<PersonId, Guid>(person => person.Value, id => new PersonId(id));

    private sealed class PersonBytesConverter() : ValueConverter<PersonId, byte[]>(person => person.Value.ToByteArray(true), bytes => new PersonId(new Guid(bytes, true)));

    private sealed class GuidBytesConverter() : ValueConverter<Guid, byte[]>(id => id.ToByteArray(true), bytes => new Guid(bytes, true));
}
