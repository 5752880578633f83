using System.Reflection;
using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.Names;

namespace Parley.Core.Tests.Events;

public sealed class UserProfileTests
{
    /// <summary>Details that are kept, by name: what is worked out from them has no setter.</summary>
    public static TheoryData<string> Details => [.. Kept.Select(property => property.Name)];

    private static IEnumerable<PropertyInfo> Kept => typeof(UserProfile).GetProperties().Where(property => property.CanWrite && property.GetMethod is { IsStatic: false });

    [Theory]
    [MemberData(nameof(Details))]
    public void Each_detail_is_changed_by_itself(string detail)
    {
        PropertyInfo changed = typeof(UserProfile).GetProperty(detail)!;
        UserProfile seen = new();
        UserProfile wanted = seen with { };
        changed.SetValue(wanted, Other(changed.PropertyType));
        UserProfile meanwhile = seen with { };
        foreach (PropertyInfo other in Kept.Where(each => each != changed))
        {
            other.SetValue(meanwhile, Other(other.PropertyType));
        }

        UserProfile now = meanwhile.With(seen, wanted);

        Assert.All(Kept, property => Assert.Equal(Other(property.PropertyType), property.GetValue(now)));
    }

    private static object Other(Type type)
        => type == typeof(string) ? "other"
            : type == typeof(bool) ? true
            : type == typeof(ServerRights) ? ServerRights.Audit
            : type == typeof(ProvenAccount) ? new ProvenAccount(new AccountId(7), (UserName.TryParse("Ann", out var ann) ? ann : default), DateTimeOffset.UnixEpoch)
            : throw new NotSupportedException($"A detail of the kind {type.Name} is new here");
}
