using Parley.Core.Events;
using Xunit;

namespace Parley.Specification;

public abstract partial class BrokerSpecification
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_other_sessions_of_a_user_are_told_how_far_it_has_read_and_nobody_else()
    {
        var (desk, other) = (await SignInAsync("Ann", "main"), await SignInAsync("Bob", "main"));
        var phone = await AttachAsync("Ann", "main");
        await desk.MustSeeAsync("main| Bob joined");

        await Broker.ShareReadMarkerAsync(desk.Session, "main", Noon, Token);

        await phone.MustSeeAsync("main was read up to 12:00");
        await desk.MustPostAsync("main", "on");
        await AllSeeAsync([desk, other, phone], "main| Ann: on");
    }

    [Fact]
    public async Task Others_who_have_proven_the_same_account_are_told_too()
    {
        var (desk, phone, other) = (NewSession(), NewSession(), NewSession());
        await Broker.SignInAsync(desk.Session, User("Ann"), new UserProfile { Account = User("Anna") }, Token);
        await Broker.SignInAsync(phone.Session, User("Ann-phone"), new UserProfile { Account = User("anna") }, Token);
        await Broker.SignInAsync(other.Session, User("Bob"), new UserProfile { Account = User("Bob") }, Token);

        await Broker.ShareReadMarkerAsync(desk.Session, "main", Noon, Token);

        await phone.MustSeeAsync("main was read up to 12:00");
        Assert.Empty(other.Waiting());
        Assert.Empty(desk.Waiting());
    }

    private static Core.Names.UserName User(string name)
    {
        Assert.True(Core.Names.UserName.TryParse(name, out var parsed), name);
        return parsed;
    }
}
