using System.Net;
using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.Moderation;
using Parley.Core.Names;
using Xunit;

namespace Parley.Specification;

/// <summary>Behaviour of every store of bans. An implementation derives one class from this, and passes.</summary>
public abstract class BanStoreSpecification
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The store under test, empty at first.</summary>
    protected abstract IBanStore Store { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<BanKind> Kinds => [BanKind.Account, BanKind.Guest, BanKind.Network, BanKind.Mask];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_ban_is_listed_as_it_was_made(BanKind kind)
    {
        var ban = new Ban(SubjectOf(kind), "root", Noon) { Until = Noon.AddDays(2).AddTicks(1), Reason = "für heute\0genug" };

        await Store.SetAsync(ban, Token);

        Assert.Equal(ban, Assert.Single(await Store.ListAsync(Token)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Another_ban_about_the_same_subject_takes_the_place_of_the_first(BanKind kind)
    {
        await Store.SetAsync(new Ban(SubjectOf(kind), "root", Noon) { Until = Noon.AddDays(1) }, Token);
        await Store.SetAsync(new Ban(BanSubject.OfMask("*!*@other"), "root", Noon), Token);

        await Store.SetAsync(new Ban(SubjectOf(kind), "staff", Noon.AddHours(1)) { Reason = "for good" }, Token);

        var bans = await Store.ListAsync(Token);
        Assert.Equal(2, bans.Count);
        Assert.Equal(("staff", "for good", (DateTimeOffset?)null), (bans[0].By, bans[0].Reason, bans[0].Until));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_ban_that_was_removed_is_gone(BanKind kind)
    {
        await Store.SetAsync(new Ban(SubjectOf(kind), "root", Noon), Token);
        await Store.SetAsync(new Ban(BanSubject.OfMask("*!*@other"), "root", Noon), Token);

        Assert.True(await Store.RemoveAsync(SubjectOf(kind), Token));

        Assert.False(await Store.RemoveAsync(SubjectOf(kind), Token));
        Assert.Equal("*!*@other", Assert.Single(await Store.ListAsync(Token)).Subject.Text);
    }

    [Fact]
    public async Task Masks_are_the_same_without_case_and_names_give_no_identity()
    {
        await Store.SetAsync(new Ban(BanSubject.OfMask("Spam*!*@*"), "root", Noon), Token);
        await Store.SetAsync(new Ban(BanSubject.Of(new AccountId(7), Name("ann")), "root", Noon), Token);
        await Store.SetAsync(new Ban(BanSubject.Of(new AccountId(8), Name("ann")), "root", Noon), Token);

        Assert.True(await Store.RemoveAsync(BanSubject.OfMask("spam*!*@*"), Token));

        Assert.Equal([7, 8], (await Store.ListAsync(Token)).Select(ban => ban.Subject.Identity.Value));
    }

    private static BanSubject SubjectOf(BanKind kind) => kind switch
    {
        BanKind.Account => BanSubject.Of(new AccountId(42), Name("mallory")),
        BanKind.Guest => BanSubject.Of(new Actor(42, Name("mallory"))),
        BanKind.Network => BanSubject.Of(IPNetwork.Parse("2001:db8::/32")),
        _ => BanSubject.OfMask("mallory!*@*"),
    };

    private static UserName Name(string name) => UserName.TryParse(name, out var user) ? user : throw new ArgumentException(name, nameof(name));
}
